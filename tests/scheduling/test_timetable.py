"""Each firing happens exactly once: across clock changes, replicas, crashes and downtime."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.commands import Firing, Schedule
from bot.database import Database
from bot.domain.records.schedule_runs import ScheduleRun
from bot.process.wiring import check_schedules
from bot.scheduling.timetable import Timetable
from bot.settings import ScheduleSetting, Settings, SettingsError
from tests.conftest import World


@dataclass
class Diary:
    """A schedule that writes down when it ran."""

    fired: list[tuple[str, datetime]] = field(default_factory=list)
    fault: Exception | None = None

    def __call__(self, firing: Firing) -> None:
        """Write down this firing."""
        self.fired.append((firing.zone, firing.local))
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault


Make = Callable[[str, int], Timetable]


@pytest.fixture
def diary() -> Diary:
    """What ran."""
    return Diary()


@pytest.fixture
def make(world: World, settings: Settings, diary: Diary) -> Make:
    """A timetable with one schedule of a given cron and grace in minutes."""

    def timetable(cron: str, grace: int = 240) -> Timetable:
        schedule = Schedule(name="diary", help="Writes", cron=cron, run=diary, grace=grace * 60)
        return Timetable(world.database, settings, {"diary": schedule})

    return timetable


def at(world: World, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
    """Set the clock, in UTC."""
    world.clock.instant = datetime(year, month, day, hour, minute, tzinfo=UTC)


def states(database: Database) -> list[str]:
    """What is on record, in order."""
    with database.session() as session:
        return [str(one) for one in session.exec(select(ScheduleRun.state).order_by(ScheduleRun.due_at))]  # type: ignore[arg-type]


def live(world: World, timetable: Timetable, zone: str, hours: int) -> None:
    """Look every ten minutes for some hours."""
    for _ in range(hours * 6):
        world.clock.forward(minutes=10)
        timetable.look("diary", zone)


def test_an_hour_that_comes_twice_fires_once(world: World, make: Make, diary: Diary) -> None:
    """01:30 in New York on 1 November 2026 comes twice."""
    at(world, 2026, 11, 1, 0)
    timetable = make("30 1 * * *", 240)
    timetable.look("diary", "America/New_York")
    live(world, timetable, "America/New_York", 20)
    assert diary.fired == [("America/New_York", datetime(2026, 11, 1, 1, 30))]  # noqa: DTZ001 - a wall time


def test_an_hour_that_does_not_exist_fires_once(world: World, make: Make, diary: Diary) -> None:
    """02:30 in Berlin on 28 March 2027 doesn't exist."""
    at(world, 2027, 3, 28, 0)
    timetable = make("30 2 * * *", 240)
    timetable.look("diary", "Europe/Berlin")
    live(world, timetable, "Europe/Berlin", 20)
    assert len(diary.fired) == 1


def test_the_wall_time_is_kept_over_a_clock_change(world: World, make: Make) -> None:
    """Nine o'clock stays nine o'clock in each zone, whatever the server's."""
    timetable = make("0 9 * * mon", 240)
    for zone in ("Europe/London", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe"):
        owed = timetable.owed("diary", zone, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
        assert len(owed) == 52
        assert {(one.local.hour, one.local.weekday()) for one in owed} == {(9, 0)}
        assert {one.due_at.astimezone(ZoneInfo(zone)).hour for one in owed} == {9}


def test_many_replicas_fire_once(world: World, make: Make, diary: Diary) -> None:
    """Eight processes look at once; one wins."""
    timetable = make("0 12 * * *", 240)
    timetable.look("diary", "Europe/London")
    world.clock.forward(hours=3)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(timetable.look, "diary", "Europe/London") for _ in range(8)]:
            done.result()
    assert len(diary.fired) == 1


def test_what_another_process_did_is_not_done_again(world: World, make: Make, diary: Diary) -> None:
    """Both know the timetable from before; the second goes by what it knows, and the record refuses it."""
    here, there = make("0 12 * * *", 240), make("0 12 * * *", 240)
    here.begin()
    there.begin()
    world.clock.forward(hours=3)
    fired = here.look_everywhere()
    there.look_everywhere()
    assert sorted(zone for _, zone, _ in fired) == sorted(zone for zone, _ in diary.fired)
    assert len(diary.fired) == len(set(diary.fired)) >= 1
    world.clock.forward(hours=24)
    there.look_everywhere()
    here.look_everywhere()
    assert len(diary.fired) == len(set(diary.fired)) > len(fired)


def test_missed_while_down_is_caught_up_within_its_grace(world: World, make: Make, diary: Diary) -> None:
    """Down from 11:00 to 13:59 UTC: the firing of 12:00 is made up for."""
    timetable = make("0 12 * * *", 120)
    timetable.look("diary", "Europe/London")
    at(world, 2026, 11, 25, 13, 59)
    timetable.look("diary", "Europe/London")
    assert len(diary.fired) == 1
    assert states(world.database) == ["baseline", "ran"]


def test_missed_for_longer_is_recorded_as_missed(world: World, make: Make, diary: Diary) -> None:
    """Down for three days: nothing is fired late, and each missed one is on record."""
    timetable = make("0 12 * * *", 120)
    timetable.look("diary", "Europe/London")
    at(world, 2026, 11, 28, 9)
    timetable.look("diary", "Europe/London")
    assert diary.fired == []
    assert states(world.database) == ["baseline", "missed", "missed", "missed"]


def test_of_several_owed_the_last_is_done(world: World, make: Make, diary: Diary) -> None:
    """An hourly one, down for three hours: once, not three times."""
    timetable = make("0 * * * *", 120)
    timetable.look("diary", "Europe/London")
    at(world, 2026, 11, 25, 12, 10)
    timetable.look("diary", "Europe/London")
    assert diary.fired == [("Europe/London", datetime(2026, 11, 25, 12, 0))]  # noqa: DTZ001 - a wall time


def test_a_firing_that_fails_is_tried_again(world: World, make: Make, diary: Diary) -> None:
    """The record and the work stand or fall together."""
    timetable = make("0 12 * * *", 240)
    timetable.look("diary", "Europe/London")
    world.clock.forward(hours=3)
    diary.fault = RuntimeError("the database went away")
    with pytest.raises(RuntimeError):
        timetable.look("diary", "Europe/London")
    timetable.look("diary", "Europe/London")
    assert len(diary.fired) == 2
    assert states(world.database) == ["baseline", "ran"]


def test_a_new_zone_owes_nothing_of_the_past(world: World, make: Make, diary: Diary) -> None:
    """Somebody moves to Tokyo: the firings before they came aren't owed."""
    timetable = make("0 12 * * *", 24 * 60)
    assert timetable.look("diary", "Asia/Tokyo") == []
    assert timetable.look("diary", "Asia/Tokyo") == []
    assert diary.fired == []


def test_a_schedule_nobody_has_is_refused(settings: Settings) -> None:
    """A typo in app.yaml's schedules is an error that names the known ones."""
    typo = settings.model_copy(update={"schedules": {"promt_executives": ScheduleSetting()}})
    with pytest.raises(SettingsError, match="prompt_executives"):
        check_schedules(typo)


def test_one_switched_off_never_fires(world: World, settings: Settings, diary: Diary) -> None:
    """enabled: false takes it off the timetable."""
    off = settings.model_copy(update={"schedules": {"diary": ScheduleSetting(enabled=False)}})
    schedule = Schedule(name="diary", help="Writes", cron="0 12 * * *", run=diary)
    assert Timetable(world.database, off, {"diary": schedule}).schedules == {}
