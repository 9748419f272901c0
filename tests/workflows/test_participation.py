"""Whose figures, of which days: what is typed, what an address says, and who may see it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.people import people
from bot.measures import scope
from bot.settings import Settings
from bot.workflows.participation import Wanted, days, departments, own_person, read
from tests.conftest import NOW, World
from tests.workflows.asking import asking


def wanted(world: World, actor: str, text: str) -> Wanted:
    """What is asked for."""
    with asking(world, actor) as request:
        return read(text, request.session, request.actor, request.settings, request.now)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("company", date(2026, 10, 1), date(2026, 12, 31)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("the company, LAST", date(2026, 7, 1), date(2026, 9, 30)),
        ("everyone this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("company 2026-07-05 to 2026-08-06", date(2026, 7, 5), date(2026, 8, 6)),
        ("2026-07-05..2026-08-06 all", date(2026, 7, 5), date(2026, 8, 6)),
    ],
)
def test_days_are_read_out_of_what_is_typed(world: World, text: str, first: date, last: date) -> None:
    """What is left of it is whose; here the company's."""
    found = wanted(world, "cleo", text)
    assert (found.scope, found.window.first, found.window.last) == (scope.COMPANY, first, last)


def test_a_name_one_may_not_see_is_refused_like_one_there_is_not(world: World) -> None:
    """Nobody learns from the words who or what there is: an executive, an employee, a department, nothing."""
    with world.database.session() as session:
        people.get(session, world.ids["bruno"]).department = "Sales"
    said = set()
    for name in ("Bruno Kraus", "Emil Novak", "Sales", "Quentin Nobody"):
        with pytest.raises(NotAllowed) as refused:
            wanted(world, "ada", name)
        said.add((str(refused.value), refused.value.advice))
    assert len(said) == 1
    assert wanted(world, "dele", "Ada").scope.person_id == world.ids["ada"]


def test_a_department_is_what_an_executive_is_or_was_in(world: World) -> None:
    """However it is written; one of employees alone isn't any, for no figure is about it."""
    for name, department in (("bruno", "Sales"), ("emil", "Kitchen"), ("bruno", "Service")):
        with world.database.session() as session:
            people.get(session, world.ids[name]).department = department
    with asking(world, "cleo") as request:
        assert "Service" in departments(request.session)
        assert "Kitchen" not in departments(request.session)
    assert wanted(world, "cleo", "sERVICE last").scope == scope.of_department("Service")
    with pytest.raises(Refusal, match="No executive or department is called “Kitchen”"):
        wanted(world, "cleo", "Kitchen")


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "999999", "bruno"])
def test_a_persons_page_tells_who_may_not_see_it_nothing(world: World, key: str) -> None:
    """By whatever is in its address: the same for somebody there is and for nobody; only the CX office hears that there is nobody."""
    address = str(world.ids.get(key, key))
    with asking(world, "ada") as request, pytest.raises(NotAllowed):
        own_person(request.session, request.actor, address)
    with asking(world, "cleo") as request:
        if key in world.ids:
            assert own_person(request.session, request.actor, address).name == "Bruno Kraus"
        else:
            with pytest.raises(NotFound, match="There is no such person"):
                own_person(request.session, request.actor, address)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-02-30", "2026-03-01", "“2026-02-30 to 2026-03-01” are not two days of the calendar"),
        ("", "", "not two days of the calendar"),
        ("2026-02-02", "2026-02-01", "no span that can be looked at"),
        ("1989-12-31", "1990-01-01", "no span that can be looked at"),
        ("1999-01-01", "2026-01-01", "no span that can be looked at"),
    ],
)
def test_days_that_cannot_be_looked_at_are_refused(settings: Settings, first: str, last: str, said: str) -> None:
    """In words, with what to write instead; a single day can be looked at."""
    with pytest.raises(Refusal, match=said) as refused:
        days(first, last, settings, NOW)
    assert refused.value.advice
    assert days("2026-02-01", "2026-02-01", settings, NOW).last == date(2026, 2, 1)
