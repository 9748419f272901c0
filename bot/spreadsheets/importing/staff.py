"""Everyone known, looked up once: by external id, email and name; and who a row of a file is."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from sqlmodel import Session, select

from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Role
from bot.domain.words.emails import folded_email
from bot.domain.words.lookalikes import folded
from bot.spreadsheets.importing.reading import Row, Rows
from bot.spreadsheets.importing.values import CLEAR

KEPT = (Role.ADMIN, Role.CX_OFFICE)
"""Roles that somebody must always have."""


class Staff:
    """Everyone, as things stand in the middle of an import."""

    def __init__(self, session: Session, rows: Rows = ()) -> None:
        self.people = list(session.exec(select(Person)))
        self.by_email = {one.email: one for one in self.people}
        self.by_external_id = {folded(one.external_id): one for one in self.people if one.external_id}
        self.former: dict[str, Person] = {}
        self.held = {role: len(self.holders(role)) for role in KEPT}
        self.lines: dict[int, int] = {}
        self.moving = {id(one) for _, row in rows if (one := self._moving(row))}

    def _moving(self, row: Row) -> Person | None:
        """Whoever gives their email up in this row."""
        former = folded_email(row.get("former_email", ""))
        person = self.by_external_id.get(folded(row.get("external_id", ""))) or self.by_email.get(former)
        return person if person is not None and folded_email(row["email"]) not in ("", person.email) else None

    def holders(self, role: Role) -> list[Person]:
        """Those who have a role and can use it."""
        return [one for one in self.people if one.active and not one.guest and role in one.roles]

    def add(self, person: Person) -> None:
        """Somebody new."""
        self.people.append(person)
        self.by_email[person.email] = person

    def rename(self, person: Person, email: str) -> None:
        """Somebody's new email; the rest of the file may still call them by the one before."""
        self.former[person.email] = person
        del self.by_email[person.email]
        person.email = email
        self.by_email[email] = person

    def line_of(self, person: Person) -> int | None:
        """The line that is this person's; None where none is."""
        return self.lines.get(id(person))

    def take(self, person: Person, line: int) -> None:
        """Note whose line it is; Refusal when they have another already."""
        if (before := self.line_of(person)) is not None:
            msg = f"{person.email} is in line {before} already"
            raise Refusal(msg, "Keep one line for each person.")
        self.lines[id(person)] = line

    def meant(self, row: Row) -> Person | None:
        """Whom a row means; None for somebody new. Refusal when it says two things at once."""
        email, former = folded_email(row["email"]), folded_email(row.get("former_email", ""))
        external_id = row.get("external_id", "")
        now, then = self.by_email.get(email), self.by_email.get(former) if former not in ("", CLEAR, email) else None
        owner = self.by_external_id.get(folded(external_id)) if external_id != CLEAR else None
        if now is not None and id(now) in self.moving and (owner or then) not in (None, now):
            now = None  # they give this email up, in another line
        if former not in ("", CLEAR) and now is then is owner is None:
            msg = f"Nobody has the former email {former}"
            raise Refusal(msg, "Leave former_email empty for somebody new.")
        found = {id(one): one for one in (owner, now, then) if one is not None}
        if len(found) > 1:
            raise _two(list(found.values()), row)
        person = next(iter(found.values()), None)
        if person is not None and owner is None and person.external_id and external_id not in ("", CLEAR):
            msg = f"{person.email} has the external id “{person.external_id}” already, not “{external_id}”"
            raise Refusal(
                msg,
                "Leave the column out if this file is from another system than the first. If the id has changed, clear it first with “-”;"
                " if it is somebody else, they need an email of their own.",
            )
        return person

    def named(self, text: str, what: str) -> Person:
        """Somebody by email, or by a name that nobody else has. Refusal, in which `what` says what they are, when there is no one person."""
        email = folded_email(text)
        found = self.by_email.get(email) or self.former.get(email)
        same = [found] if found else self._same_name.get(folded(text), [])
        if len(same) == 1:
            return same[0]
        if same:
            msg = f"The {what} “{text}” could be {' or '.join(sorted(one.email for one in same))}"
            raise Refusal(msg, "Write the email.")
        msg = f"the {what} {text} is nobody known"
        raise Refusal(msg, "Import them first, or in the same file.")

    @cached_property
    def _same_name(self) -> dict[str, list[Person]]:
        """Everyone by name, once the names of a file are taken."""
        names = defaultdict(list)
        for one in self.people:
            names[folded(one.name)].append(one)
        return names


def _two(found: list[Person], row: Row) -> Refusal:
    names = " and ".join(f"{one.name} ({one.email})" for one in found)
    said = [f"{name} “{row[name]}”" for name in ("external_id", "email", "former_email") if row.get(name)]
    return Refusal(f"{' and '.join(said)} belong to two people: {names}", "Put right whichever is wrong, in the file.")
