"""People to choose from."""

from __future__ import annotations

from bot.domain.people.people import Person
from bot.views.people import person_option


def test_one_is_chosen_by_id_and_told_apart_by_title_or_department() -> None:
    """Two of a name are common."""
    person = Person.known("ada@firm.example", "Ada Lovell", "Europe/London", title="CFO", department="Finance")
    person.id = 7
    assert (person_option(person).value, person_option(person).label, person_option(person).detail) == ("7", "Ada Lovell", "CFO")
    person.title = ""
    assert person_option(person).detail == "Finance"
