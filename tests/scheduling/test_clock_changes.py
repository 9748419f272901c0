"""Every day has its firing, whatever the clocks do: skipped hours, doubled hours, and all zones' changes over years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.commands import Firing, Schedule
from bot.process.opening import open_database
from bot.scheduling.scheduler import Scheduler
from bot.scheduling.timetable import Owed, Timetable
from bot.settings import Settings
from tests.conftest import NOW

HOUR = timedelta(hours=1)


def _nothing(firing: Firing) -> None:
    """Do nothing."""


Make = Callable[[str], Timetable]


@pytest.fixture
def make(migrated: str, settings: Settings) -> Iterator[Make]:
    """A timetable with one schedule, of a given cron."""
    database = open_database(migrated, lambda: NOW)
    yield lambda cron: Timetable(database, settings, {"diary": Schedule(name="diary", help="Writes", cron=cron, run=_nothing)})
    database.close()


def fired(timetable: Timetable, zone: str, first: date, days: int) -> list[tuple[str, str]]:
    """The firings from the start of `first` on, for `days` days: the wall time it was due at, and the one it was."""
    since = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
    until = datetime.combine(first + timedelta(days=days), time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
    owed = timetable.owed("diary", zone, since, until)
    return [(f"{one.local:%d %H:%M}", f"{one.due_at.astimezone(ZoneInfo(zone)):%d %H:%M}") for one in owed]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Africa/Cairo", date(2026, 4, 24)),
        ("America/Santiago", date(2026, 9, 6)),
        ("Asia/Beirut", date(2026, 3, 29)),
        ("America/Havana", date(2026, 3, 8)),
        ("America/Asuncion", date(2023, 10, 1)),
    ],
)
@pytest.mark.parametrize("wall", ["0 0", "30 0", "59 0"])
def test_a_midnight_that_does_not_exist(make: Make, zone: str, day: date, wall: str) -> None:
    """It fires once on each of the three days; on that one at the first moment there is."""
    found = fired(make(f"{wall} * * *"), zone, day - timedelta(days=1), 3)
    assert [local[:2] for local, _ in found] == [f"{day + timedelta(days=step):%d}" for step in (-1, 0, 1)]
    assert found[1][1] == f"{day:%d} 01:00"


def test_a_week_is_not_lost(make: Make) -> None:
    """A weekly one at half past midnight, where the clocks go forward that very night: it comes at one."""
    assert fired(make("30 0 * * fri"), "Africa/Cairo", date(2026, 4, 18), 14) == [
        ("24 00:30", "24 01:00"),
        ("01 00:30", "01 00:30"),
    ]


def test_several_that_a_gap_puts_on_one_moment_are_one(make: Make) -> None:
    """00:00 and 00:30 don't exist, 01:00 does: what comes every half hour comes once then."""
    found = fired(make("*/30 0-1 * * *"), "Africa/Cairo", date(2026, 4, 24), 1)
    assert found == [("24 01:00", "24 01:00"), ("24 01:30", "24 01:30")]


def test_a_day_that_does_not_exist_has_none(make: Make) -> None:
    """Samoa crossed the date line: there was no 30 December 2011."""
    found = fired(make("0 9 * * *"), "Pacific/Apia", date(2011, 12, 29), 3)
    assert found == [("29 09:00", "29 09:00"), ("31 09:00", "31 09:00")]


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_an_hour_that_comes_twice_has_one_firing(make: Make, hour: int) -> None:
    """At half past each hour, on the nights the clocks go back: London, New York, Santiago, Cairo, Lord Howe."""
    nights = {
        "Europe/London": date(2026, 10, 25),
        "America/New_York": date(2026, 11, 1),
        "America/Santiago": date(2026, 4, 4),
        "Africa/Cairo": date(2026, 10, 29),
        "Australia/Lord_Howe": date(2026, 4, 5),
    }
    for zone, night in nights.items():
        found = fired(make(f"30 {hour} * * *"), zone, night, 3)
        assert [local for local, _ in found] == [f"{night + timedelta(days=step):%d} {hour:02}:30" for step in range(3)], zone


@cache
def _changes(zone: str, first: int, last: int) -> tuple[tuple[datetime, timedelta], ...]:
    """The hours in which a zone's clocks change from year `first` to `last`, in UTC, with by how much."""
    there, instant, end = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    found = []
    while instant < end:
        step = timedelta(days=1)
        if instant.astimezone(there).utcoffset() != (instant + step).astimezone(there).utcoffset():
            hours = [instant + HOUR * number for number in range(24)]
            offsets = [(one, one.astimezone(there).utcoffset(), (one + HOUR).astimezone(there).utcoffset()) for one in hours]
            found += [(one, after - before) for one, before, after in offsets if before and after and before != after]
        instant += step
    return tuple(found)


def that_day(one: Owed, zone: str) -> bool:
    """Whether it is due on its own day; or, where the clocks skip the rest of that day (Nuuk, 30 March 2024, from 23:00), as it ends."""
    there = one.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return there.date() == one.local.date() or there == datetime.combine(one.local.date() + timedelta(days=1), time())


@pytest.mark.parametrize("hour", range(24))
def test_each_date_of_each_zone_has_exactly_one_firing(make: Make, hour: int) -> None:
    """Around every clock change of every zone over four years, at half past each hour: one a day, and never on another day.

    The zones whose clocks change alike are tried once.
    """
    alike = {changes: zone for zone in sorted(available_timezones()) if (changes := _changes(zone, 2023, 2026))}
    assert len(alike) > 20
    timetable = make(f"30 {hour} * * *")
    for changes, zone in alike.items():
        for change, _ in changes:
            first = change.astimezone(ZoneInfo(zone)).date() - timedelta(days=2)
            since = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
            owed = timetable.owed("diary", zone, since, since + timedelta(days=4, hours=12))
            days = [one.local.date() for one in owed]
            assert days[:4] == [first + timedelta(days=step) for step in range(4)], (zone, change)
            assert all(that_day(one, zone) for one in owed), (zone, change)


async def test_the_scheduler_looks_when_the_skipped_hour_is_due(make: Make) -> None:
    """APScheduler is told the same moments, so that somebody looks at them: the half past midnight that Cairo doesn't have."""
    timetable = make("30 0 * * fri")
    scheduler = Scheduler(timetable)
    trigger = scheduler.trigger("diary", "Africa/Cairo")
    before = datetime(2026, 4, 20, tzinfo=UTC)
    due = trigger.get_next_fire_time(None, before)
    assert due == datetime(2026, 4, 23, 22, 0, tzinfo=UTC)
    assert trigger.get_next_fire_time(due, due) == datetime(2026, 4, 30, 21, 30, tzinfo=UTC)
