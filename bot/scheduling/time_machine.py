"""Moving the clock forward, and letting everything happen that would have happened: in order, each thing at its own time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from bot.clock import MovableClock
from bot.database import Database
from bot.domain.records import clock_offset
from bot.scheduling.timetable import Pair, Timetable

_AROUND = sa.text("""
    SELECT count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE scheduled_at IS NULL OR scheduled_at <= now()),
           min(scheduled_at) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
           (SELECT coalesce(array_agg(DISTINCT zone), '{}') FROM people WHERE active)
      FROM procrastinate_jobs WHERE status IN ('todo', 'doing')""")
"""How many jobs are running, how many are due or running, when the next of the others is due, in the database's time; and the zones people
live in. One statement: there are hundreds of stops in a week."""

_SHIFT = sa.text(
    "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - :step WHERE status = 'todo' AND scheduled_at IS NOT NULL"
)

_PATIENCE = 0.05
"""Seconds for which jobs that another worker runs are waited for before looking again."""


@dataclass(frozen=True)
class _Stop:
    """Where the clock stands: what is to be looked at there, whether jobs are to be run first, and whether it is a stop at all.

    `wait` is for how many seconds another worker, which has some of them, is waited for.
    """

    pairs: Sequence[Pair] = ()
    is_busy: bool = False
    wait: float = 0
    is_before_the_end: bool = True


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
            happened: list[str] = []
            while (stop := await self._moved(instant)).is_before_the_end:
                fired = await asyncio.to_thread(self._timetable.look_everywhere, stop.pairs)
                happened += [
                    f"{owed.local:%a %d %b %H:%M} in {zone}: {self._timetable.schedules[name].help}" for name, zone, owed in fired
                ]
            return happened

    async def _moved(self, until: datetime) -> _Stop:
        """Run jobs until none is due and none is running, here or in another worker; then move to the next stop, `until` at the latest."""
        while (stop := await asyncio.to_thread(self._move_on, until)).is_busy:
            await asyncio.sleep(stop.wait)
            await self._run_jobs()
        return stop

    def _move_on(self, until: datetime) -> _Stop:
        """Move to the next stop, unless jobs are to be run before."""
        with self._database.session() as session:
            running, due, job, zones = session.connection().execute(_AROUND).one()
            if running or due:
                return _Stop(is_busy=True, wait=_PATIENCE if running else 0)
            pairs, now = self._timetable.pairs(sorted(zones)), self._clock()
            if now >= until:
                return _Stop(is_before_the_end=False)
            timer = None if job is None else job + self._clock.offset
            self._move(session, min(filter(None, (timer, self._timetable.next_after(pairs, now), until))))
            return _Stop(pairs)

    def _move(self, session: Session, instant: datetime) -> None:
        """Move the clock to `instant`, where it isn't that late already, and with it the timers, which the database keeps in real time."""
        step = self._clock.reach(instant)
        session.connection().execute(_SHIFT, {"step": step})
        clock_offset.save(session, self._clock.offset)
