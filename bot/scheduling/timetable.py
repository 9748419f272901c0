"""What the schedules owe, and the doing of it, each firing exactly once.

The clock only says *when to look*. What is owed is read from the database (`schedule_runs`) and the schedule's cron: so a firing missed while
nothing ran is caught up, the hour that comes twice in autumn counts once, and any number of processes may look at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, takewhile
from zoneinfo import ZoneInfo

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.commands import Firing, Schedule
from bot.database import Database
from bot.domain.people import people
from bot.domain.people.working_time import first_instant
from bot.domain.records import traces
from bot.domain.records.schedule_runs import RunState, ScheduleRun, last_due, last_dues, record
from bot.settings import ScheduleSetting, Settings

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Owed:
    """A firing that is due: the naive wall time in its zone, and the instant that is."""

    local: datetime
    due_at: datetime


Pair = tuple[str, str]
"""A schedule and a zone."""


class Timetable:
    """All schedules in all zones: what is owed between two instants, and the doing of it."""

    def __init__(self, database: Database, settings: Settings, schedules: Mapping[str, Schedule]) -> None:
        self._database = database
        self._settings = settings
        self._next: dict[Pair, tuple[datetime, datetime]] = {}
        self._since: dict[Pair, datetime] = {}
        self.schedules = {name: one for name, one in schedules.items() if settings.schedules.get(name, ScheduleSetting()).enabled}

    def cron(self, name: str) -> str:
        """When a schedule is due, as five fields on each zone's wall clock: app.yaml's, else its default."""
        return self._settings.schedules.get(name, ScheduleSetting()).cron or self.schedules[name].cron

    def grace(self, name: str) -> timedelta:
        """How late a firing is still caught up."""
        minutes = self._settings.schedules.get(name, ScheduleSetting()).grace_minutes
        return timedelta(minutes=minutes) if minutes is not None else timedelta(seconds=self.schedules[name].grace)

    def zones(self) -> list[str]:
        """The zones people live in."""
        with self._database.session() as session:
            return people.zones(session)

    def begin(self) -> None:
        """From now on firings are owed, for schedules and zones that were never looked at before."""
        self.pairs(self.zones())

    def pairs(self, zones: Sequence[str]) -> list[Pair]:
        """Every schedule in every one of these zones. From now on firings are owed for those that were never looked at before."""
        found = [(name, zone) for name in self.schedules for zone in zones]
        if new := [pair for pair in found if pair not in self._since]:
            with self._database.session() as session:
                dues = last_dues(session)
            self._since |= {pair: dues.get(pair) or self._begin_one(*pair) for pair in new}
        return found

    def _begin_one(self, name: str, zone: str) -> datetime:
        """Owe firings from now on, unless they are owed since an earlier instant, which is given."""
        now = self._database.clock()
        with self._database.session() as session:
            since = last_due(session, name, zone)
            if since is None:
                record(session, _run(name, zone, Owed(_wall(now, zone), now), now, RunState.BASELINE))
        return since or now

    def owed(self, name: str, zone: str, since: datetime, until: datetime) -> list[Owed]:
        """The firings after `since` and no later than `until`, in order."""
        return list(takewhile(lambda one: one.due_at <= until, self._after(name, zone, since)))

    def next_of(self, name: str, zone: str, since: datetime) -> datetime | None:
        """The first instant after `since` at which a schedule is due in a zone; None when it never is again."""
        asked, due = self._next.get((name, zone), (since, since))
        if not asked <= since < due:
            found = next(self._after(name, zone, since), None)
            if found is None:
                return None
            due = found.due_at
            self._next[name, zone] = since, due
        return due

    def _after(self, name: str, zone: str, since: datetime) -> Iterator[Owed]:
        """The firings after an instant. Wall times step without a zone, and the zone is put on afterwards.

        So each day has its firing: one that the clocks skip comes at the first moment after, one that comes twice at the first of the two.
        Of several that a gap puts on one instant there is one, the last. A day that a zone leaves out has none.
        """
        walls = _wall_times(self.cron(name), _wall(since, zone))
        there = (Owed(wall, first_instant(ZoneInfo(zone), wall)) for wall in walls if not _left_out(zone, wall.date()))
        for due_at, together in groupby(there, lambda one: one.due_at):
            *_, last = together
            if due_at > since:
                yield last

    def next_after(self, pairs: Iterable[Pair], instant: datetime) -> datetime | None:
        """The next instant at which any of these schedules fires in its zone."""
        return min(filter(None, (self.next_of(name, zone, instant) for name, zone in pairs)), default=None)

    def look(self, name: str, zone: str) -> list[Owed]:
        """Do what is owed and no later than its grace; record the rest as missed. Of several owed, only the last is done."""
        with self._database.session() as session:
            since = last_due(session, name, zone)
        if since is None:
            self._begin_one(name, zone)
            return []
        return self._look_since(name, zone, since, self._database.clock())

    def _look_since(self, name: str, zone: str, since: datetime, now: datetime) -> list[Owed]:
        owed = self.owed(name, zone, since, now)
        for missed in owed[:-1]:
            self._fire(name, zone, missed, now, RunState.MISSED)
        done = [one for one in owed[-1:] if now - one.due_at <= self.grace(name)]
        for one in owed[-1:]:
            self._fire(name, zone, one, now, RunState.RAN if one in done else RunState.MISSED)
            self._since[name, zone] = one.due_at
        return done

    def look_everywhere(self, pairs: Iterable[Pair] | None = None) -> list[tuple[str, str, Owed]]:
        """`look` for every schedule in every zone in which something is owed; for those of `pairs`, where they were just read.

        It goes by the firings this process knows of. What another process did meanwhile is on record, and isn't done again.
        """
        now = self._database.clock()
        return [
            (name, zone, one)
            for name, zone in (self.pairs(self.zones()) if pairs is None else pairs)
            if self._is_owed(name, zone, now)
            for one in self._look_since(name, zone, self._since[name, zone], now)
        ]

    def _is_owed(self, name: str, zone: str, now: datetime) -> bool:
        due = self.next_of(name, zone, self._since[name, zone])
        return due is not None and due <= now

    def _fire(self, name: str, zone: str, owed: Owed, now: datetime, state: RunState) -> None:
        with traces.following(), self._database.session() as session:
            if not record(session, _run(name, zone, owed, now, state)):
                return
            if state == RunState.RAN:
                self.schedules[name].run(Firing(session, self._settings, now, zone, owed.local))
        _log.info("schedule", name=name, zone=zone, local=owed.local.isoformat(), state=state.value)


def _run(name: str, zone: str, owed: Owed, now: datetime, state: RunState) -> ScheduleRun:
    return ScheduleRun(schedule=name, zone=zone, local=owed.local, due_at=owed.due_at, recorded_at=now, state=state)


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=64)
def _trigger(cron: str) -> CronTrigger:
    """The cron on a clock that never changes: it is given wall times, named UTC."""
    trigger: CronTrigger = CronTrigger.from_crontab(cron, timezone=UTC)
    return trigger


def _wall_times(cron: str, after: datetime) -> Iterator[datetime]:
    """The naive wall times that fit, later than the naive `after`."""
    last = after.replace(tzinfo=UTC)
    while (due := _trigger(cron).get_next_fire_time(None, last + timedelta(microseconds=1))) is not None:
        yield due.replace(tzinfo=None)
        last = due


def _left_out(zone: str, day: date) -> bool:
    """Whether a zone has no such day, as when Samoa crossed the date line."""
    starts = [first_instant(ZoneInfo(zone), datetime.combine(one, time())) for one in (day, day + timedelta(days=1))]
    return starts[0] == starts[1]
