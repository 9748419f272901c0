"""People as options to choose from."""

from __future__ import annotations

from bot.cards import Option
from bot.domain.people.people import Person


def person_option(person: Person) -> Option:
    """One person to choose."""
    return Option(value=str(person.key), label=person.name, detail=person.title or person.department)
