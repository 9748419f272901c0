"""Who is whose manager and delegate, once everyone in the file is known."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Role
from bot.spreadsheets.importing.errors import Problems
from bot.spreadsheets.importing.reading import Row
from bot.spreadsheets.importing.staff import Staff
from bot.spreadsheets.importing.values import CLEAR

Taken = tuple[int, Row, Person]
"""A line's number, its row, and whose it is."""

Note = Callable[[Person, str, object, object], None]


def take_ties(session: Session, staff: Staff, taken: list[Taken], problems: Problems, note: Note) -> None:
    """Set managers and delegates; a problem for each who can't be."""
    by_id = {one.id: one for one in staff.people}
    session.exec(select(Person).where(col(Person.id).in_(by_id)).options(selectinload(Person.delegates))).all()  # type: ignore[arg-type]
    for line, row, person in taken:
        with problems.on(line):
            _manager(staff, row, person, by_id, note)
        with problems.on(line):
            _delegates(staff, row, person, note)
    for line, row, person in taken:
        with problems.on(line):
            if row.get("manager"):
                _no_circle(person, by_id)


def end_delegations(staff: Staff, note: Note) -> None:
    """Nobody stays a delegate who has lost the role, has left or is a guest: should they get the role again, they are named again."""
    for person in staff.people:
        fit = [one for one in person.delegates if one.active and not one.guest and Role.DELEGATE in one.roles]
        if len(fit) < len(person.delegates):
            note(person, "delegates", [one.email for one in person.delegates], [one.email for one in fit])
            person.delegates = fit


def _manager(staff: Staff, row: Row, person: Person, by_id: dict[int | None, Person], note: Note) -> None:
    text = row.get("manager", "")
    if not text:
        return
    manager = None if text == CLEAR else staff.named(text, "manager")
    if manager is person:
        msg = f"{person.email} is their own manager"
        raise Refusal(msg, "Write their manager's email, or “-” for none.")
    if person.manager_id != (manager.id if manager else None):
        old = by_id.get(person.manager_id)
        note(person, "manager", old.name if old else "", manager.name if manager else "")
        person.manager_id = manager.id if manager else None


def _no_circle(person: Person, by_id: dict[int | None, Person]) -> None:
    """Refusal when going up from somebody leads back to them."""
    chain, above = [person], by_id.get(person.manager_id)
    while above is not None and above not in chain:
        chain.append(above)
        above = by_id.get(above.manager_id)
    if above is person:
        msg = f"Managers go round in a circle: {' → '.join(one.email for one in (*chain, person))}"
        raise Refusal(msg, "Write “-” under manager for whoever is at the top.")


def _delegates(staff: Staff, row: Row, person: Person, note: Note) -> None:
    text = row.get("delegates", "")
    if not text:
        return
    names = [] if text == CLEAR else [one for one in re.split(r"[\s,;]+", text) if one]
    wanted = list({id(one): one for one in (staff.named(name, "delegate") for name in names)}.values())
    for one in wanted:
        _fit(one, person)
    if {one.key for one in wanted} != {one.key for one in person.delegates}:
        note(person, "delegates", [one.email for one in person.delegates], [one.email for one in wanted])
        person.delegates = wanted


def _fit(delegate: Person, person: Person) -> None:
    """Refusal when somebody can't be this person's delegate."""
    if delegate is person:
        msg = f"{person.email} is their own delegate"
        raise Refusal(msg, "Name those who log in their name, or “-” for nobody.")
    if delegate.guest or not delegate.active:
        msg = f"The delegate {delegate.email} {'is a guest' if delegate.guest else 'has left'}"
        raise Refusal(msg, "Name someone who works here.")
    if Role.DELEGATE not in delegate.roles:
        msg = f"{delegate.email} doesn't have the role delegate"
        raise Refusal(msg, "Give it to them under roles, here or in the same file.")
