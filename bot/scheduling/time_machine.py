"""Moving the clock forward, and letting everything happen that would have happened: in order, each thing at its own time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import sqlalchemy as sa

from bot.clock import MovableClock
from bot.database import Database
from bot.domain.records import clock_offset
from bot.scheduling.timetable import Timetable

_NEXT_JOB = sa.text("SELECT min(scheduled_at) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at > now()")
_SHIFT = sa.text(
    "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - :step WHERE status = 'todo' AND scheduled_at IS NOT NULL"
)
_UNFINISHED = sa.text(
    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))"
)


class TimeMachine:
    """The console's clock. `run_jobs` runs every job that is due and returns when none is left."""

    def __init__(
        self, database: Database, clock: MovableClock, timetable: Timetable, run_jobs: Callable[[], Awaitable[None]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._timetable = timetable
        self._run_jobs = run_jobs
        self._one_at_a_time = asyncio.Lock()

    async def now(self) -> datetime:
        """The present instant of the moved clock, in UTC."""
        return self._clock()

    async def advance_to(self, instant: datetime) -> list[str]:
        """Move to `instant`, stopping at each schedule and timer on the way; says in lines what happened; none when nothing was due.

        ValueError when `instant` is already past.
        """
        if instant < self._clock():
            msg = f"{instant.isoformat()} is already past; this clock only moves forward"
            raise ValueError(msg)
        async with self._one_at_a_time:
            await asyncio.to_thread(self._timetable.begin)
            await self._settle()
            happened = []
            while (stop := await asyncio.to_thread(self._next_stop)) is not None and stop <= instant:
                happened += await self._stop_at(stop)
            await asyncio.to_thread(self._move, instant)
            await self._settle()
            return happened

    async def _stop_at(self, stop: datetime) -> list[str]:
        await asyncio.to_thread(self._move, stop)
        fired = await asyncio.to_thread(self._timetable.look_everywhere)
        await self._settle()
        return [f"{owed.local:%a %d %b %H:%M} in {zone}: {self._timetable.schedules[name].help}" for name, zone, owed in fired]

    async def _settle(self) -> None:
        """Run jobs until none is due and none is running, here or in another worker."""
        pause = 0.0
        while await asyncio.to_thread(self._unfinished):
            await asyncio.sleep(pause)
            await self._run_jobs()
            pause = 0.05

    def _next_stop(self) -> datetime | None:
        with self._database.engine.connect() as connection:
            job = connection.execute(_NEXT_JOB).scalar()
        timer = None if job is None else job + self._clock.offset
        found = [time for time in (timer, self._timetable.next_after(self._clock())) if time is not None]
        return min(found, default=None)

    def _move(self, instant: datetime) -> None:
        """Move the clock to `instant`, where it isn't that late already, and with it the timers, which the database keeps in real time."""
        step = self._clock.reach(instant)
        with self._database.session() as session:
            session.connection().execute(_SHIFT, {"step": step})
            clock_offset.save(session, self._clock.offset)

    def _unfinished(self) -> int:
        with self._database.engine.connect() as connection:
            return int(connection.execute(_UNFINISHED).scalar_one())
