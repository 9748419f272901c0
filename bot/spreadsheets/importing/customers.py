"""Customers from a file: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process
from sqlalchemy.orm import selectinload
from sqlmodel import Session, select

from bot.domain.engagements.customers import Customer, Tier
from bot.domain.errors import Refusal
from bot.domain.words.lookalikes import folded
from bot.settings import Settings
from bot.spreadsheets.importing.errors import Problems
from bot.spreadsheets.importing.reading import Row, Rows
from bot.spreadsheets.importing.report import Imported, change
from bot.spreadsheets.importing.staff import Staff
from bot.spreadsheets.importing.values import CLEAR, listed, yes


class _Book:
    """Every customer, as things stand in the middle of an import, and what became of each."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self.settings = settings
        self.staff = Staff(session)
        self.names = {one.id: one.name for one in self.staff.people}
        found = session.exec(select(Customer).options(selectinload(Customer.contacts)))  # type: ignore[arg-type]
        self.customers = {one.folded_name: one for one in found}
        self.aliases = {folded(alias): one for one in self.customers.values() for alias in one.aliases}
        self.lines: dict[int, int] = {}
        self.new: dict[int, Customer] = {}
        self.changed: dict[int, tuple[Customer, list[str]]] = {}

    def set(self, customer: Customer, name: str, value: object, told: tuple[object, object] | None = None) -> None:
        """Change a column, and note it of one that isn't new; `told` is how it was and is, where that says more than the values."""
        old = getattr(customer, name)
        if old != value:
            setattr(customer, name, value)
            self.note(customer, name.removesuffix("_id"), *(told or (old, value)))

    def note(self, customer: Customer, column: str, old: object, new: object) -> None:
        """Keep a change of one that isn't new."""
        if id(customer) not in self.new:
            self.changed.setdefault(id(customer), (customer, []))[1].append(change(column, old, new))


def import_customers(session: Session, settings: Settings, rows: Rows, tick: Callable[[], None] = lambda: None) -> Imported:
    """Add or change customers by name; one that is imported counts as checked. ImportProblems when a line is wrong.

    An empty cell, and a column that isn't there, leave what is known as it is; “-” clears it.
    """
    with session.no_autoflush:
        book, problems, taken = _Book(session, settings), Problems(), []
        for line, row in _freeing_first(rows):
            tick()
            with problems.on(line):
                taken.append((row, _take(session, book, line, row)))
        for line, twins in _twins(book):
            with problems.on(line):
                raise twins
        problems.stop()
        session.flush()
        for row, customer in taken:
            _contacts(book, customer, row)
        session.flush()
    missing = sorted(one.name for one in book.customers.values() if id(one) not in book.lines)
    return Imported(
        len(book.new),
        len(book.changed),
        unchanged=len(rows) - len(book.new) - len(book.changed),
        new=tuple(one.name for one in book.new.values()),
        changed=tuple((one.name, tuple(what)) for one, what in book.changed.values()),
        missing=tuple(missing),
    )


def _freeing_first(rows: Rows) -> Rows:
    """The rows in their order, but a row that gives a name up before the one that takes it."""
    givers = {former: number for number, (_, row) in enumerate(rows) if (former := folded(row.get("former_name", "")))}
    order: dict[int, None] = {}
    for number in range(len(rows)):
        chain = [number]
        while (giver := givers.get(folded(rows[chain[-1]][1]["name"]))) is not None and giver not in order and giver not in chain:
            chain.append(giver)
        order |= dict.fromkeys(reversed(chain))
    return [rows[number] for number in order]


def _take(session: Session, book: _Book, line: int, row: Row) -> Customer:
    if row["name"] == CLEAR:
        msg = "A customer needs a name"
        raise Refusal(msg, "Take the line out if it is none.")
    fresh = Customer.named(row["name"])
    customer = _meant(book, fresh, row)
    if customer is None:
        customer = fresh
        session.add(customer)
        book.new[id(customer)] = customer
    elif customer.folded_name != fresh.folded_name:
        del book.customers[customer.folded_name]
    if (before := book.lines.setdefault(id(customer), line)) != line:
        msg = f"“{customer.name}” is in line {before} already"
        raise Refusal(msg, "Keep one line for each customer.")
    book.customers[fresh.folded_name] = customer
    book.set(customer, "name", fresh.name)
    if customer.folded_name != fresh.folded_name:
        customer.folded_name = fresh.folded_name
        session.flush()  # the name is free before another row takes it
    _fill(book, customer, row)
    return customer


def _meant(book: _Book, fresh: Customer, row: Row) -> Customer | None:
    """Which customer a row means; None for a new one. Refusal when it could be two."""
    now, former = book.customers.get(fresh.folded_name), row.get("former_name", "")
    if former not in ("", CLEAR) and folded(former) != fresh.folded_name:
        then = book.customers.get(folded(former))
        if then is not None and now is not None:
            msg = f"“{fresh.name}” and “{then.name}” are both known"
            raise Refusal(msg, "Take the former name out, and put right which of them is meant.")
        if then is None and now is None:
            msg = f"No customer has the former name “{former}”"
            raise Refusal(msg, "Leave former_name empty for a new one.")
        return now or then
    if now is None and (other := book.aliases.get(fresh.folded_name)):
        msg = f"“{fresh.name}” is another name of {other.name}"
        raise Refusal(msg, f"Write {other.name}, or take the name out of its aliases first.")
    return now


def _fill(book: _Book, customer: Customer, row: Row) -> None:
    given = {name: text for name, text in row.items() if text}
    if text := given.get("aliases"):
        book.set(customer, "aliases", [] if text == CLEAR else [Customer.named(one).name for one in listed(text)])
    if text := given.get("segment"):
        book.set(customer, "segment", "" if text == CLEAR else _segment(text, book.settings))
    if text := given.get("tier"):
        book.set(customer, "tier", Tier.STANDARD if text == CLEAR else _tier(text))
    if text := given.get("owner"):
        owner = None if text == CLEAR else book.staff.named(text, "owner")
        names = (book.names.get(customer.owner_id), owner.name if owner else "")
        book.set(customer, "owner_id", owner.key if owner else None, names)
    checked = given.get("to_be_checked", CLEAR)
    book.set(customer, "unchecked", checked != CLEAR and yes(checked, "to_be_checked"))
    if given.get("contacts") == CLEAR:
        msg = "Contacts are only added here, for what was heard names them"
        raise Refusal(msg, "Leave the cell empty.")


def _twins(book: _Book) -> Iterator[tuple[int, Refusal]]:
    """A refusal, with its line, for each name by which what the file brought could be two customers."""
    owners = dict(book.customers)
    for customer in book.customers.values():
        for alias in customer.aliases:
            other = owners.setdefault(folded(alias), customer)
            touched = [one for one in (customer, other) if id(one) in book.new or id(one) in book.changed]
            if other is not customer and touched:
                msg = f"“{alias}”, another name of {customer.name}, is {other.name}'s too"
                yield book.lines[id(touched[0])], Refusal(msg, "Leave it to one of them.")


def _segment(text: str, settings: Settings) -> str:
    found = {folded(name): one.key for one in settings.segments for name in (one.name, one.key)}
    if folded(text) not in found:
        near = process.extractOne(folded(text), list(found), scorer=fuzz.ratio, score_cutoff=70)
        msg = f"“{text}” is no segment"
        hint = f"Did you mean {found[near[0]]}? " if near else ""
        raise Refusal(msg, f"{hint}Segments in app.yaml are {', '.join(one.key for one in settings.segments)}.")
    return found[folded(text)]


def _tier(text: str) -> Tier:
    if text.lower() not in set(Tier):
        msg = f"“{text}” is no tier"
        raise Refusal(msg, "Write key or standard.")
    return Tier(text.lower())


def _contacts(book: _Book, customer: Customer, row: Row) -> None:
    before = len(customer.contacts)
    for name in listed(row.get("contacts", "")):
        customer.contact(name)
    if len(customer.contacts) > before:
        book.note(customer, "contacts", f"{before}", f"{len(customer.contacts)}")
