"""The beginning of a broadcast: read the channels it speaks of, count anew whom it reaches, make its deliveries, wake its lanes."""

from __future__ import annotations

import asyncio
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col

from bot.delivery.broadcasts import asking
from bot.delivery.broadcasts.lanes import finish, tell, wake_lanes
from bot.delivery.broadcasts.membership import read_members, remember
from bot.delivery.context import WorkerContext
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people.people import Platform
from bot.domain.updates import approvals, broadcasts, expansion
from bot.domain.updates.broadcasts import Broadcast

_log = structlog.get_logger(__name__)


_PATIENCE = 5
"""How often a busy platform is asked for a channel's members before its broadcast is given back to its author."""


async def count(worker_context: WorkerContext, broadcast_id: int) -> None:
    """Read the channels a draft speaks of, and have its card show whom it means."""
    await _read_channels(worker_context, broadcast_id)
    await asyncio.to_thread(_counted, worker_context, broadcast_id)


async def begin(worker_context: WorkerContext, broadcast_id: int, *, tries: int) -> None:
    """Its time has come. A platform that is only busy is asked again by the next try of this job (`tries`: how many there were)."""
    failed = await _read_channels(worker_context, broadcast_id, patient=tries < _PATIENCE)
    await asyncio.to_thread(_begin, worker_context, broadcast_id, failed)


def _counted(worker_context: WorkerContext, broadcast_id: int) -> None:
    with worker_context.database.session() as session:
        asking.tell_sender(session, broadcasts.get(session, broadcast_id), worker_context.settings, exempt=moments.ASKED)


async def _read_channels(worker_context: WorkerContext, broadcast_id: int, *, patient: bool = False) -> str:
    """Ask who is in the channels its audience speaks of. Gives why one couldn't be read, "" when all were.

    `patient`: a platform that is only busy is asked again by the next try of this job, so its exception is let through.
    """
    failed = ""
    for platform, channel in await asyncio.to_thread(_channels, worker_context, broadcast_id):
        try:
            inside = await read_members(worker_context, Platform(platform), channel)
        except (Unreachable, Refused, RetryLater, Uncertain) as error:
            if patient and isinstance(error, RetryLater | Uncertain):
                raise
            _log.warning("channel can't be read", platform=platform, channel=channel, reason=str(error))
            failed = failed or f"The members of the channel {channel} can't be read ({error})."
        else:
            await asyncio.to_thread(remember, worker_context, Platform(platform), channel, inside)
    return failed


def _channels(worker_context: WorkerContext, broadcast_id: int) -> tuple[tuple[str, str], ...]:
    with worker_context.database.session() as session:
        return broadcasts.get(session, broadcast_id).audience.channels


def _begin(worker_context: WorkerContext, broadcast_id: int, failed: str = "") -> None:
    with worker_context.database.session() as session:
        now = worker_context.database.clock()
        broadcast = broadcasts.get(session, broadcast_id)
        if not broadcast.is_due(now):
            return
        obstacle = approvals.speechless(broadcast) or (
            f"{failed} Invite the bot there, or choose other recipients." if failed else ""
        )
        if not obstacle and _made(session, broadcast, worker_context, now):
            wake_lanes(session, broadcast)
            finish(session, {broadcast_id}, now)
            return
        if obstacle or not broadcast.size:
            broadcast.back_to_draft(obstacle or "Nobody fits its recipients any more. Choose others.")
        tell(session, broadcast)
        asking.held(session, broadcast, worker_context.settings)


def _made(session: Session, broadcast: Broadcast, worker_context: WorkerContext, now: datetime) -> bool:
    """Make its deliveries, unless they turn out to be more than were approved (or none): then there are none, and it is held."""
    number = expansion.expand(session, broadcast, worker_context.settings, list(worker_context.senders), now)
    started = broadcast.start(number, worker_context.settings, now) if number else False
    if number and not started:
        session.execute(sa.delete(Delivery).where(col(Delivery.broadcast_id) == broadcast.key))
    broadcast.size = number
    _log.info("broadcast begun" if started else "broadcast not begun", broadcast=broadcast.key, recipients=number)
    return started
