"""The outbox of a person: what the bot sends them by itself is queued here, for the next moment they may be written to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.database import context
from bot.delivery.queue import send_later
from bot.domain.outbox import bundles, deliveries, delivery_events, moments
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.promises import agendas
from bot.settings import Settings


class _Waiting(list[Delivery]):
    """What was queued in a transaction by what somebody did, and waits for others' work."""


def notify(
    session: Session, person: Person, subject: Subject, subject_id: int, settings: Settings, now: datetime, *, exempt: str = ""
) -> Delivery:
    """Queue a subject for somebody: for the next moment they may be written to, or for now where `exempt` says why (`moments.EXCEPTIONS`).

    What somebody does is answered at once. When what they do makes others wait, they are told so with the answer (`waiting_here`).
    """
    actor = context(session).actor_id
    delivery = deliveries.queue(session, person, subject, subject_id, now)
    delivery.exempt = exempt or (moments.ASKED if actor == person.key else "")
    delivery.requested_by_id = actor
    wait_for_work(session, delivery, settings, now)
    if actor is not None and delivery.not_before is not None and delivery.not_before > now:
        context(session).notes(_Waiting).append(delivery)
    return delivery


def wait_for_work(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> None:
    """Have a queued delivery sent when its person may be written to; where no such moment is in sight, looked at again in a week."""
    earliest = now if delivery.exempt else bundles.enough_until(session, delivery.person, delivery.subject, now)
    moment = now if delivery.exempt else _moment(session, delivery, settings, earliest)
    delivery.not_before = moment or now + moments.LOOK_AGAIN
    if delivery.not_before > now:
        delivery_events.waits(session, delivery.key, _why(moment, enough=earliest > now), delivery.not_before, now)
    send_later(session, delivery, delivery.not_before - now)


def _why(moment: datetime | None, *, enough: bool) -> str:
    """Why one waits, as its story tells it."""
    if moment is None:
        return delivery_events.NO_DAY
    return delivery_events.LIMIT if enough else delivery_events.HOURS


def moment_for(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> datetime | None:
    """When a delivery may be sent by itself: at work, and once it isn't too much for its reader. With another it may go before."""
    return _moment(session, delivery, settings, bundles.enough_until(session, delivery.person, delivery.subject, now))


def _moment(session: Session, delivery: Delivery, settings: Settings, earliest: datetime) -> datetime | None:
    """The first such moment from an instant on; None where none is in sight."""
    moment = moments.next_moment(delivery.person, settings, earliest)
    if moment is None or not moments.is_first_day_back(delivery.person, settings, moment):
        return moment
    alone = not bundles.others_wait(session, delivery) and not agendas.items(session, delivery.person, settings, moment)
    return moment if alone else moments.next_moment_together(delivery.person, settings, earliest)


def waiting_here(session: Session) -> list[Delivery]:
    """What was queued in this transaction by what somebody did, and waits for others' work."""
    return list(context(session).notes(_Waiting))
