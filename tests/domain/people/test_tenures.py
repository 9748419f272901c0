"""Tenures: who was where, from when to when."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import col, select

from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.people.tenures import BEGINNING, FOREVER, Tenure
from tests.conftest import World

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def spans(world: World, first_name: str) -> list[tuple[date, date, str, bool]]:
    """Somebody's tenures, oldest first."""
    with world.database.session() as session:
        wanted = select(Tenure).where(Tenure.person_id == world.ids[first_name]).order_by(col(Tenure.first))
        return [(one.first, one.until, one.department, one.executive) for one in session.exec(wanted)]


def change(world: World, first_name: str, **columns: object) -> None:
    """Change somebody's record."""
    with world.database.session() as session:
        for name, value in columns.items():
            setattr(people.get(session, world.ids[first_name]), name, value)


def test_whoever_is_known_on_the_first_day_was_there_always(world: World) -> None:
    """A company that begins today would otherwise have had nobody in its running quarter."""
    assert spans(world, "ada") == [(BEGINNING, FOREVER, "", True)]
    assert spans(world, "emil") == [(BEGINNING, FOREVER, "", False)]


def test_whoever_comes_later_is_there_from_that_day(world: World) -> None:
    """Somebody added in the third week."""
    world.clock.forward(days=20)
    with world.database.session() as session:
        late = Person.known("late@firm.example", "Late Comer", "Europe/London", [Role.EXECUTIVE])
        session.add(late)
        session.flush()
        world.ids["late"] = late.key
    assert spans(world, "late") == [(TODAY + 20 * DAY, FOREVER, "", True)]


def test_a_change_ends_one_tenure_and_begins_the_next_without_a_gap(world: World) -> None:
    """The day of the change is the new one's: no day without, none with both."""
    world.clock.forward(days=10)
    change(world, "ada", department="Sales")
    assert spans(world, "ada") == [(BEGINNING, TODAY + 10 * DAY, "", True), (TODAY + 10 * DAY, FOREVER, "Sales", True)]


def test_a_leavers_last_day_is_still_theirs(world: World) -> None:
    """And whoever comes back on that very day is back on the next, so that no day counts twice."""
    world.clock.forward(days=10)
    change(world, "ada", active=False)
    assert spans(world, "ada") == [(BEGINNING, TODAY + 11 * DAY, "", True)]
    change(world, "ada", active=True)
    assert spans(world, "ada")[1:] == [(TODAY + 11 * DAY, FOREVER, "", True)]


def test_what_is_put_right_on_the_same_day_was_never_so(world: World) -> None:
    """A department mistyped and mended leaves no tenure of an hour."""
    world.clock.forward(days=10)
    change(world, "ada", department="Slaes")
    change(world, "ada", department="Sales")
    assert [one[2] for one in spans(world, "ada")] == ["", "Sales"]


def test_other_changes_touch_no_tenure(world: World) -> None:
    """A new title is no new tenure."""
    world.clock.forward(days=10)
    change(world, "ada", title="Chief Something", roles=[Role.DELEGATE.value, Role.EXECUTIVE.value])
    assert spans(world, "ada") == [(BEGINNING, FOREVER, "", True)]
