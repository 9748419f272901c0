"""Work off one lane (one tenant of one platform): send what is due, change what was edited, take back what was recalled.

Copies pass from station to station: read, given their turn at the pace the platform allows, put under way together with others (so that
only what is really on its way is in doubt when this process dies), sent by many hands at once, written several at once, too. A lane's job
works for a slice of time and then defers its successor, so that a process that is to stop has not long to wait.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog
from sqlmodel import Session

from bot.delivery import calls, claims
from bot.delivery.claims import Outcome, Parcel
from bot.delivery.underway import TurnLost
from bot.delivery.working import Lane
from bot.domain.people import Platform

_log = structlog.get_logger(__name__)

SLICE = 4.0
"""Seconds a job works before its successor goes on: fewer than a worker that is to stop is given."""

_AHEAD = 16
"""How many times what may be under way is read at once: reading costs the same for few as for many, and commits to nothing. Where there is
a pace, what leaves within a slice is enough."""

_WRITE_EVERY = 0.25
"""Seconds between writes when little happens."""


class _Line:
    """The stations, and what waits before each: `window` hands, whatever the pace becomes meanwhile; `together` take their turn at once.

    An empty list says that nothing more comes.
    """

    def __init__(self, window: int, together: int) -> None:
        self.window, self.together = window, together
        self.read: asyncio.Queue[list[Parcel]] = asyncio.Queue(1)
        self.turned: asyncio.Queue[list[Parcel]] = asyncio.Queue(window // together)
        self.ready: asyncio.Queue[Parcel | None] = asyncio.Queue(window)
        self.to_change: asyncio.Queue[Parcel | None] = asyncio.Queue(window)


async def work_off(lane: Lane, seconds: float = SLICE) -> None:
    """Work on the lane until nothing is due, time is up, the platform refuses the bot, or another job has the lane."""
    lane.under_way.turn = await lane.in_transaction(lane.under_way.begin)
    try:
        await _slice(lane, asyncio.get_running_loop().time() + seconds)
    finally:
        await lane.hang_up()


async def _slice(lane: Lane, ends: float) -> None:
    line, done = _Line(lane.window, lane.window if lane.pace.per_second is None else 1), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_write(lane, done))
        stations = [group.create_task(_take_turns(lane, line, ends)), group.create_task(_mark(lane, line))]
        stations += [group.create_task(_send(lane, line)) for _ in range(line.window)]
        stations += [group.create_task(_change(lane, line)) for _ in range(line.window)]
        await _look_up_stopped(lane)
        await _fetch(lane, line, ends)
        await line.read.put([])
        await line.to_change.put(None)
        await asyncio.wait(stations)
        done.set()
    await write(lane)


async def _look_up_stopped(lane: Lane) -> None:
    """Find out about those that were under way when it was called off or taken back, and the job died."""
    for parcel in await lane.in_transaction(
        lambda session: claims.stopped(session, _place(lane), lane.window, lane.cards, lane.now)
    ):
        await lane.pace.wait()
        if not lane.over:
            lane.touched.add(parcel.broadcast_id)
            outcome = await calls.look(lane, parcel)
            lane.outcomes.append(outcome)  # in a line of its own: the list is another one after a write


async def _fetch(lane: Lane, line: _Line, ends: float) -> None:
    """Put window after window before the stations: first what must be changed or taken back, then what is to be sent."""
    loop, after = asyncio.get_running_loop(), 0
    while loop.time() < ends and not lane.over:
        window = await lane.in_transaction(lambda session, seen=after: _next_window(session, lane, seen))  # type: ignore[misc]
        if not window:
            return
        lane.in_hand |= {one.delivery_id for one in window}
        lane.touched |= {one.broadcast_id for one in window}
        changed = [one for one in window if one.sent is not None]
        for parcel in changed:
            await line.to_change.put(parcel)
        if not changed:
            await line.read.put(window)
        after = max((after, *(one.delivery_id for one in changed)))


def _place(lane: Lane) -> tuple[Platform, str]:
    return lane.platform, lane.tenant


def _next_window(session: Session, lane: Lane, after: int) -> list[Parcel]:
    changed = claims.changed(session, lane.platform, lane.tenant, after, lane.window, lane.cards)
    number = round(lane.window * (_AHEAD if lane.pace.per_second is None else SLICE))
    return changed or claims.due(session, _place(lane), number, tuple(lane.in_hand), lane.cards, lane.now)


async def _take_turns(lane: Lane, line: _Line, ends: float) -> None:
    """Let one after another go when it is its turn; without a pace, as many as may be under way. What time is up for, the next slice reads."""
    loop = asyncio.get_running_loop()
    while window := await line.read.get():
        gone = [one for one in window if not one.active]
        lane.outcomes += [Outcome(one, "failed", "left", attempts=one.attempts - 1) for one in gone]
        staying = [one for one in window if one.active]
        for start in range(0, len(staying), line.together):
            await lane.pace.wait()
            if loop.time() > ends:
                lane.in_hand -= {one.delivery_id for one in staying[start:]}
                break
            await line.turned.put(staying[start : start + line.together])
    await line.turned.put([])


async def _mark(lane: Lane, line: _Line) -> None:
    """Put those under way whose turn it is, as many as have come together meanwhile, and let the hands have them."""
    more = True
    while more and (parcels := await line.turned.get()):
        while more and len(parcels) < line.window and not line.turned.empty():
            others = line.turned.get_nowait()
            more, parcels = bool(others), parcels + others
        for parcel in await _may_go(lane, parcels):
            await line.ready.put(parcel)
    for _ in range(line.window):
        await line.ready.put(None)


async def _may_go(lane: Lane, parcels: list[Parcel]) -> list[Parcel]:
    """Those that may go as things stand, and are under way now; the others aren't in hand any more."""
    going: frozenset[int] = frozenset()
    if not lane.over:
        try:
            going = await lane.by_itself(lambda connection: lane.under_way.mark(connection, parcels))
        except TurnLost:
            lane.lost = True
            _log.warning("another job has the lane", platform=lane.platform.value, tenant=lane.tenant)
    lane.in_hand -= {one.delivery_id for one in parcels} - going
    return [one for one in parcels if one.delivery_id in going]


async def _send(lane: Lane, line: _Line) -> None:
    """One hand: send what is under way, unless the platform has asked for silence since (or won't have the bot): it waits again then."""
    while (parcel := await line.ready.get()) is not None:
        if lane.over or lane.pace.closed:
            outcome = calls.put_back(parcel)
        else:
            outcome = await calls.send(lane, parcel)
        lane.outcomes.append(outcome)  # in a line of its own: the list is another one after a write


async def _change(lane: Lane, line: _Line) -> None:
    """One hand: change or take back; the last one tells the next."""
    while (parcel := await line.to_change.get()) is not None:
        if parcel.sent is not None:
            await calls.change(lane, parcel, parcel.sent)
    await line.to_change.put(None)


async def _write(lane: Lane, done: asyncio.Event) -> None:
    """Write what has happened, every moment."""
    while not done.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _WRITE_EVERY)
        await write(lane)


async def write(lane: Lane) -> None:
    """Write what has happened so far. What a server without power forgets of it is still under way, and so in doubt."""
    outcomes, changes = lane.outcomes, lane.changes
    lane.outcomes, lane.changes = [], []
    if outcomes or changes:
        left = lane.under_way.after(one.parcel.delivery_id for one in outcomes)
        await lane.in_transaction(lambda session: _written(session, lane, outcomes, changes, left), durable=False)
        lane.under_way.keep(left)
        lane.in_hand -= {one.parcel.delivery_id for one in (*outcomes, *changes)}


def _written(session: Session, lane: Lane, outcomes: list[Outcome], changes: list[Outcome], left: dict[int, set[int]]) -> None:
    claims.record(session, outcomes, lane.now)
    claims.record_changes(session, changes)
    lane.under_way.write(session, left)
    others = [platform for platform in lane.means.senders if platform != lane.platform]
    failed = [one for one in outcomes if one.state == "failed"]
    lane.elsewhere |= claims.elsewhere(session, failed, others, lane.now)
