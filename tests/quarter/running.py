"""Start the company on an empty database, let it live, and give its story."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from bot.clock import MovableClock, utc_now
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import run_due_jobs, worker_app
from bot.scheduling.time_machine import TimeMachine
from bot.schema import migrate
from bot.settings import load
from tests.processes import unhurried
from tests.quarter.behaviour import Odds
from tests.quarter.company import Size, company
from tests.quarter.life import Behaviour, Life, Story

SETTINGS = Path(__file__).parent / "company.yaml"


class StillClock(MovableClock):
    """A clock that stands still between two moves, so that what happens doesn't depend on how fast it is lived through.

    The database's clock goes on meanwhile: the timers kept in its time are moved back by so much with each move.
    """

    def __init__(self, at: datetime) -> None:
        self._held = utc_now()
        super().__init__(at - self._held)

    def __call__(self) -> datetime:
        """The instant it was moved to last."""
        return self._held + self.offset

    def reach(self, instant: datetime) -> timedelta:
        """Move to `instant`, where it isn't that late already; by how much the timers are to be moved."""
        held = utc_now()
        step = max(instant - self(), timedelta(0)) - (held - self._held)
        self._held, self.offset = held, self.offset + step
        return step


async def lived(url: str, seed: int, size: Size, first: date, weeks: int, behaviour: Behaviour | None = None) -> Story:
    """The story of a company of `size` that lives so many weeks from the day `first` on, in the empty database at `url`."""
    made = company(seed, size, first, weeks)
    clock = StillClock(made.start)
    database = open_database(url, clock)
    migrate(database)
    application = build(load(SETTINGS), database)
    worker_context = application.worker_context
    worker_context.pace.everywhere(None)  # how fast a platform takes them is tried elsewhere
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        async with worker_app(database).open_async() as worker:
            machine = TimeMachine(database, clock, application.timetable, lambda: run_due_jobs(application, worker, worker_context))
            return await Life(made, application, machine, behaviour or Odds(), seed).live()
    finally:
        structlog.configure(**before)
        database.close()


@dataclass
class Traffic:
    """What the application asked of its database: statements, and the transactions they were in. The queue's own are not among them."""

    statements: int = 0
    transactions: int = 0

    def statement(self, *_about: object) -> None:
        """One more."""
        self.statements += 1

    def transaction(self, *_about: object) -> None:
        """One more."""
        self.transactions += 1


@contextmanager
def traffic() -> Iterator[Traffic]:
    """What is asked meanwhile, of any database: unlike seconds the same on every machine."""
    found = Traffic()
    heard = (("before_cursor_execute", found.statement), ("begin", found.transaction))
    for event, note in heard:
        sa.event.listen(Engine, event, note)
    try:
        yield found
    finally:
        for event, note in heard:
            sa.event.remove(Engine, event, note)


def run(seed: int, size: Size, first: date, weeks: int, tell: Callable[[str], None]) -> Story:
    """The same, on a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="outside-in-", ignore_cleanup_errors=True) as folder:
        tell(f"{sum(size)} people live {weeks} weeks from {first:%d %B %Y} on (seed {seed})")
        database = unhurried(embedded_server(Path(folder)))
        began, busy = time.perf_counter(), time.process_time()
        with traffic() as asked:
            story = asyncio.run(lived(database, seed, size, first, weeks))
        took, worked = time.perf_counter() - began, time.process_time() - busy
        tell(f"{took / weeks:.1f} seconds a week, {worked / weeks:.1f} of them at work in Python; {len(story.messages)} messages")
        tell(f"{asked.statements / weeks:,.0f} statements a week in {asked.transactions / weeks:,.0f} transactions")
        return story
