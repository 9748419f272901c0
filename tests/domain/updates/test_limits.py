"""The weekly limit counts when updates arrive: whoever comes back from leave gets no more at once than anybody in a week."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import col, select

from bot.delivery.broadcasts import claims, lanes
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.updates import broadcasts, expansion, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from bot.domain.updates.updates import UpdateDraft, Wording
from tests.conftest import World

LIMIT = 3


def begun(world: World, day: date | None = None, *, begin: bool = True) -> int:
    """An update to Emil whose deliveries are made now; the broadcast's id."""
    with world.database.session() as session:
        ada, now = people.get(session, world.ids["ada"]), world.clock()
        update = updates.write(session, UpdateDraft(Wording("en", "T", "c", "m"), ada), ada, now)
        broadcast = broadcasts.new(session, update)
        broadcast.aim(Audience(who=(f"person:{world.ids['emil']}",)), ada)
        broadcast.ask(ada, 1, When.MORNING if day else When.NOW, now, day=day)
        broadcast.go(world.application.settings)
        if begin:
            expansion.expand(session, broadcast, world.application.settings, [Platform.CONSOLE], now)
            broadcast.start(1, world.application.settings, now)
        return broadcast.key


def copies(world: World) -> list[Delivery]:
    """Emil's copies, oldest first."""
    with world.database.session() as session:
        return list(session.exec(select(Delivery).where(Delivery.subject == "update").order_by(col(Delivery.id))))


def arrivals(world: World) -> list[datetime]:
    """When those that are sent to him arrive."""
    singles = [one for one in copies(world) if one.state != DeliveryState.DIGEST]
    return sorted(one.sent_at or one.not_before or one.queued_at for one in singles)


def never_more(world: World) -> bool:
    """Whether no seven days have more than the limit."""
    moments = arrivals(world)
    return all(later - first >= timedelta(days=7) for first, later in pairwise(moments[::LIMIT]) if len(moments) > LIMIT) and all(
        sum(first <= one < first + timedelta(days=7) for one in moments) <= LIMIT for first in moments
    )


def test_the_first_morning_back(world: World) -> None:
    """Five updates in three weeks of leave: three wait for the first morning back, two go into the digest, whenever they were queued."""
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).go_away(date(2026, 11, 23), date(2026, 12, 18))
    for week in range(5):
        world.clock.instant = datetime.fromisoformat("2026-11-25T09:30:00+00:00") + timedelta(days=4 * week)
        begun(world, world.clock().date())
    states = [one.state for one in copies(world)]
    assert states == ["queued", "queued", "queued", "digest", "digest"]
    assert never_more(world)
    assert arrivals(world)[0].date() >= date(2026, 12, 19)


@pytest.mark.parametrize("hours", [5, 12, 24, 30, 55])
def test_never_more_in_any_seven_days(world: World, hours: int) -> None:
    """One every few hours for a month: no window of seven days has a fourth, and what isn't sent is held for the digest."""
    for _ in range(30 * 24 // hours):
        begun(world)
        world.clock.forward(hours=hours)
        with world.database.session() as session:
            for one in session.exec(select(Delivery).where(Delivery.state == DeliveryState.QUEUED)):
                if one.not_before is not None and one.not_before <= world.clock():
                    one.state, one.sent_at = DeliveryState.SENT, one.not_before + timedelta(seconds=one.key % 7)
    assert never_more(world)
    assert len(arrivals(world)) >= 3 * 3


def test_the_same_morning_a_week_later_counts_by_the_day(world: World) -> None:
    """What arrives some seconds early a week later isn't a fourth in seven days."""
    for _ in range(3):
        begun(world)
    with world.database.session() as session:
        for one in session.exec(select(Delivery)):
            one.state, one.sent_at = DeliveryState.SENT, world.clock() + timedelta(seconds=40)
    world.clock.forward(days=7)
    begun(world)
    assert copies(world)[-1].state == DeliveryState.DIGEST
    world.clock.forward(hours=1)
    begun(world)
    assert copies(world)[-1].state == DeliveryState.QUEUED


def test_two_that_begin_at_once(world: World) -> None:
    """Six broadcasts begin in the same instant, in six transactions: he gets three of them."""
    keys = [begun(world, begin=False) for _ in range(6)]

    def expand(key: int) -> None:
        with world.database.session() as session:
            broadcast = broadcasts.get(session, key)
            expansion.expand(session, broadcast, world.application.settings, [Platform.CONSOLE], world.clock())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(expand, keys))
    assert sorted(one.state for one in copies(world)) == [Subject.DIGEST] * 3 + ["queued"] * 3


def test_what_was_recalled_had_arrived(world: World) -> None:
    """Three came, and were recalled: they were read all the same, so the fourth is for the digest."""
    for _ in range(3):
        begun(world)
    with world.database.session() as session:
        for one in session.exec(select(Delivery)):
            one.state, one.sent_at = DeliveryState.RECALLED, world.clock()
    begun(world)
    assert copies(world)[-1].state == DeliveryState.DIGEST


def test_what_was_paused_for_a_week(world: World) -> None:
    """Paused, and gone on with a week later, when three others have come: it arrives then, so it goes into the digest."""
    paused = begun(world)
    with world.database.session() as session:
        broadcasts.get(session, paused).pause(people.get(session, world.ids["cleo"]))
    world.clock.forward(days=8)
    for _ in range(3):
        begun(world)
    with world.database.session() as session:
        broadcast = broadcasts.get(session, paused)
        states = [one.state for one in session.exec(select(Delivery).order_by(col(Delivery.id)))]
        assert states == ["queued", "queued", "queued", "digest"], "the paused one counts as arriving from now on"
        broadcast.resume(people.get(session, world.ids["cleo"]))
        lanes.go_on(session, broadcast, world.application.settings)
    assert sum(one.state == DeliveryState.QUEUED for one in copies(world)) == 3


def test_put_off_to_the_same_morning(world: World) -> None:
    """Four on four days; then an absence is entered, and all wait for the same morning back: the fourth is for the digest."""
    for day in (date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 8)):
        begun(world, day)
    assert {str(one.state) for one in copies(world)} == {"queued"}
    world.clock.forward(days=13)
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).go_away(date(2026, 11, 26), date(2026, 12, 20))
    with world.database.session() as session:
        place, now = (Platform.CONSOLE, copies(world)[0].tenant), world.clock()
        assert claims.due(session, place, 10, (), claims.Cards(), now, world.application.settings) == []
    assert sorted(str(one.state) for one in copies(world)) == [Subject.DIGEST, "queued", "queued", "queued"]
    assert never_more(world)
