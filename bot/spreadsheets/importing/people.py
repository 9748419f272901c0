"""People from a file: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Role
from bot.domain.words import countries
from bot.domain.words.emails import checked_email, folded_email
from bot.domain.words.lookalikes import folded
from bot.settings import Settings
from bot.spreadsheets.importing.errors import ImportProblems, Problems
from bot.spreadsheets.importing.reading import Row, Rows
from bot.spreadsheets.importing.report import Imported, change
from bot.spreadsheets.importing.staff import KEPT, Staff
from bot.spreadsheets.importing.ties import Taken, end_delegations, take_ties
from bot.spreadsheets.importing.values import given

_MOST, _LEAST = 20, 3
"""How many people may be marked as having left at once without being asked for: a tenth of the staff, within these."""


@dataclass
class Changes:
    """What became of each person so far, by id() of the person."""

    new: dict[int, Person] = field(default_factory=dict)
    changed: dict[int, tuple[Person, list[str]]] = field(default_factory=dict)

    def note(self, person: Person, column: str, old: object, new: object) -> None:
        """Keep a change of somebody who isn't new."""
        if id(person) not in self.new:
            self.changed.setdefault(id(person), (person, []))[1].append(change(column, old, new))


@dataclass(frozen=True)
class Leavers:
    """What is done with those who are in no row: nothing, or they are marked as having left, at most `limit` of them (None: a few)."""

    deactivate: bool = False
    limit: int | None = None


def import_people(
    session: Session,
    settings: Settings,
    rows: Rows,
    tick: Callable[[], None] = lambda: None,
    leavers: Leavers | None = None,
    *,
    foreign: bool = False,
) -> Imported:
    """Add or change people. ImportProblems, with each line that is wrong, when any is; the caller's transaction then goes back.

    An empty cell, and a column that isn't there, leave what is known as it is; “-” clears it. In a `foreign` file, another system's export,
    whoever has no email and isn't known (a room, a service's account) is left out, and told.
    """
    with session.no_autoflush:
        staff, changes, problems = Staff(session, rows), Changes(), Problems()
        taken, nobody = [], []
        for line, row in rows:
            tick()
            with problems.on(line):
                if foreign and _has_no_email(staff, row):
                    nobody.append(f"{row.get('name') or 'no name'} (line {line})")
                else:
                    taken.append((line, row, _take(session, settings, staff, changes, line, row)))
        problems.stop()
        _save(session, staff, changes, taken, problems)
        take_ties(session, staff, taken, problems, changes.note)
        problems.stop()
        missing = _missing(staff)
        left = _leave(staff, missing, leavers or Leavers())
        end_delegations(staff, changes.note)
        _keep_roles(staff)
        session.flush()
    return _told(settings, staff, changes, missing, left, taken, nobody)


def _has_no_email(staff: Staff, row: Row) -> bool:
    return not folded_email(row["email"]) and staff.meant(row) is None


def _take(session: Session, settings: Settings, staff: Staff, changes: Changes, line: int, row: Row) -> Person:
    person = staff.meant(row)
    values = given(row, settings)
    if person is None:
        person = Person.known(row["email"], row.get("name", ""), settings.company.zone, locale=settings.company.locale)
        session.add(person)
        staff.add(person)
        changes.new[id(person)] = person
    staff.take(person, line)
    for name, value in values.items():
        old = getattr(person, name)
        if old != value:
            changes.note(person, name, old, value)
            setattr(person, name, value)
    if person.external_id:
        _own_external_id(staff, person)
    if {"guest", "roles"} & set(values):
        _no_roles_for_guests(person)
    return person


def _own_external_id(staff: Staff, person: Person) -> None:
    owner = staff.by_external_id.setdefault(folded(person.external_id), person)
    if owner is not person:
        msg = f"The external id “{person.external_id}” is {owner.email}'s"
        raise Refusal(msg, "Each person has one of their own.")


def _no_roles_for_guests(person: Person) -> None:
    if person.guest and set(person.roles) - {Role.EMPLOYEE}:
        msg = f"{person.email} is a guest and has the role {' '.join(person.roles)}"
        raise Refusal(msg, "Write no under guest, or “-” under roles.")


def _save(session: Session, staff: Staff, changes: Changes, taken: list[Taken], problems: Problems) -> None:
    """Write what was taken; addresses that change are written one after the other where one frees the next."""
    renamed = {}
    for line, row, person in taken:
        with problems.on(line):
            if row["email"] and folded_email(row["email"]) != person.email:
                renamed[id(person)] = (line, person, checked_email(row["email"]))
    problems.stop()
    session.flush()
    while renamed:
        free = [one for one in renamed.values() if one[2] not in staff.by_email]
        if not free:
            lines = ", ".join(str(line) for line, *_ in renamed.values())
            raise ImportProblems(
                [f"Lines {lines}: these people would swap their emails. Do it in two imports, with another in between."]
            )
        for _, person, email in free:
            changes.note(person, "email", person.email, email)
            del renamed[id(person)]
            staff.rename(person, email)
        session.flush()


def _missing(staff: Staff) -> list[Person]:
    """Active staff who are in no row; guests aren't, for lists of staff don't have them."""
    return sorted(
        (one for one in staff.people if one.active and not one.guest and staff.line_of(one) is None), key=lambda one: one.name
    )


def _leave(staff: Staff, missing: list[Person], leavers: Leavers) -> list[Person]:
    if not leavers.deactivate:
        return []
    active = sum(one.active and not one.guest for one in staff.people)
    most = max(_LEAST, min(_MOST, active // 10)) if leavers.limit is None else leavers.limit
    if len(missing) > most:
        msg = (
            f"{len(missing):,} people aren't in this file, and no more than {most:,} are marked as having left at once."
            f" If it is the right file, write --limit {len(missing)}."
        )
        raise ImportProblems([msg])
    for person in missing:
        person.active = False
    return missing


def _keep_roles(staff: Staff) -> None:
    """Somebody must go on being administrator, and in the CX office, where somebody was."""
    names = {Role.ADMIN: "administrator", Role.CX_OFFICE: "the CX office"}
    gone = [names[role] for role in KEPT if staff.held[role] and not staff.holders(role)]
    if gone:
        msg = f"Nobody would be {' or '.join(gone)} any more. Give somebody else the role first, or in the same file."
        raise ImportProblems([msg])


def _told(
    settings: Settings,
    staff: Staff,
    changes: Changes,
    missing: list[Person],
    left: list[Person],
    taken: list[Taken],
    nobody: list[str],
) -> Imported:
    changed = tuple((f"{one.name} ({one.email})", tuple(what)) for one, what in changes.changed.values())
    return Imported(
        len(changes.new),
        len(changed),
        unchanged=len({id(person) for *_, person in taken} - set(changes.new) - set(changes.changed)),
        new=tuple(one.name for one in changes.new.values()),
        changed=changed,
        missing=tuple(one.name for one in missing if one not in left),
        left=tuple(one.name for one in left),
        nobody=tuple(nobody),
        still_gone=tuple(sorted(one.name for _, row, one in taken if not one.active and not row.get("active"))),
        notes=tuple(_notes(settings, staff, bool(missing) and not left)),
    )


def _notes(settings: Settings, staff: Staff, stayed: bool) -> list[str]:
    notes = ["Those who aren't in this file are still active. To mark them as having left: --deactivate-missing."] if stayed else []
    named = {*settings.pledges.people, *settings.reports.letter_to}
    known = {one.email for one in staff.people if one.active}
    if gone := sorted(named - known):
        notes.append(f"app.yaml names people who aren't known or have left: {', '.join(gone)}. Change it there too.")
    if odd := sorted(
        f"{one.name}: {one.country}" for one in staff.people if one.active and one.country and not countries.known(one.country)
    ):
        notes.append(f"No public holidays are known for: {', '.join(odd[:20])}. Import them again with a country such as DE.")
    return notes
