"""One lane (one tenant of one platform) as a job works on it: how wide it is, and what is known of it on the way."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import psycopg
import sqlalchemy.exc
import structlog
from sqlmodel import Session

from bot.delivery.broadcasts.claims import Cards
from bot.delivery.broadcasts.recording import Outcome
from bot.delivery.broadcasts.underway import Connection, UnderWay
from bot.delivery.context import WorkerContext
from bot.delivery.pacing import SILENCE, TenantPace
from bot.delivery.senders import PlatformSender
from bot.domain.people.people import Platform

_log = structlog.get_logger(__name__)

_Result = TypeVar("_Result")

AT_ONCE = 50
"""Most calls under way at once on a lane. A slow lane has as many as it may make in a second: what is taken is soon sent."""

_OUTAGE = 60
"""Seconds that a database which is away is waited for before the job gives up: what was sent meanwhile is written when it's back."""


@dataclass
class Lane:
    """One lane being worked on. `claimed` are the deliveries read and not yet written back, `refused` why the platform won't have the bot.

    `lost`: another job has the lane by now. `ends` is when time is up, and `told` when whoever watches was last
    told how it goes, on the event loop's clock.
    """

    worker_context: WorkerContext
    platform: Platform
    tenant: str
    claimed: set[int] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    changes: list[Outcome] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    elsewhere: set[tuple[Platform, str]] = field(default_factory=set)
    refused: str = ""
    lost: bool = False
    ends: float = math.inf
    told: float = -math.inf
    cards: Cards = field(default_factory=Cards)
    under_way: UnderWay = field(init=False)
    _connection: Connection | None = None

    def __post_init__(self) -> None:
        """Nothing is under way yet."""
        self.under_way = UnderWay(self.platform, self.tenant)

    @property
    def pace(self) -> TenantPace:
        """Its turns."""
        return self.worker_context.pace.of(self.platform, self.tenant)

    @property
    def window(self) -> int:
        """How many calls are under way at most."""
        rate = self.pace.per_second
        return AT_ONCE if rate is None else max(2, min(AT_ONCE, math.ceil(rate)))

    @property
    def over(self) -> bool:
        """Whether nothing more can be done here."""
        return self.lost or bool(self.refused)

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be begun by this job: time is up, the worker is to stop, or nothing can be done."""
        return asyncio.get_running_loop().time() > self.ends or self.over or self.worker_context.stopping.is_set()

    def shut(self, kind: str = "send") -> bool:
        """Whether the platform wants a longer silence of this kind of call than a job waits out. Others may go on: Slack counts them apart."""
        return self.worker_context.pace.of(self.platform, self.tenant, kind).closed_for > SILENCE

    @property
    def sender(self) -> PlatformSender:
        """The platform's sender."""
        return self.worker_context.senders[self.platform]

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.worker_context.database.clock()

    async def in_transaction(self, work: Callable[[Session], _Result], *, durable: bool = True) -> _Result:
        """Do some work on the database, off the loop; when it is away, again, for a while. The work must bear being done twice.

        What needn't be `durable` is committed without waiting for the disk: a server that loses its power forgets the last moment of it.
        """
        return await self._patiently(lambda: asyncio.to_thread(self._transaction, work, durable))

    async def by_itself(self, work: Callable[[Connection], Awaitable[_Result]]) -> _Result:
        """Do one statement on the loop, committed by itself, where threads taking turns would cost more than the database; as above."""
        return await self._patiently(lambda: self._statement(work))

    async def release(self) -> None:
        """Close the connection for single statements."""
        if self._connection is not None:
            await self._connection.close()

    async def _patiently(self, work: Callable[[], Awaitable[_Result]]) -> _Result:
        until = asyncio.get_running_loop().time() + _OUTAGE
        while True:
            try:
                return await work()
            except (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError, psycopg.OperationalError) as error:
                if asyncio.get_running_loop().time() > until:
                    raise
                _log.warning("the database does not answer", error=str(error).partition("\n")[0])
                await asyncio.sleep(1)

    async def _statement(self, work: Callable[[Connection], Awaitable[_Result]]) -> _Result:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(self.worker_context.database.dsn, autocommit=True)
        return await work(self._connection)

    def _transaction(self, work: Callable[[Session], _Result], durable: bool) -> _Result:
        with self.worker_context.database.session() as session:
            if not durable:
                session.execute(sqlalchemy.text("SET LOCAL synchronous_commit = off"))
            return work(session)
