"""The jobs of broadcasts: begin one at its time, work off each lane, tell how it goes. All deferred in the transaction of the change."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import procrastinate
import sqlalchemy as sa
import structlog
from sqlmodel import Session, SQLModel, col

from bot.database import context
from bot.delivery.broadcasts import asking, changes, claims
from bot.delivery.broadcasts.membership import read_members, remember
from bot.delivery.broadcasts.pipeline import work_off
from bot.delivery.broadcasts.working import Lane
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.delivery.tasks import Means, Task, defer, jobs, means_of, notify, refresh
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import IN_DOUBT, Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Person, Platform, Role
from bot.domain.updates import approvals, broadcasts, digests, expansion, limits, proposals, recipients
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.updates import Update
from bot.settings import Settings

_log = structlog.get_logger(__name__)

_TRIES = procrastinate.RetryStrategy(max_attempts=20, linear_wait=3)
"""For a database that is away for a while. What a lane has taken is found again by the next try."""

_PATIENCE = 5
"""How often a busy platform is asked for a channel's members before its broadcast is given back to its author."""


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
    _finish(session, {broadcast.key}, context(session).now)


def resend(session: Session, broadcast: Broadcast, settings: Settings) -> int:
    """Try those not reached once more; how many."""
    limits.one_at_a_time(session)
    now = context(session).now
    number = recipients.try_again(session, broadcast, now)
    if number:
        limits.hold_back(session, broadcast, settings, now)
        broadcast.reopen()
        _wake_lanes(session, broadcast)
        _finish(session, {broadcast.key}, now)
    return number


def remind(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """Ask those who have it and haven't answered once more, whoever is away aside; how many."""
    asked = [one for one in recipients.silent(session, broadcast) if not one.is_away(one.today(now))]
    if asked:
        recipients.queue_reminders(session, broadcast, [one.key for one in asked], now)
        broadcast.reopen()
        _wake_lanes(session, broadcast)
    return len(asked)


def hurry(session: Session, broadcast: Broadcast, actor: Person, now: datetime) -> None:
    """It is urgent: those who aren't at work get it now, too."""
    recipients.hurry(session, broadcast, actor, now)
    _wake_lanes(session, broadcast)


def cancel_rest(session: Session, broadcast: Broadcast) -> int:
    """Nobody more gets it; how many that is."""
    number = recipients.call_off(session, broadcast, context(session).now)
    _wake_lanes(session, broadcast)
    return number


def tell(session: Session, broadcast: Broadcast) -> None:
    """Have whoever watches it, or was asked to approve it, see how it stands."""
    refresh(session, Subject.BROADCAST, broadcast.key)
    refresh(session, Subject.APPROVAL, broadcast.key)


def _wake_lanes(session: Session, broadcast: Broadcast) -> None:
    session.flush()
    first: dict[tuple[Platform, str], datetime] = {}
    queued = [col(Delivery.broadcast_id) == broadcast.key, col(Delivery.state) == DeliveryState.QUEUED]
    for lane in recipients.lanes(session, *queued):
        key = (lane.platform, lane.tenant)
        first[key] = min(lane.at, first.get(key, lane.at))
    for (platform, tenant), at in first.items():
        look_after(session, platform, tenant, at)
    tell(session, broadcast)


def look_after(session: Session, platform: Platform, tenant: str, at: datetime | None = None) -> None:
    """Have a lane worked off, at once or at an instant."""
    lock = f"lane:{platform.value}:{tenant}"
    defer(session, Task.WORK_LANE, at, lock, once=True, platform=platform.value, tenant=tenant)


def read_channels(session: Session, broadcast: Broadcast) -> None:
    """Have the channels its audience speaks of read, so that its card can say how many are meant."""
    if broadcast.audience.channels:
        defer(session, Task.COUNT_MEMBERS, broadcast_id=broadcast.key)


@jobs.task(name=Task.COUNT_MEMBERS.value, pass_context=True, retry=_TRIES)
async def count_members(context: procrastinate.JobContext, broadcast_id: int) -> None:
    """Read the channels a draft speaks of, and have its card show whom it means."""
    means = means_of(context)
    await _read_channels(means, broadcast_id)
    await asyncio.to_thread(_counted, means, broadcast_id)


def _counted(means: Means, broadcast_id: int) -> None:
    with means.database.session() as session:
        asking.tell_sender(session, broadcasts.get(session, broadcast_id), means.settings, exempt=moments.ASKED)


async def _read_channels(means: Means, broadcast_id: int, *, patient: bool = False) -> str:
    """Ask who is in the channels its audience speaks of. Gives why one couldn't be read, "" when all were.

    `patient`: a platform that is only busy is asked again by the next try of this job, so its exception is let through.
    """
    failed = ""
    for platform, channel in await asyncio.to_thread(_channels, means, broadcast_id):
        try:
            inside = await read_members(means, Platform(platform), channel)
        except (Unreachable, Refused, RetryLater, Uncertain) as error:
            if patient and isinstance(error, RetryLater | Uncertain):
                raise
            _log.warning("channel can't be read", platform=platform, channel=channel, reason=str(error))
            failed = failed or f"The members of the channel {channel} can't be read ({error})."
        else:
            await asyncio.to_thread(remember, means, Platform(platform), channel, inside)
    return failed


def _channels(means: Means, broadcast_id: int) -> tuple[tuple[str, str], ...]:
    with means.database.session() as session:
        return broadcasts.get(session, broadcast_id).audience.channels


@jobs.task(name=Task.BEGIN_BROADCAST.value, pass_context=True, retry=_TRIES)
async def begin_broadcast(context: procrastinate.JobContext, broadcast_id: int) -> None:
    """Its time has come: read the channels it speaks of, count anew whom it reaches, make its deliveries, wake its lanes."""
    means = means_of(context)
    failed = await _read_channels(means, broadcast_id, patient=context.job.attempts < _PATIENCE)
    await asyncio.to_thread(_begin, means, broadcast_id, failed)


def _begin(means: Means, broadcast_id: int, failed: str = "") -> None:
    with means.database.session() as session:
        now = means.database.clock()
        broadcast = broadcasts.get(session, broadcast_id)
        if not broadcast.is_due(now):
            return
        obstacle = approvals.speechless(broadcast) or (
            f"{failed} Invite the bot there, or choose other recipients." if failed else ""
        )
        if not obstacle and _made(session, broadcast, means, now):
            _wake_lanes(session, broadcast)
            _finish(session, {broadcast_id}, now)
            return
        if obstacle or not broadcast.size:
            broadcast.back_to_draft(obstacle or "Nobody fits its recipients any more. Choose others.")
        tell(session, broadcast)
        asking.held(session, broadcast, means.settings)


def _made(session: Session, broadcast: Broadcast, means: Means, now: datetime) -> bool:
    """Make its deliveries, unless they turn out to be more than were approved (or none): then there are none, and it is held."""
    number = expansion.expand(session, broadcast, means.settings, list(means.senders), now)
    started = broadcast.start(number, means.settings, now) if number else False
    if number and not started:
        session.execute(sa.delete(Delivery).where(col(Delivery.broadcast_id) == broadcast.key))
    broadcast.size = number
    _log.info("broadcast begun" if started else "broadcast not begun", broadcast=broadcast.key, recipients=number)
    return started


@jobs.task(name=Task.WORK_LANE.value, pass_context=True, retry=_TRIES)
async def work_lane(context: procrastinate.JobContext, platform: str, tenant: str) -> None:
    """Work off a lane for a slice of time; then have the next slice come when something is due."""
    means = means_of(context)
    if Platform(platform) not in means.senders:
        _log.warning("no sender for a lane", platform=platform, tenant=tenant)
        return
    lane = Lane(means, Platform(platform), tenant)
    await work_off(lane)
    kinds = ("send", "change")
    opens = [lane.now + timedelta(seconds=means.pace.of(lane.platform, tenant, kind).closed_for) for kind in kinds]
    await asyncio.to_thread(_after, lane, *opens)


def _after(lane: Lane, sends_from: datetime, changes_from: datetime) -> None:
    """Tell how it stands, and have the next slice come when something is due, but not before the platform takes more."""
    with lane.means.database.session() as session:
        if lane.refused:
            _halt(session, lane)
        _finish(session, lane.touched, lane.now)
        for platform, tenant in lane.elsewhere:
            look_after(session, platform, tenant)
        if lane.over:
            return
        if changes.changed(session, lane.platform, lane.tenant, 0, 1, lane.cards):
            look_after(session, lane.platform, lane.tenant, changes_from)
        elif due := claims.next_due(session, lane.platform, lane.tenant):
            look_after(session, lane.platform, lane.tenant, max(due, sends_from))


def _finish(session: Session, touched: set[int], now: datetime) -> None:
    """A broadcast of which nothing is left to send is done; whoever watches is told how it stands."""
    for broadcast_id in sorted(touched):
        broadcast = broadcasts.get(session, broadcast_id)
        if not recipients.any_left(session, broadcast):
            broadcast.finish(now)
        tell(session, broadcast)


def look_whether_over(session: Session, touched: set[int]) -> None:
    """Some copies of broadcasts wait no more: one of which nothing is left to send is done, and whoever watches is told."""
    _finish(session, touched, context(session).now)


def _halt(session: Session, lane: Lane) -> None:
    """The platform refuses the bot itself: pause what goes over it, and tell the CX office and whoever sent it, by any way there is.

    A recall can't be paused: its card says why copies are still there.
    """
    table, reason = SQLModel.metadata.tables["deliveries"], f"{lane.platform.value.capitalize()} refuses the bot: {lane.refused}"
    mine = sa.select(table.c.broadcast_id).where(table.c.platform == lane.platform.value, table.c.tenant == lane.tenant)
    waiting, to_change = mine.where(table.c.state == DeliveryState.QUEUED.value), mine.where(table.c.to_change)
    recalled = col(Broadcast.update_id).in_(sa.select(col(Update.id)).where(col(Update.recalled_at).is_not(None)))
    wanted = sa.select(Broadcast).where(
        sa.or_(
            sa.and_(col(Broadcast.state) == BroadcastState.SENDING, col(Broadcast.id).in_(waiting)),
            sa.and_(recalled, col(Broadcast.reason) != reason, col(Broadcast.id).in_(to_change)),
        )
    )
    for broadcast in session.scalars(wanted.with_for_update(of=Broadcast)).all():
        broadcast.halt(reason)
        concerned = {one.key: one for one in (broadcast.update.author, *people.with_role(session, Role.CX_OFFICE))}
        for person in concerned.values():
            notify(session, person, Subject.BROADCAST, broadcast.key, lane.means.settings, lane.now)
    _log.error("platform refuses the bot", platform=lane.platform.value, tenant=lane.tenant, reason=lane.refused)


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


def relight(session: Session, now: datetime) -> None:
    """Wake the lanes that have something to do and no job: one that failed for good, as after a day without the database."""
    for platform, tenant in session.execute(_DARK, {"now": now, "in_doubt": IN_DOUBT}).all():
        _log.warning("lane woken", platform=platform, tenant=tenant)
        look_after(session, Platform(platform), tenant)
