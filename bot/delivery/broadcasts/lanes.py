"""The jobs of broadcasts: begin one at its time, work off each lane, tell how it goes. All deferred in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col

from bot.database import context
from bot.delivery.queue import Task, defer, look_after, refresh
from bot.domain.outbox.deliveries import IN_DOUBT, Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.updates import broadcasts, digests, limits, proposals, recipients
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.updates import Update
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def schedule(session: Session, broadcast: Broadcast) -> None:
    """It is approved: have it begin at its time."""
    defer(session, Task.BEGIN_BROADCAST, broadcast.starts_at, broadcast_id=broadcast.key)


def wake(session: Session, update: Update) -> None:
    """Something about an update has changed: its copies are changed too (or taken back), and what waits may go on."""
    recipients.mark_changed(session, update.key)
    digested = digests.mark_changed(session, update.key)
    for broadcast in broadcasts.of_update(session, update) if update.recalled_at else ():
        broadcast.end_recalled()
        recipients.call_off(session, broadcast, context(session).now)
    mine = [
        col(Delivery.subject).in_([Subject.UPDATE, Subject.REMINDER]),
        col(Delivery.subject_id) == update.key,
        sa.or_(col(Delivery.to_change), col(Delivery.state) == DeliveryState.QUEUED),
    ]
    lanes = {(lane.platform, lane.tenant) for lane in recipients.lanes(session, *mine)}
    for platform, tenant in lanes | {(Platform(platform), tenant) for platform, tenant in digested}:
        look_after(session, platform, tenant)
    for broadcast in broadcasts.of_update(session, update):
        tell(session, broadcast)


def go_on(session: Session, broadcast: Broadcast, settings: Settings) -> None:
    """Nothing holds it any more: new words that were approved are its readers', what waits goes out, and what is over is done."""
    proposals.apply(session, broadcast.update)
    limits.one_at_a_time(session)
    limits.hold_back(session, broadcast, settings, context(session).now)
    wake(session, broadcast.update)
    finish(session, {broadcast.key}, context(session).now)


def resend(session: Session, broadcast: Broadcast, settings: Settings) -> int:
    """Try those not reached once more; how many."""
    limits.one_at_a_time(session)
    now = context(session).now
    number = recipients.try_again(session, broadcast, now)
    if number:
        limits.hold_back(session, broadcast, settings, now)
        broadcast.reopen()
        wake_lanes(session, broadcast)
        finish(session, {broadcast.key}, now)
    return number


def remind(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """Ask those who have it and haven't answered once more, whoever is away aside; how many."""
    asked = [one for one in recipients.silent(session, broadcast) if not one.is_away(one.today(now))]
    if asked:
        recipients.queue_reminders(session, broadcast, [one.key for one in asked], now)
        broadcast.reopen()
        wake_lanes(session, broadcast)
    return len(asked)


def hurry(session: Session, broadcast: Broadcast, actor: Person, now: datetime) -> None:
    """It is urgent: those who aren't at work get it now, too."""
    recipients.hurry(session, broadcast, actor, now)
    wake_lanes(session, broadcast)


def cancel_rest(session: Session, broadcast: Broadcast) -> int:
    """Nobody more gets it; how many that is."""
    number = recipients.call_off(session, broadcast, context(session).now)
    wake_lanes(session, broadcast)
    return number


def tell(session: Session, broadcast: Broadcast) -> None:
    """Have whoever watches it, or was asked to approve it, see how it stands."""
    refresh(session, Subject.BROADCAST, broadcast.key)
    refresh(session, Subject.APPROVAL, broadcast.key)


def wake_lanes(session: Session, broadcast: Broadcast) -> None:
    """Have each lane on which a broadcast waits worked off when its first is due, and whoever watches told."""
    session.flush()
    first: dict[tuple[Platform, str], datetime] = {}
    queued = [col(Delivery.broadcast_id) == broadcast.key, col(Delivery.state) == DeliveryState.QUEUED]
    for lane in recipients.lanes(session, *queued):
        key = (lane.platform, lane.tenant)
        first[key] = min(lane.at, first.get(key, lane.at))
    for (platform, tenant), at in first.items():
        look_after(session, platform, tenant, at)
    tell(session, broadcast)


def read_channels(session: Session, broadcast: Broadcast) -> None:
    """Have the channels its audience speaks of read, so that its card can say how many are meant."""
    if broadcast.audience.channels:
        defer(session, Task.COUNT_MEMBERS, broadcast_id=broadcast.key)


def finish(session: Session, touched: set[int], now: datetime) -> None:
    """A broadcast of which nothing is left to send is done; whoever watches is told how it stands."""
    for broadcast_id in sorted(touched):
        broadcast = broadcasts.get(session, broadcast_id)
        if not recipients.any_left(session, broadcast):
            broadcast.finish(now)
        tell(session, broadcast)


def look_whether_over(session: Session, touched: set[int]) -> None:
    """Some copies of broadcasts wait no more: one of which nothing is left to send is done, and whoever watches is told."""
    finish(session, touched, context(session).now)


_DARK = sa.text("""
    WITH busy AS (
        SELECT d.platform, d.tenant FROM deliveries d JOIN broadcasts b ON b.id = d.broadcast_id JOIN updates u ON u.id = b.update_id
        WHERE d.state = 'queued' AND d.not_before <= :now AND (
            (b.state = 'sending' AND u.recalled_at IS NULL)
            OR (starts_with(d.reason, :in_doubt) AND (b.state = 'cancelled' OR u.recalled_at IS NOT NULL)))
        UNION SELECT platform, tenant FROM deliveries WHERE to_change
        UNION SELECT platform, tenant FROM under_way)
    SELECT platform, tenant FROM busy
    WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing')
                      AND j.lock = 'lane:' || busy.platform || ':' || busy.tenant)""")


def requeue_lanes(session: Session, now: datetime) -> None:
    """Wake the lanes that have something to do and no job: one that failed for good, as after a day without the database."""
    for platform, tenant in session.execute(_DARK, {"now": now, "in_doubt": IN_DOUBT}).all():
        _log.warning("lane woken", platform=platform, tenant=tenant)
        look_after(session, Platform(platform), tenant)
