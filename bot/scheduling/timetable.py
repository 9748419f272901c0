"""What the schedules owe, and the doing of it, each firing exactly once.

The clock only says *when to look*. What is owed is read from the database (`schedule_runs`) and the schedule's cron: so a firing missed while
nothing ran is caught up, the hour that comes twice in autumn counts once, and any number of processes may look at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.commands import Firing, Schedule
from bot.database import Database
from bot.domain import people
from bot.domain.schedule_runs import RunState, ScheduleRun, last_due, record
from bot.settings import ScheduleSetting, Settings

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Owed:
    """A firing that is due: the naive wall time in its zone, and the instant that is."""

    local: datetime
    due_at: datetime


class Timetable:
    """All schedules in all zones: what is owed between two instants, and the doing of it."""

    def __init__(self, database: Database, settings: Settings, schedules: Mapping[str, Schedule]) -> None:
        self._database = database
        self._settings = settings
        self.schedules = {name: one for name, one in schedules.items() if settings.schedules.get(name, ScheduleSetting()).enabled}

    def trigger(self, name: str, zone: str) -> CronTrigger:
        """The schedule's cron (app.yaml's, else its default) as wall time in `zone`."""
        cron = self._settings.schedules.get(name, ScheduleSetting()).cron
        trigger: CronTrigger = CronTrigger.from_crontab(str(cron) if cron else self.schedules[name].cron, timezone=ZoneInfo(zone))
        return trigger

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
        for name in self.schedules:
            for zone in self.zones():
                self._begin_one(name, zone)

    def _begin_one(self, name: str, zone: str) -> None:
        with self._database.session() as session:
            if last_due(session, name, zone) is None:
                now = self._database.clock()
                record(session, _run(name, zone, Owed(_wall(now, zone), now), now, RunState.BASELINE))

    def owed(self, name: str, zone: str, since: datetime, until: datetime) -> list[Owed]:
        """The firings after `since` and no later than `until`, in order."""
        trigger, found, last = self.trigger(name, zone), [], since
        while (due := trigger.get_next_fire_time(last, last + timedelta(microseconds=1))) is not None and due <= until:
            found.append(Owed(due.replace(tzinfo=None, fold=0), due.astimezone(UTC)))
            last = due.astimezone(UTC)
        return found

    def next_after(self, instant: datetime) -> datetime | None:
        """The next instant at which anything fires."""
        zones = self.zones()
        triggers = [self.trigger(name, zone) for name in self.schedules for zone in zones]
        times = [trigger.get_next_fire_time(instant, instant + timedelta(microseconds=1)) for trigger in triggers]
        return min((time.astimezone(UTC) for time in times if time is not None), default=None)

    def look(self, name: str, zone: str) -> list[Owed]:
        """Do what is owed and no later than its grace; record the rest as missed. Of several owed, only the last is done."""
        now = self._database.clock()
        with self._database.session() as session:
            since = last_due(session, name, zone)
        if since is None:
            self._begin_one(name, zone)
            return []
        owed = self.owed(name, zone, since, now)
        for missed in owed[:-1]:
            self._fire(name, zone, missed, now, RunState.MISSED)
        done = [one for one in owed[-1:] if now - one.due_at <= self.grace(name)]
        for one in owed[-1:]:
            self._fire(name, zone, one, now, RunState.RAN if one in done else RunState.MISSED)
        return done

    def look_everywhere(self) -> list[tuple[str, str, Owed]]:
        """`look` for every schedule in every zone."""
        return [(name, zone, one) for name in self.schedules for zone in self.zones() for one in self.look(name, zone)]

    def _fire(self, name: str, zone: str, owed: Owed, now: datetime, state: RunState) -> None:
        with self._database.session() as session:
            if not record(session, _run(name, zone, owed, now, state)):
                return
            if state == RunState.RAN:
                self.schedules[name].run(Firing(session, self._settings, now, zone, owed.local))
        _log.info("schedule", name=name, zone=zone, local=owed.local.isoformat(), state=state.value)


def _run(name: str, zone: str, owed: Owed, now: datetime, state: RunState) -> ScheduleRun:
    return ScheduleRun(schedule=name, zone=zone, local=owed.local, due_at=owed.due_at, recorded_at=now, state=state)


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
