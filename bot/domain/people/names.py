"""The names of colleagues, to be found in what somebody types."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col

from bot.domain.people.people import Person
from bot.domain.records.directories import KeptDirectory
from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate


def candidates(people: Iterable[Person]) -> list[Candidate]:
    """People as things to be matched by typed names: full name, email and the first name."""
    return [candidate(person.key, person.name, person.email) for person in people]


def candidate(key: int, name: str, email: str) -> Candidate:
    """One of them."""
    return Candidate(key, name, (email, *name.split(maxsplit=1)[:1]))


_STAFF = KeptDirectory(
    said=col(Person.name) + "\n" + col(Person.email),
    columns=(Person.id, Person.name, Person.email),
    of=candidate,
    where=col(Person.active) & ~col(Person.guest),
)


def directory(session: Session) -> Directory:
    """Everyone active who works here, to be found in running text; kept in this process until one comes, leaves or is renamed."""
    return _STAFF.of(session)
