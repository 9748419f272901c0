"""Who was there, as the database itself copies it beside what figures ask."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from bot.domain.engagements.attendance import EngagementExecutive, EngagementMonth
from bot.domain.engagements.engagements import Kind
from bot.domain.people import people
from tests.conftest import NOW, World
from tests.domain.engagements.test_engagements import draft, log


def months(world: World) -> dict[tuple[int, date], tuple[int, int]]:
    """Visits and calls by person and month, without those that are none any more."""
    with world.database.session() as session:
        found = session.exec(select(EngagementMonth))
        return {(one.person_id, one.month): (one.visits, one.calls) for one in found if one.visits or one.calls}


def test_a_call_is_a_call_and_all_else_a_visit(world: World) -> None:
    """Counted for each who was there."""
    with world.database.session() as session:
        both = tuple(people.get(session, world.ids[name]) for name in ("ada", "bruno"))
        log(session, world, executives=both)
        log(session, world, kind=Kind.CALL)
        log(session, world, kind=Kind.FRONTLINE_DAY, customer=None)
    november = date(2026, 11, 1)
    assert months(world) == {(world.ids["ada"], november): (2, 1), (world.ids["bruno"], november): (1, 0)}


def test_a_correction_moves_what_it_counts_for(world: World) -> None:
    """Another day, kind and executive: nothing is left where it was."""
    settings = world.application.settings
    with world.database.session() as session:
        found, ada = log(session, world), people.get(session, world.ids["ada"])
        bruno = people.get(session, world.ids["bruno"])
        changed = draft(session, world, kind=Kind.CALL, happened_on=date(2026, 10, 31), executives=(bruno,))
        found.correct(changed, ada, settings, NOW)
    assert months(world) == {(world.ids["bruno"], date(2026, 10, 1)): (0, 1)}
    with world.database.session() as session:
        (there,) = session.exec(select(EngagementExecutive))
        assert (there.person_id, there.happened_on, there.kind, there.counts) == (
            world.ids["bruno"],
            date(2026, 10, 31),
            "call",
            True,
        )


def test_what_was_deleted_counts_for_nothing(world: World) -> None:
    """The row stays, and says so."""
    with world.database.session() as session:
        found, ada = log(session, world), people.get(session, world.ids["ada"])
        found.delete(ada, world.application.settings, NOW)
    assert months(world) == {}
    with world.database.session() as session:
        assert session.exec(select(col(EngagementExecutive.counts))).all() == [False]
