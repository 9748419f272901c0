"""Reading people and customers from CSV files: all of a file or nothing, with every mistake named by its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from sqlmodel import Session

from bot.domain import customers, people
from bot.domain.customers import Customer, Tier
from bot.domain.errors import Refusal
from bot.domain.people import Person, Role
from bot.domain.typed_text import plain
from bot.settings import Settings

PEOPLE_COLUMNS = {
    "email": "needed; who it is",
    "name": "needed",
    "title": "such as Chief Operating Officer",
    "zone": "IANA time zone; the company's when empty",
    "locale": "such as en-GB; the company's when empty",
    "country": "two letters, for public holidays",
    "department": "in words",
    "roles": "executive, delegate, cx_office, employee, admin; several with spaces",
    "manager": "the manager's email",
    "delegates": "emails of those who log in this executive's name, with spaces",
    "guest": "yes for somebody from outside",
    "active": "no for somebody who left",
    "prompts_paused": "yes for an executive who is not to be asked for a while",
    "picture": "their picture's web address, starting with https://",
    "working_days": "such as sun mon tue wed thu; the country's or the company's when empty",
    "works_from": "such as 08:30",
    "works_until": "such as 17:00",
}
CUSTOMER_COLUMNS = {
    "name": "needed; who it is",
    "aliases": "other names, with semicolons",
    "segment": "a segment's key in app.yaml",
    "tier": "key or standard",
    "owner": "the owner's email",
    "contacts": "names, with semicolons",
}


class ImportProblems(Exception):
    """A file can't be taken. `problems` are sentences, each with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Imported:
    """How many rows were new, and how many changed or confirmed what was known."""

    added: int
    updated: int


Row = dict[str, str]


def read_rows(path: Path, columns: dict[str, str], needed: str) -> list[tuple[int, Row]]:
    """The rows of a CSV file (UTF-8, with or without byte-order mark; commas or semicolons) with their line numbers.

    ImportProblems when it isn't text, has an unknown column, or lacks the one needed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblems([f"{path.name} is not UTF-8 text. Save it as “CSV UTF-8”."]) from error
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    if unknown := [name for name in header if name not in columns]:
        raise ImportProblems([f"Line 1: unknown column “{name}”. Known: {', '.join(columns)}." for name in unknown])
    if needed not in header:
        raise ImportProblems(
            [f"Line 1: there is no column “{needed}”. The first line must name the columns: {', '.join(columns)}."]
        )
    try:
        return list(_rows(reader))
    except csv.Error as error:
        raise ImportProblems([f"Line {reader.line_num}: {error}. Look for a quote that is never closed."]) from error


def _rows(reader: csv.DictReader[str]) -> Iterator[tuple[int, Row]]:
    for row in reader:
        if None in row:
            raise ImportProblems([f"Line {reader.line_num}: more values than columns. Put values that hold a comma into quotes."])
        clean = {name: plain(value or "").strip() for name, value in row.items()}
        if any(clean.values()):
            yield reader.line_num, clean


def _each(rows: Iterable[tuple[int, Row]], take: Callable[[Row], bool], tick: Callable[[], None]) -> Imported:
    problems, added, updated = [], 0, 0
    for line, row in rows:
        tick()
        try:
            if take(row):
                added += 1
            else:
                updated += 1
        except Refusal as refusal:
            problems.append(f"Line {line}: {refusal}. {refusal.advice}".strip())
    if problems:
        raise ImportProblems(problems)
    return Imported(added, updated)


def import_people(
    session: Session, settings: Settings, rows: list[tuple[int, Row]], tick: Callable[[], None] = lambda: None
) -> Imported:
    """Add or update people by email. A column that isn't in the file leaves what is known as it is."""
    result = _each(rows, lambda row: _take_person(session, settings, row), tick)
    session.flush()
    _each(rows, lambda row: _take_ties(session, row), lambda: None)
    return result


def _take_person(session: Session, settings: Settings, row: Row) -> bool:
    person = people.by_email(session, row["email"])
    fresh = person is None
    if person is None:
        person = Person.known(row["email"], row.get("name", ""), row.get("zone") or settings.company.zone)
        person.locale = settings.company.locale
        session.add(person)
    for name, value in _columns(row, settings).items():
        setattr(person, name, value)
    session.flush()
    return fresh


def _columns(row: Row, settings: Settings) -> dict[str, object]:
    given: dict[str, object] = {name: row[name] for name in ("title", "department", "working_days") if name in row}
    given |= {name: " ".join(row[name].split()) for name in ("name", "locale", "country") if row.get(name)}
    if "zone" in row:
        given["zone"] = people.checked_zone(row["zone"] or settings.company.zone)
    if "roles" in row:
        given["roles"] = _roles(row["roles"])
    given |= {name: _yes(row[name], name) for name in ("guest", "prompts_paused") if name in row}
    if row.get("active"):
        given["active"] = _yes(row["active"], "active")
    given |= {name: _time(row[name], name) for name in ("works_from", "works_until") if name in row}
    if "picture" in row:
        given["picture"] = _picture(row["picture"])
    if row.get("working_days"):
        people.checked_days(row["working_days"])
    return given


def _roles(text: str) -> list[str]:
    found = set()
    for word in text.lower().replace(",", " ").split():
        if word not in set(Role):
            msg = f"“{word}” is not a role"
            raise Refusal(msg, f"Roles are {', '.join(Role)}.")
        found.add(word)
    return sorted(found)


def _picture(text: str) -> str:
    if text and (not text.startswith("https://") or len(text) > 1_000 or set(text) & set(' <>"')):
        msg = f"“{text[:60]}” is no web address of a picture"
        raise Refusal(msg, "It starts with https://. Leave it empty for none.")
    return text


def _yes(text: str, column: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
    if text.lower() not in words:
        msg = f"“{text}” in {column} is neither yes nor no"
        raise Refusal(msg, "Write yes or no.")
    return words[text.lower()]


def _time(text: str, column: str) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        msg = f"“{text}” in {column} is no time"
        raise Refusal(msg, "Write it like 08:30.") from error


def _person_named(session: Session, email: str, what: str) -> Person:
    person = people.by_email(session, email)
    if person is None:
        msg = f"the {what} {email} is nobody known"
        raise Refusal(msg, "Import them first, or in the same file.")
    return person


def _take_ties(session: Session, row: Row) -> bool:
    person = _person_named(session, row["email"], "person")
    if row.get("manager"):
        person.manager_id = _person_named(session, row["manager"], "manager").key
    if "delegates" in row:
        emails = row["delegates"].replace(",", " ").replace(";", " ").split()
        person.delegates = [_person_named(session, email, "delegate") for email in emails]
    return False


def import_customers(
    session: Session, settings: Settings, rows: list[tuple[int, Row]], tick: Callable[[], None] = lambda: None
) -> Imported:
    """Add or update customers by name; one that is imported counts as checked."""
    return _each(rows, lambda row: _take_customer(session, settings, row), tick)


def _take_customer(session: Session, settings: Settings, row: Row) -> bool:
    customer = customers.named(session, row["name"])
    fresh = customer is None
    if customer is None:
        customer = Customer.named(row["name"])
        session.add(customer)
    _fill_customer(session, settings, customer, row)
    customer.unchecked = False
    session.flush()
    for name in filter(None, (one.strip() for one in row.get("contacts", "").split(";"))):
        customer.contact(name)
    session.flush()
    return fresh


def _fill_customer(session: Session, settings: Settings, customer: Customer, row: Row) -> None:
    if "aliases" in row:
        customer.aliases = [one.strip() for one in row["aliases"].split(";") if one.strip()]
    if "segment" in row:
        if row["segment"] and settings.segment(row["segment"]) is None:
            msg = f"“{row['segment']}” is no segment"
            raise Refusal(msg, f"Segments in app.yaml are {', '.join(one.key for one in settings.segments)}.")
        customer.segment = row["segment"]
    if row.get("tier"):
        if row["tier"].lower() not in set(Tier):
            msg = f"“{row['tier']}” is no tier"
            raise Refusal(msg, "Write key or standard.")
        customer.tier = Tier(row["tier"].lower())
    if "owner" in row:
        customer.owner_id = _person_named(session, row["owner"], "owner").key if row["owner"] else None
