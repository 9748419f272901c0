"""Work off one lane (one tenant of one platform): send what is due, change what was edited, take back what was recalled.

Copies pass from station to station: read, put under way a few together (so that only what is really on its way is in doubt when this
process dies), given their turn at the pace the platform allows, sent by many hands at once, written several at once, too. A lane's job
works for a slice of time and then defers its successor, so that other jobs get on; it ends at once when its process is to stop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from functools import partial

import structlog
from sqlmodel import Session

from bot.delivery import telling
from bot.delivery.broadcasts import calls, changes, claims, elsewhere, recording
from bot.delivery.broadcasts.claims import OutgoingMessage
from bot.delivery.broadcasts.recording import Outcome
from bot.delivery.broadcasts.underway import LeaseLost
from bot.delivery.broadcasts.working import Lane
from bot.delivery.outcomes import Ending
from bot.delivery.pacing import SILENCE
from bot.delivery.queue import refresh
from bot.delivery.telling import Told
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform

_log = structlog.get_logger(__name__)

SLICE = 15.0
"""Seconds a job works before its successor goes on: long enough that what passes between the two costs no pace."""

_AT_A_PACE = 4
"""Seconds for which is read at once where there is a pace: an edit makes what was read before it useless."""

_AHEAD = 16
"""How many times what may be under way is read at once elsewhere: reading costs the same for few as for many, and commits to nothing."""

_WRITE_EVERY = 0.25
"""Seconds between writes when little happens."""

_TELL_EVERY = 5.0
"""Seconds after which whoever watches a broadcast is told how it goes, within a slice; at its end they are told in any case."""


class _Line:
    """The stations, and what waits before each: `window` hands, whatever the pace becomes meanwhile; `together` are put under way at once.

    At a pace those are what leaves within a tenth of a second: more would only be in doubt longer. An empty list says that no more comes.
    """

    def __init__(self, window: int, *, paced: bool) -> None:
        self.window = window
        self.paced = paced
        self.together = max(1, window // 10) if paced else window
        self.read: asyncio.Queue[list[OutgoingMessage]] = asyncio.Queue(1)
        self.marked: asyncio.Queue[list[OutgoingMessage]] = asyncio.Queue(1)
        self.ready: asyncio.Queue[OutgoingMessage | None] = asyncio.Queue(1 if paced else window)
        self.to_change: asyncio.Queue[OutgoingMessage | None] = asyncio.Queue(window)


async def work_off(lane: Lane, seconds: float = SLICE) -> None:
    """Work on the lane until nothing is due, time is up, the platform refuses the bot, or another job has the lane."""
    lane.under_way.turn = await lane.in_transaction(lane.under_way.begin)
    lane.ends = asyncio.get_running_loop().time() + seconds
    try:
        await _slice(lane)
    finally:
        await lane.release()


async def _slice(lane: Lane) -> None:
    line, done = _Line(lane.window, paced=lane.pace.per_second is not None), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_write(lane, done))
        stations = [group.create_task(_take_turns(lane, line)), group.create_task(_mark(lane, line))]
        stations += [group.create_task(_send(lane, line)) for _ in range(line.window)]
        stations += [group.create_task(_change(lane, line)) for _ in range(line.window)]
        await _look_up_stopped(lane)
        await _fetch(lane, line)
        await line.read.put([])
        await line.to_change.put(None)
        await asyncio.wait(stations)
        done.set()
    await write(lane)


async def _look_up_stopped(lane: Lane) -> None:
    """Find out about those that were under way when it was called off or taken back, and the job died."""
    for outgoing in await lane.in_transaction(
        lambda session: claims.stopped(session, _place(lane), lane.window, lane.cards, lane.now)
    ):
        if await lane.pace.wait(SILENCE) and not lane.ended:
            lane.touched |= outgoing.broadcasts
            outcome = await calls.look(lane, outgoing)
            lane.outcomes.append(outcome)  # in a line of its own: the list is another one after a write


async def _fetch(lane: Lane, line: _Line) -> None:
    """Put window after window before the stations: first what must be changed or taken back, then what is to be sent."""
    after = 0
    while not lane.ended:
        open_for = frozenset(kind for kind in ("send", "change") if not lane.shut(kind))
        window = await lane.in_transaction(partial(_next_window, lane=lane, after=after, open_for=open_for))
        if not window:
            return
        lane.claimed |= {one.delivery_id for one in window}
        lane.touched |= {key for one in window for key in one.broadcasts}
        changed = [one for one in window if one.sent is not None]
        for outgoing in changed:
            await line.to_change.put(outgoing)
        if not changed:
            await line.read.put(window)
        after = max((after, *(one.delivery_id for one in changed)))


def _place(lane: Lane) -> tuple[Platform, str]:
    return lane.platform, lane.tenant


def _next_window(session: Session, lane: Lane, after: int, open_for: Collection[str]) -> list[OutgoingMessage]:
    if "change" in open_for:
        changed = changes.changed(session, _place(lane), after, lane.window, lane.cards, lane.worker_context.settings)
        if changed:
            return changed
    if "send" not in open_for:
        return []
    number = lane.window * (_AHEAD if lane.pace.per_second is None else _AT_A_PACE)
    return claims.due(
        session, _place(lane), number, tuple(lane.claimed), lane.cards, lane.now, lane.worker_context.settings, lane.touched
    )


async def _mark(lane: Lane, line: _Line) -> None:
    """Put under way what was read, a few at once. What time is up for, the next slice reads again."""
    while window := await line.read.get():
        lane.outcomes += [ended for one in window if (ended := _unsent(one)) is not None]
        staying = [one for one in window if _unsent(one) is None]
        for start in range(0, len(staying), line.together):
            if lane.ended or lane.shut():
                lane.claimed -= {one.delivery_id for one in staying[start:]}
                break
            if going := await _may_go(lane, staying[start : start + line.together]):
                await line.marked.put(going)
    await line.marked.put([])


def _unsent(outgoing: OutgoingMessage) -> Outcome | None:
    """What becomes of a copy that isn't to be sent any more: its reader left, or has answered before being reminded."""
    if not outgoing.active:
        return Outcome(outgoing, "failed", "left", attempts=outgoing.attempts - 1, ending=Ending.FAILED)
    return (
        Outcome(outgoing, "cancelled", "answered", attempts=outgoing.attempts - 1, ending=Ending.CANCELLED)
        if outgoing.answered
        else None
    )


async def _take_turns(lane: Lane, line: _Line) -> None:
    """Let the hands have one after another when it is its turn. When the platform wants silence, or nothing may go, they wait again."""
    while outgoing_messages := await line.marked.get():
        may = line.paced or await lane.pace.wait(SILENCE)
        for outgoing in outgoing_messages:
            may = await lane.pace.wait(SILENCE) if line.paced else may
            if may and not lane.worker_context.stopping.is_set():
                await line.ready.put(outgoing)
            else:
                lane.outcomes.append(calls.requeue(outgoing))
    for _ in range(line.window):
        await line.ready.put(None)


async def _may_go(lane: Lane, outgoing_messages: list[OutgoingMessage]) -> list[OutgoingMessage]:
    """Those that may go as things stand, and are under way now; the others aren't in hand any more."""
    going: frozenset[int] = frozenset()
    if not lane.over:
        try:
            going = await lane.by_itself(lambda connection: lane.under_way.mark(connection, outgoing_messages))
        except LeaseLost:
            lane.lost = True
            _log.warning("another job has the lane", platform=lane.platform.value, tenant=lane.tenant)
    lane.claimed -= {one.delivery_id for one in outgoing_messages} - going
    return [one for one in outgoing_messages if one.delivery_id in going]


async def _send(lane: Lane, line: _Line) -> None:
    """One hand: send what is under way, unless the platform has asked for silence since (or won't have the bot): it waits again then."""
    while (outgoing := await line.ready.get()) is not None:
        if lane.over or lane.pace.closed_for:
            outcome = calls.requeue(outgoing)
        else:
            outcome = await calls.send(lane, outgoing)
        lane.outcomes.append(outcome)  # in a line of its own: the list is another one after a write


async def _change(lane: Lane, line: _Line) -> None:
    """One hand: change or take back; the last one tells the next."""
    while (outgoing := await line.to_change.get()) is not None:
        if outgoing.sent is not None:
            await calls.change(lane, outgoing, outgoing.sent)
    await line.to_change.put(None)


async def _write(lane: Lane, done: asyncio.Event) -> None:
    """Write what has happened, every moment."""
    while not done.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _WRITE_EVERY)
        await write(lane)


async def write(lane: Lane) -> None:
    """Write what has happened so far. What a server without power forgets of it is still under way, and so in doubt."""
    outcomes, edits = lane.outcomes, lane.changes
    lane.outcomes, lane.changes = [], []
    if outcomes or edits:
        left = lane.under_way.after(one.outgoing.delivery_id for one in outcomes)
        tell = asyncio.get_running_loop().time() > lane.told + _TELL_EVERY
        await lane.in_transaction(lambda session: _written(session, lane, outcomes, edits, left, tell=tell), durable=False)
        if tell:
            lane.told = asyncio.get_running_loop().time()
        lane.under_way.keep(left)
        lane.claimed -= {one.outgoing.delivery_id for one in (*outcomes, *edits)}


def _written(
    session: Session, lane: Lane, outcomes: list[Outcome], edits: list[Outcome], left: dict[int, set[int]], *, tell: bool
) -> None:
    if not lane.under_way.is_mine(session):
        # Whoever has the lane by now has put all this in doubt, and may have sent it. That one arrived is true all the same.
        lane.lost = True
        outcomes = [one for one in outcomes if one.state == "sent"]
    for broadcast_id in sorted(lane.touched) if tell else ():
        refresh(session, Subject.BROADCAST, broadcast_id)
    recording.record(session, outcomes, lane.now)
    telling.tell(session, [_told(lane, one) for one in outcomes if one.ending is not None])
    changes.record_changes(session, edits)
    lane.under_way.write(session, left)
    others = [platform for platform in lane.worker_context.senders if platform != lane.platform]
    failed = [one for one in outcomes if one.state == "failed"]
    lane.elsewhere |= elsewhere.queue(session, failed, others, lane.now)


def _told(lane: Lane, outcome: Outcome) -> Told:
    outgoing, ending = outcome.outgoing, outcome.ending or Ending.HELD
    tries = outgoing.attempts if outcome.attempts is None else outcome.attempts
    about = Subject.REMINDER if outgoing.reminds else Subject.UPDATE
    return Told(
        "copy", outgoing.delivery_id, about, outgoing.trace, ending, lane.platform, outcome.reason, tries, outcome.not_before
    )
