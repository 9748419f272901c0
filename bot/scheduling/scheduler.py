"""Schedules become APScheduler jobs: one a (schedule, time zone), never one a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.scheduling.timetable import Timetable

_LATE = 3600
"""Seconds after which APScheduler drops a firing of its own; generous, since what is owed is decided by `Timetable.look`."""


class Due(BaseTrigger):
    """When a schedule is due in a zone, as the timetable has it: it knows what to do about hours that the clocks skip."""

    def __init__(self, timetable: Timetable, name: str, zone: str) -> None:
        self._timetable, self._name, self._zone = timetable, name, zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first instant after the previous one, or not before `now` where there is none."""
        since = previous_fire_time or now - timedelta(microseconds=1)
        return self._timetable.next_of(self._name, self._zone, since.astimezone(UTC))


class Scheduler:
    """APScheduler, in this process, looking at the timetable when something is due. In memory: rebuilt at every start."""

    def __init__(self, timetable: Timetable) -> None:
        self._timetable = timetable
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": _LATE, "max_instances": 1}
        )

    def start(self) -> None:
        """Catch up what was missed, then look at each due time; zones that people move to are noticed within five minutes."""
        self._timetable.begin()
        self._timetable.look_everywhere()
        self.refresh()
        self._scheduler.add_job(self.refresh, "interval", minutes=5, id="zones")
        self._scheduler.start()

    def refresh(self) -> None:
        """Have one job for every schedule in every zone people live in. Those there are stay, for one of them may be due this moment."""
        for zone in self._timetable.zones():
            for name in self._timetable.schedules:
                if self._scheduler.get_job(f"{name} {zone}") is None:
                    self._add(name, zone)

    def trigger(self, name: str, zone: str) -> Due:
        """When a schedule is to be looked at in a zone."""
        return Due(self._timetable, name, zone)

    def _add(self, name: str, zone: str) -> None:
        trigger = self.trigger(name, zone)
        self._scheduler.add_job(self._timetable.look, trigger, args=(name, zone), id=f"{name} {zone}", replace_existing=True)

    def close(self) -> None:
        """Stop looking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
