"""One slice of work on a lane, and what comes after it: its successor, what is over, a platform that refuses the bot."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlmodel import Session, SQLModel, col, select

from bot.database import all_locked
from bot.delivery.broadcasts import changes, claims
from bot.delivery.broadcasts.lanes import finish
from bot.delivery.broadcasts.pipeline import work_off
from bot.delivery.broadcasts.working import Lane
from bot.delivery.context import WorkerContext
from bot.delivery.notifying import notify
from bot.delivery.queue import look_after
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform, Role
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.updates import Update

_log = structlog.get_logger(__name__)


async def work(worker_context: WorkerContext, platform: Platform, tenant: str) -> None:
    """Work off a lane for a slice of time; then have the next slice come when something is due."""
    if platform not in worker_context.senders:
        _log.warning("no sender for a lane", platform=platform.value, tenant=tenant)
        return
    lane = Lane(worker_context, platform, tenant)
    await work_off(lane)
    kinds = ("send", "change")
    opens = [lane.now + timedelta(seconds=worker_context.pace.of(lane.platform, tenant, kind).closed_for) for kind in kinds]
    await asyncio.to_thread(_after, lane, *opens)


def _after(lane: Lane, sends_from: datetime, changes_from: datetime) -> None:
    """Tell how it stands, and have the next slice come when something is due, but not before the platform takes more."""
    with lane.worker_context.database.session() as session:
        if lane.refused:
            _halt(session, lane)
        finish(session, lane.touched, lane.now)
        for platform, tenant in lane.elsewhere:
            look_after(session, platform, tenant)
        if lane.over:
            return
        if changes.changed(session, (lane.platform, lane.tenant), 0, 1, lane.cards, lane.worker_context.settings):
            look_after(session, lane.platform, lane.tenant, changes_from)
        elif due := claims.next_due(session, lane.platform, lane.tenant):
            look_after(session, lane.platform, lane.tenant, max(due, sends_from))


def _halt(session: Session, lane: Lane) -> None:
    """The platform refuses the bot itself: pause what goes over it, and tell the CX office and whoever sent it, by any way there is.

    A recall can't be paused: its card says why copies are still there.
    """
    table, reason = SQLModel.metadata.tables["deliveries"], f"{lane.platform.value.capitalize()} refuses the bot: {lane.refused}"
    mine = sa.select(table.c.broadcast_id).where(table.c.platform == lane.platform.value, table.c.tenant == lane.tenant)
    waiting, to_change = mine.where(table.c.state == DeliveryState.QUEUED.value), mine.where(table.c.to_change)
    recalled = col(Broadcast.update_id).in_(sa.select(col(Update.id)).where(col(Update.recalled_at).is_not(None)))
    wanted = select(Broadcast).where(
        sa.or_(
            sa.and_(col(Broadcast.state) == BroadcastState.SENDING, col(Broadcast.id).in_(waiting)),
            sa.and_(recalled, col(Broadcast.reason) != reason, col(Broadcast.id).in_(to_change)),
        )
    )
    for broadcast in all_locked(session, wanted):
        broadcast.halt(reason)
        concerned = {one.key: one for one in (broadcast.update.author, *people.with_role(session, Role.CX_OFFICE))}
        for person in concerned.values():
            notify(session, person, Subject.BROADCAST, broadcast.key, lane.worker_context.settings, lane.now)
    _log.error("platform refuses the bot", platform=lane.platform.value, tenant=lane.tenant, reason=lane.refused)
