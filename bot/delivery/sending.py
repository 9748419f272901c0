"""Send one copy, and record truthfully what became of it.

The row says SENDING, committed, before the platform is called: whoever finds it so later (this worker was killed in between) asks the
platform whether the message arrived, and where it can't say, doesn't send twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.cards import Card
from bot.database import context
from bot.delivery import digesting, telling
from bot.delivery.context import WorkerContext
from bot.delivery.notifying import moment_for, wait_for_work
from bot.delivery.outcomes import Attempt, Ending, Result, attempt_in_turn, refused_fails
from bot.delivery.prompting import wake
from bot.delivery.queue import send_later
from bot.delivery.senders import Destination, PlatformSender, Sent
from bot.delivery.shown.bundling import together
from bot.delivery.shown.copies import needless
from bot.domain.engagements import prompts
from bot.domain.outbox import bundles, deliveries, moments
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.promises import agendas
from bot.settings import Settings


@dataclass(frozen=True)
class _Copy:
    delivery_id: int
    tries: int
    was: DeliveryState
    card: Card
    routes: tuple[Destination, ...]


def routes(person: Person, senders: Mapping[Platform, PlatformSender]) -> tuple[Destination, ...]:
    """Where a person can be tried: where they'd rather be written to, then the account used last; then platforms that know people by email."""
    reachable = (one for one in person.accounts if one.platform in senders)
    known = sorted(reachable, key=lambda one: (one.platform == person.prefers, one.seen_at), reverse=True)
    found = [
        Destination(one.platform, one.user_id, person.email, one.tenant, one.conversation, unchecked=one.vouched_at is None)
        for one in known
    ]
    missing = [platform for platform in senders if platform not in {one.platform for one in known}]
    return (*found, *(Destination(platform, "", person.email) for platform in missing))


async def send_copy(worker_context: WorkerContext, delivery_id: int) -> None:
    """Send it to the first route that takes it, and record what became of it; where it is to be tried again, a job says when."""
    copy = await asyncio.to_thread(_take, worker_context, delivery_id)
    if copy is None:
        return
    result, to = await _tried(worker_context, copy)
    await asyncio.to_thread(_record, worker_context, copy, result, to)


async def _tried(worker_context: WorkerContext, copy: _Copy) -> tuple[Result, Destination | None]:
    """What the first route that doesn't fail makes of it; when all do, why: that the bot is refused, else the first one's reason."""
    failed, where = Result(Ending.FAILED, "no_account", counts=False), None
    for position, to in enumerate(copy.routes):
        result = await _attempt(worker_context, copy, to)
        if result.ending is Ending.REFUSED:
            failed, where = refused_fails(result), to
        elif result.ending is Ending.FAILED:
            failed, where = (failed, where) if position else (result, to)
        else:
            return result, to
    return failed, where


async def _attempt(worker_context: WorkerContext, copy: _Copy, to: Destination) -> Result:
    sender, key = worker_context.senders[to.platform], str(copy.delivery_id)
    one = Attempt(key, copy.delivery_id, to, copy.tries, copy.was == DeliveryState.SENDING)
    return await attempt_in_turn(worker_context, sender, one, lambda: sender.send(to, copy.card, key))


def _take(worker_context: WorkerContext, delivery_id: int) -> _Copy | None:
    """The copy, marked SENDING; None where there is nothing to send (now). One that an interrupted try may have sent goes on in any case."""
    with worker_context.database.session() as session:
        delivery = deliveries.get(session, delivery_id)
        if delivery is None or delivery.carried_by_id or delivery.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}:
            return None
        was, now = delivery.state, worker_context.database.clock()
        if was == DeliveryState.QUEUED and not _may_go(session, delivery, worker_context.settings, now):
            return None
        delivery.state = DeliveryState.SENDING
        if not digesting.taken(session, delivery, was):
            telling.put_away(session, delivery, "nothing to tell")
            return None
        parts = (
            _carry(session, delivery, worker_context.settings, now)
            if was == DeliveryState.QUEUED
            else bundles.parts(session, delivery)
        )
        card = together(session, parts, worker_context.settings, now)
        return _Copy(delivery_id, delivery.attempts + 1, was, card, _routes_of(delivery, worker_context))


def _routes_of(delivery: Delivery, worker_context: WorkerContext) -> tuple[Destination, ...]:
    """Where a copy can be tried, first where an earlier try was lost; what tells of a new account goes to the one account it is for."""
    found, kept = routes(delivery.person, worker_context.senders), (delivery.platform, delivery.tenant, delivery.user_id)
    there = tuple(one for one in found if (one.platform, one.tenant, one.user_id) == kept)
    return there if delivery.subject == Subject.ACCOUNT_LINKED else (*there, *(one for one in found if one not in there))


def _may_go(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> bool:
    """Whether it may be sent now. Much may have happened since it was queued: what nobody needs any more is put away, what has to wait waits."""
    if reason := needless(session, delivery, settings, now):
        _put_away(session, delivery, reason)
        return False
    if not delivery.exempt and moment_for(session, delivery, settings, now) != now:
        wait_for_work(session, delivery, settings, now)
        return False
    return _ready(session, delivery, settings, now)


def _put_away(session: Session, delivery: Delivery, reason: str) -> None:
    delivery.state, delivery.reason = DeliveryState.CANCELLED, reason
    telling.put_away(session, delivery, reason)


def _ready(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> bool:
    """Whether there is something to tell; a list is filled with what is new."""
    if delivery.subject == Subject.AGENDA and not agendas.take(session, delivery, settings, now):
        _put_away(session, delivery, "nothing new")
        return False
    return True


def _carry(session: Session, lead: Delivery, settings: Settings, now: datetime) -> list[Delivery]:
    """Put into the same message what else waits for its reader, who is at work; also a prompt whose own timer is about to go off.

    Gives all that is in it then, in order.
    """
    asked = prompts.open_prompt(session, lead.person) if not lead.exempt and lead.subject != Subject.PROMPT else None
    if asked is not None:
        prompts.get(session, asked.key)  # its own timer may be at it
        if asked.is_open and asked.wakes_at is not None and asked.wakes_at <= now:
            wake(session, asked, settings, now)
    back, parts = moments.is_first_day_back(lead.person, settings, now), [lead]
    for one in bundles.waiting_with(session, lead, back=back):
        if reason := needless(session, one, settings, now):
            _put_away(session, one, reason)
        elif _ready(session, one, settings, now):
            one.state = DeliveryState.SENDING
            if digesting.taken(session, one, DeliveryState.QUEUED):
                one.carried_by_id = lead.key
                parts.append(one)
            else:
                telling.put_away(session, one, "nothing to tell")
    session.flush()
    return sorted(parts, key=bundles.place)


def _record(worker_context: WorkerContext, copy: _Copy, result: Result, to: Destination | None) -> None:
    """Write what became of it, and tell it."""
    with worker_context.database.session() as session:
        parts = bundles.led_by(session, copy.delivery_id)
        delivery = next(one for one in parts if one.key == copy.delivery_id)
        delivery.attempts += result.counts
        if result.after is not None:
            _again(session, delivery, parts, result, to)
        elif result.ending is Ending.SENT and result.sent is not None and to is not None:
            _arrived(session, parts, to, result.sent)
        elif result.ending is Ending.UNCONFIRMED:
            _unconfirmed(session, parts, result, to)
        else:
            _failed(session, parts, result)
        telling.of_copy(session, delivery, result, to.platform if to else None)


def _again(session: Session, delivery: Delivery, parts: Sequence[Delivery], result: Result, to: Destination | None) -> None:
    """One that may have arrived is SENDING, so that the next try looks first, and there."""
    after = timedelta(seconds=result.after or 0)
    if not result.in_doubt:
        _put_down(session, parts, after)
    elif to is not None:
        delivery.platform, delivery.tenant, delivery.user_id = to.platform, to.tenant, to.user_id
    delivery.state = DeliveryState.SENDING if result.in_doubt else DeliveryState.QUEUED
    delivery.reason = result.reason
    digesting.requeue(session, delivery)
    send_later(session, delivery, after)


def _put_down(session: Session, parts: Sequence[Delivery], after: timedelta) -> None:
    """What it carried waits for itself again: by the next try it may not be needed any more, or may have to go without this one."""
    for one in parts:
        if one.carried_by_id is not None:
            one.state, one.carried_by_id = DeliveryState.QUEUED, None
            digesting.requeue(session, one)
            send_later(session, one, after)


def _unconfirmed(session: Session, parts: Sequence[Delivery], result: Result, to: Destination | None) -> None:
    for delivery in parts:
        delivery.state, delivery.reason, delivery.platform = DeliveryState.UNCONFIRMED, result.reason, to.platform if to else None
        digesting.uncertain(session, delivery)


def _arrived(session: Session, parts: Sequence[Delivery], to: Destination, sent: Sent) -> None:
    now = context(session).now
    for delivery in parts:
        delivery.state, delivery.sent_at, delivery.reason = DeliveryState.SENT, now, ""
        delivery.platform, delivery.tenant, delivery.user_id = to.platform, sent.tenant or to.tenant, sent.user_id
        delivery.conversation, delivery.message_id = sent.conversation, sent.message_id
        _keep_account(delivery.person, to, sent, now)
        digesting.arrived(session, delivery)


def _keep_account(person: Person, to: Destination, sent: Sent, now: datetime) -> None:
    """What the platform told on the way (a conversation opened, an account vouched for) saves asking next time."""
    for account in person.accounts:
        if account.platform == to.platform and account.user_id == sent.user_id:
            account.conversation = sent.conversation
            account.vouched_at = account.vouched_at or now


def _failed(session: Session, parts: Sequence[Delivery], result: Result) -> None:
    for delivery in parts:
        delivery.state, delivery.reason = DeliveryState.FAILED, result.reason
        digesting.failed(session, delivery)
        if delivery.subject == Subject.PROMPT:
            prompt = prompts.get(session, delivery.subject_id)
            if prompt.is_open:
                prompt.skip(f"could not be reached ({result.reason.partition(':')[0]})", context(session).now)
