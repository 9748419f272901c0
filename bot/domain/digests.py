"""The weekly digest: for those who want it, and those who had more updates than a week's share."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from bot.domain import recipients
from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.people import Person
from bot.domain.updates import Update

_WEEK = timedelta(days=7)


def updates_for(session: Session, person: Person, now: datetime) -> list[Update]:
    """The updates of the last seven days in somebody's digest, newest first: those held back, or all of theirs for who wants it."""
    held = select(Delivery.subject_id).where(
        Delivery.person_id == person.key, Delivery.state == DeliveryState.DIGEST, col(Delivery.queued_at) > now - _WEEK
    )
    kept = set(session.exec(held))
    found: dict[int, Update] = {}
    for broadcast in recipients.readable(session, person):
        recent = broadcast.started_at is not None and broadcast.started_at > now - _WEEK
        if recent and (person.digest or broadcast.update_id in kept):
            found.setdefault(broadcast.update_id, broadcast.update)
    return list(found.values())


def readers(session: Session, zone: str, now: datetime) -> list[Person]:
    """The people of one time zone whose digest may have something in it."""
    held = select(Delivery.person_id).where(Delivery.state == DeliveryState.DIGEST, col(Delivery.queued_at) > now - _WEEK)
    wanted = select(Person).where(Person.zone == zone, col(Person.active), or_(col(Person.digest), col(Person.id).in_(held)))
    return list(session.exec(wanted.order_by(col(Person.id))))
