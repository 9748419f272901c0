"""Send one copy, and record truthfully what became of it.

The row says SENDING, committed, before the platform is called: whoever finds it so later (this worker was killed in between) asks the
platform whether the message arrived, and where it can't say, doesn't send twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.cards import Card
from bot.delivery import digesting
from bot.delivery.context import Means
from bot.delivery.doubt import look_up
from bot.delivery.notifying import moment_for, wait_for_work
from bot.delivery.prompting import wake
from bot.delivery.queue import send_later
from bot.delivery.senders import Destination, PlatformSender, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.delivery.shown.bundling import message
from bot.delivery.shown.copies import needless
from bot.domain.engagements import prompts
from bot.domain.outbox import bundles, moments
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.promises import agendas
from bot.settings import Settings

_log = structlog.get_logger(__name__)

_RETRY = timedelta(seconds=30)


@dataclass(frozen=True)
class _Copy:
    delivery_id: int
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


async def send_copy(means: Means, delivery_id: int) -> None:
    """Send it to the first route that takes it; on a throttle, later."""
    copy = await asyncio.to_thread(_take, means, delivery_id)
    if copy is None:
        return
    failure = Unreachable("no_account")
    for position, to in enumerate(copy.routes):
        sender = means.senders[to.platform]
        try:
            sent = await _send(means, sender, to, copy)
        except Unreachable as error:
            failure = failure if position else error
            continue
        except RetryLater as error:
            await asyncio.to_thread(_again, means, copy, error)
            return
        except Uncertain as error:
            await asyncio.to_thread(_record, means, delivery_id, DeliveryState.UNCONFIRMED, str(error), to)
            return
        except Refused as error:
            failure = Unreachable("platform_refused", str(error))
            continue
        await asyncio.to_thread(_arrived, means, delivery_id, to, sent)
        return
    await asyncio.to_thread(_failed, means, delivery_id, failure)


async def _send(means: Means, sender: PlatformSender, to: Destination, copy: _Copy) -> Sent:
    """Send; or, when an earlier try may have arrived, first look whether it has."""
    key = str(copy.delivery_id)
    await means.pace.wait(to.platform, to.tenant)
    if copy.was == DeliveryState.SENDING:
        found = await look_up(means, sender, to, key)
        if found is not None:
            return found
    return await sender.send(to, copy.card, key)


def _take(means: Means, delivery_id: int) -> _Copy | None:
    """The copy, marked SENDING; None where there is nothing to send (now). One that an interrupted try may have sent goes on in any case."""
    with means.database.session() as session:
        delivery = session.get(Delivery, delivery_id, with_for_update=True)
        if delivery is None or delivery.carried_by_id or delivery.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}:
            return None
        was, now = delivery.state, means.database.clock()
        if was == DeliveryState.QUEUED and not _may_go(session, delivery, means.settings, now):
            return None
        delivery.state = DeliveryState.SENDING
        if not digesting.taken(session, delivery, was):
            return None
        if was == DeliveryState.QUEUED:
            _carry(session, delivery, means.settings, now)
        card = message(session, delivery, means.settings, now)
        return _Copy(delivery_id, was, card, _routes_of(delivery, means))


def _routes_of(delivery: Delivery, means: Means) -> tuple[Destination, ...]:
    """Where a copy can be tried; what tells of a new account goes to the one account it is for."""
    found = routes(delivery.person, means.senders)
    if delivery.subject != Subject.ACCOUNT_LINKED:
        return found
    return tuple(
        one for one in found if (one.platform, one.tenant, one.user_id) == (delivery.platform, delivery.tenant, delivery.user_id)
    )


def _may_go(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> bool:
    """Whether it may be sent now. Much may have happened since it was queued: what nobody needs any more is put away, what has to wait waits."""
    if reason := needless(session, delivery, settings, now):
        delivery.state, delivery.reason = DeliveryState.CANCELLED, reason
        return False
    if not delivery.exempt and moment_for(session, delivery, settings, now) != now:
        wait_for_work(session, delivery, settings, now)
        return False
    return _ready(session, delivery, settings, now)


def _ready(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> bool:
    """Whether there is something to tell; a list is filled with what is new."""
    if delivery.subject == Subject.AGENDA and not agendas.take(session, delivery, settings, now):
        delivery.state, delivery.reason = DeliveryState.CANCELLED, "nothing new"
        return False
    return True


def _carry(session: Session, lead: Delivery, settings: Settings, now: datetime) -> None:
    """Put into the same message what else waits for its reader, who is at work; also a prompt whose own timer is about to go off."""
    asked = prompts.open_prompt(session, lead.person) if not lead.exempt and lead.subject != Subject.PROMPT else None
    if asked is not None:
        session.refresh(asked, with_for_update=True)  # its own timer may be at it
        if asked.is_open and asked.wakes_at is not None and asked.wakes_at <= now:
            wake(session, asked, settings, now)
    back = moments.is_first_day_back(lead.person, settings, now)
    for one in bundles.waiting_with(session, lead, back=back):
        if reason := needless(session, one, settings, now):
            one.state, one.reason = DeliveryState.CANCELLED, reason
        elif _ready(session, one, settings, now):
            one.state = DeliveryState.SENDING
            one.carried_by_id = lead.key if digesting.taken(session, one, DeliveryState.QUEUED) else None
    session.flush()


def _again(means: Means, copy: _Copy, error: RetryLater) -> None:
    """One that an interrupted try may have sent stays SENDING, so that the next looks first as well."""
    with means.database.session() as session:
        delivery = session.get_one(Delivery, copy.delivery_id)
        if copy.was == DeliveryState.QUEUED:
            _put_down(session, delivery)
        delivery.state = copy.was
        delivery.reason = error.detail
        digesting.put_back(session, delivery)
        send_later(session, delivery, timedelta(seconds=error.after) if error.after is not None else _RETRY)
    _log.info("send postponed", delivery=copy.delivery_id, after=error.after)


def _put_down(session: Session, lead: Delivery) -> None:
    """What it carried waits for itself again: by the next try it may not be needed any more, or may have to go without this one."""
    for one in bundles.parts(session, lead):
        if one.carried_by_id is not None:
            one.state, one.carried_by_id = DeliveryState.QUEUED, None
            digesting.put_back(session, one)
            send_later(session, one, _RETRY)


def _record(means: Means, delivery_id: int, state: DeliveryState, reason: str, to: Destination) -> None:
    with means.database.session() as session:
        for delivery in bundles.parts(session, session.get_one(Delivery, delivery_id)):
            delivery.state, delivery.reason, delivery.platform = state, reason, to.platform
            digesting.uncertain(session, delivery)
    _log.warning("delivery uncertain", delivery=delivery_id, reason=reason)


def _arrived(means: Means, delivery_id: int, to: Destination, sent: Sent) -> None:
    with means.database.session() as session:
        now = means.database.clock()
        for delivery in bundles.parts(session, session.get_one(Delivery, delivery_id)):
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


def _failed(means: Means, delivery_id: int, error: Unreachable) -> None:
    with means.database.session() as session:
        for delivery in bundles.parts(session, session.get_one(Delivery, delivery_id)):
            delivery.state, delivery.reason = DeliveryState.FAILED, str(error)
            digesting.failed(session, delivery)
            if delivery.subject == Subject.PROMPT:
                prompt = prompts.get(session, delivery.subject_id)
                if prompt.is_open:
                    prompt.skip(f"could not be reached ({error.reason})", means.database.clock())
    _log.warning("delivery failed", delivery=delivery_id, reason=str(error))
