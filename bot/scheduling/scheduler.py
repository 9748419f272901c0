"""Schedules become APScheduler jobs: one a (schedule, time zone), never one a person."""

from __future__ import annotations

from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduling.timetable import Timetable

_LATE = 3600
"""Seconds after which APScheduler drops a firing of its own; generous, since what is owed is decided by `Timetable.look`."""


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
        """Have one job for every schedule in every zone people live in."""
        for zone in self._timetable.zones():
            for name in self._timetable.schedules:
                trigger = self._timetable.trigger(name, zone)
                self._scheduler.add_job(
                    self._timetable.look, trigger, args=(name, zone), id=f"{name} {zone}", replace_existing=True
                )

    def close(self) -> None:
        """Stop looking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
