"""Work off one lane (one tenant of one platform): send what is due, change what was edited, take back what was recalled.

Many hands send at once, at the pace the platform allows. A copy is marked just before its call, together with those of the other hands,
so that only what was really under way is in doubt when this process dies; what became of them is written several at once, too. A
lane's job works for a slice of time and then defers its successor, so that a process that is to stop has not long to wait.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot.delivery import claims
from bot.delivery.claims import IN_DOUBT, Cards, Outcome, Parcel
from bot.delivery.senders import PlatformSender, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.delivery.tasks import Means
from bot.domain.people import Platform

_log = structlog.get_logger(__name__)

_Result = TypeVar("_Result")

AT_ONCE = 50
"""Most calls under way at once on a lane. A slow lane has as many as it may make in a second: what is taken is soon sent."""

_HANDS = 8
"""Hands for each call under way on a lane without a pace: while some wait for an answer, others' copies are marked, many in one commit."""

_AHEAD = 16
"""How many times what may be under way is read at once: reading costs the same for few as for many, and commits to nothing."""

SLICE = 4.0
"""Seconds a job works before its successor goes on: fewer than a worker that is to stop is given."""

_OUTAGE = 60
"""Seconds that a database which is away is waited for before the job gives up: what was sent meanwhile is written when it's back."""

_WRITE_EVERY = 0.25
"""Seconds between writes when little happens."""

TRIES = 8
"""How often one copy is tried before it counts as failed."""

_PAUSE = 2.0
"""Seconds before trying again where the platform doesn't say, doubled with each try."""

_LONGEST_PAUSE = 300.0


@dataclass
class Lane:
    """One lane being worked on, and what is known of it on the way. `in_hand` are the deliveries read and not yet written back."""

    means: Means
    platform: Platform
    tenant: str
    in_hand: set[int] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    changes: list[Outcome] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    elsewhere: set[tuple[Platform, str]] = field(default_factory=set)
    refused: str = ""
    cards: Cards = field(default_factory=Cards)
    to_mark: list[tuple[Parcel, asyncio.Future[bool]]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    calls: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Let no more calls be under way than the lane is wide."""
        self.calls = asyncio.Semaphore(self.window)

    @property
    def window(self) -> int:
        """How many calls are under way at most."""
        rate = self.means.pace.of(self.platform, self.tenant).per_second
        return AT_ONCE if rate is None else max(2, min(AT_ONCE, math.ceil(rate)))

    @property
    def unlimited(self) -> bool:
        """Whether the lane goes as fast as it can, not at a pace."""
        return self.means.pace.of(self.platform, self.tenant).per_second is None

    @property
    def hands(self) -> int:
        """How many copies are in hand at most: at a pace no more than leave within a second, so that a slice ends when it should."""
        return self.window * _HANDS if self.unlimited else self.window

    @property
    def sender(self) -> PlatformSender:
        """The platform's sender."""
        return self.means.senders[self.platform]

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.means.database.clock()

    async def in_transaction(self, work: Callable[[Session], _Result]) -> _Result:
        """Do some work on the database, off the loop; when it is away, again, for a while. The work must bear being done twice."""
        until = asyncio.get_running_loop().time() + _OUTAGE
        while True:
            try:
                return await asyncio.to_thread(self._transaction, work)
            except (OperationalError, InterfaceError) as error:
                if asyncio.get_running_loop().time() > until:
                    raise
                _log.warning("the database does not answer", error=str(error).partition("\n")[0])
                await asyncio.sleep(1)

    def _transaction(self, work: Callable[[Session], _Result]) -> _Result:
        with self.means.database.session() as session:
            return work(session)


async def work_off(lane: Lane, seconds: float = SLICE) -> None:
    """Work on the lane until nothing is due, time is up, or the platform refuses the bot."""
    await lane.in_transaction(lambda session: claims.orphans(session, lane.platform, lane.tenant))
    ends = asyncio.get_running_loop().time() + seconds
    parcels: asyncio.Queue[Parcel | None] = asyncio.Queue(lane.window if lane.unlimited else 1)
    done = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_write(lane, done))
        marker = group.create_task(_mark(lane))
        hands = [group.create_task(_hand(lane, parcels)) for _ in range(lane.hands)]
        await _fetch(lane, parcels, ends)
        for _ in hands:
            await parcels.put(None)
        await asyncio.wait(hands)
        marker.cancel()
        done.set()
    await write(lane)


async def _fetch(lane: Lane, parcels: asyncio.Queue[Parcel | None], ends: float) -> None:
    """Put window after window before the hands: first what must be changed or taken back, then what is to be sent."""
    loop, after = asyncio.get_running_loop(), 0
    while loop.time() < ends and not lane.refused:
        window = await lane.in_transaction(lambda session, seen=after: _next_window(session, lane, seen))  # type: ignore[misc]
        if not window:
            return
        for parcel in window:
            lane.in_hand.add(parcel.delivery_id)
            await parcels.put(parcel)
            after = max(after, parcel.delivery_id) if parcel.sent else after


def _next_window(session: Session, lane: Lane, after: int) -> list[Parcel]:
    place = (lane.platform, lane.tenant)
    changed = claims.changed(session, lane.platform, lane.tenant, after, lane.window, lane.cards)
    return changed or claims.due(session, place, _AHEAD * lane.window, tuple(lane.in_hand), lane.cards, lane.now)


async def _mark(lane: Lane) -> None:
    """Mark what the hands are about to send, as many as have come together meanwhile; each learns whether its copy may go."""
    while True:
        await lane.asked.wait()
        lane.asked.clear()
        asked, lane.to_mark = lane.to_mark, []
        parcels = [parcel for parcel, _ in asked]
        marked = await lane.in_transaction(lambda session, these=parcels: claims.mark(session, these))  # type: ignore[misc]
        for parcel, answer in asked:
            answer.set_result(parcel.delivery_id in marked)


async def _may_go(lane: Lane, parcel: Parcel) -> bool:
    answer = asyncio.get_running_loop().create_future()
    lane.to_mark.append((parcel, answer))
    lane.asked.set()
    return bool(await answer)


async def _hand(lane: Lane, parcels: asyncio.Queue[Parcel | None]) -> None:
    while (parcel := await parcels.get()) is not None:
        lane.touched.add(parcel.broadcast_id)
        if parcel.sent is not None:
            await _change(lane, parcel, parcel.sent)
        elif outcome := await _send(lane, parcel):
            lane.outcomes.append(outcome)
        else:
            lane.in_hand.discard(parcel.delivery_id)


async def _send(lane: Lane, parcel: Parcel) -> Outcome | None:
    """Send one when it is its turn, and say what became of it; None when it may not go any more (or not as it is)."""
    if not parcel.active:
        return Outcome(parcel, "failed", "left")
    await lane.means.pace.of(lane.platform, lane.tenant).wait()
    if lane.refused or not await _may_go(lane, parcel):
        return None
    async with lane.calls:
        return await _sent(lane, parcel)


async def _sent(lane: Lane, parcel: Parcel) -> Outcome:
    try:
        return Outcome(parcel, "sent", sent=await _find_or_send(lane, parcel))
    except Unreachable as error:
        return Outcome(parcel, "failed", str(error))
    except RetryLater as error:
        return _later(lane, parcel, error.after, error.detail, in_doubt=parcel.in_doubt)
    except Uncertain as error:
        return _doubtful(lane, parcel, error)
    except Refused as error:
        lane.refused = lane.refused or str(error)
        return Outcome(parcel, "queued", str(error), attempts=parcel.attempts - 1)


async def _find_or_send(lane: Lane, parcel: Parcel) -> Sent:
    key = str(parcel.delivery_id)
    if parcel.in_doubt:
        try:
            if found := await lane.sender.find(parcel.to, key):
                return found
        except Uncertain:
            if not _resends(lane):
                raise
    return await lane.sender.send(parcel.to, parcel.card, key)


def _resends(lane: Lane) -> bool:
    return lane.platform == Platform.TEAMS and lane.means.settings.delivery.teams_uncertain == "resend"


def _doubtful(lane: Lane, parcel: Parcel, error: Uncertain) -> Outcome:
    """It may have arrived. Where it can be looked up, or app.yaml would rather double it, it is tried again; elsewhere it stays so."""
    can_look = lane.platform != Platform.TEAMS or _resends(lane)
    if can_look and parcel.attempts < TRIES:
        return _later(lane, parcel, None, str(error), in_doubt=True)
    return Outcome(parcel, "unconfirmed", str(error))


def _later(lane: Lane, parcel: Parcel, after: float | None, detail: str, *, in_doubt: bool) -> Outcome:
    """Try again: on a throttle everyone on the tenant waits as long as the platform says, and the try doesn't count."""
    if after is not None:
        lane.means.pace.of(lane.platform, lane.tenant).throttled(after)
    elif parcel.attempts >= TRIES:
        return Outcome(parcel, "unconfirmed" if in_doubt else "failed", f"gave_up: {detail}")
    # Spread by the delivery's own number, so that those that failed together don't come together again.
    spread = 1 + parcel.delivery_id % 100 / 100
    wait = after if after is not None else min(_PAUSE * 2 ** (parcel.attempts - 1), _LONGEST_PAUSE) * spread
    tries = parcel.attempts - 1 if after is not None else None
    reason = f"{IN_DOUBT}: {detail}" if in_doubt else detail
    return Outcome(parcel, "queued", reason, not_before=lane.now + timedelta(seconds=wait), attempts=tries)


async def _change(lane: Lane, parcel: Parcel, sent: Sent) -> None:
    """Change or take back one copy. What stays in doubt is done again by the next slice: doing it twice does no harm."""
    pace = lane.means.pace.of(lane.platform, lane.tenant, "change")
    await pace.wait()
    if lane.refused:
        return
    try:
        if parcel.recalled:
            await lane.sender.delete(sent)
        else:
            await lane.sender.update(sent, parcel.card)
    except (Unreachable, Uncertain) as error:
        lane.changes.append(Outcome(parcel, "sent", str(error)))
    except RetryLater as error:
        pace.throttled(error.after if error.after is not None else _PAUSE)
    except Refused as error:
        lane.refused = lane.refused or str(error)
    else:
        lane.changes.append(Outcome(parcel, "recalled" if parcel.recalled else "sent"))


async def _write(lane: Lane, done: asyncio.Event) -> None:
    """Write what has happened, every moment."""
    while not done.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _WRITE_EVERY)
        await write(lane)


async def write(lane: Lane) -> None:
    """Write what has happened so far."""
    outcomes, changes = lane.outcomes, lane.changes
    lane.outcomes, lane.changes = [], []
    if outcomes or changes:
        await lane.in_transaction(lambda session: _written(session, lane, outcomes, changes))
        lane.in_hand -= {one.parcel.delivery_id for one in (*outcomes, *changes)}


def _written(session: Session, lane: Lane, outcomes: list[Outcome], changes: list[Outcome]) -> None:
    claims.record(session, outcomes, lane.now)
    claims.record_changes(session, changes)
    others = [platform for platform in lane.means.senders if platform != lane.platform]
    failed = [one for one in outcomes if one.state == "failed"]
    lane.elsewhere |= claims.elsewhere(session, failed, others, lane.now)
