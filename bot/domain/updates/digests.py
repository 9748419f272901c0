"""The weekly digest: for those who want it, and those who had more updates than a week's share. What is held back is told once."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.domain.outbox.deliveries import IN_DOUBT, Delivery, DeliveryState, UnderWay
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.readers import may_read
from bot.domain.updates.updates import Update

_STOPPED = (BroadcastState.PAUSED, BroadcastState.WAITING, BroadcastState.CANCELLED)

VERSION = """(SELECT coalesce(sum(u.worded + CASE WHEN u.recalled_at IS NULL THEN 0 ELSE 1 END), 0)
    FROM deliveries h JOIN updates u ON u.id = h.subject_id WHERE h.told_in_id = d.id)"""
"""What a digest `d` shows, as a number that grows with every change of its updates' words, and with their recall."""


_VERSION = sa.text("SELECT {VERSION} FROM deliveries d WHERE d.id = :id".replace("{VERSION}", VERSION))


def _held() -> list[sa.ColumnElement[bool]]:
    """What is held back and told in no digest yet, of updates that stand and go out: as long ago as it may be."""
    going = sa.select(col(Broadcast.id)).join(Update, col(Update.id) == col(Broadcast.update_id))
    going = going.where(col(Update.recalled_at).is_(None), col(Broadcast.state).not_in(_STOPPED))
    return [
        col(Delivery.state) == DeliveryState.DIGEST,
        col(Delivery.told_in_id).is_(None),
        col(Delivery.broadcast_id).in_(going),
    ]


def readers(session: Session, zone: str) -> list[Person]:
    """The people of one time zone for whom something is held, and no digest waits to be sent: who is away gets one when they're back."""
    coming = aliased(Delivery)
    waiting = sa.select(col(coming.id)).where(
        col(coming.person_id) == col(Person.id), col(coming.subject) == Subject.DIGEST, col(coming.state) == DeliveryState.QUEUED
    )
    held = sa.select(col(Delivery.person_id)).where(*_held())
    wanted = select(Person).where(Person.zone == zone, col(Person.active), col(Person.id).in_(held), ~waiting.exists())
    return list(session.exec(wanted.order_by(col(Person.id))))


def choose(session: Session, person: Person, *, on: bool) -> set[int]:
    """Have somebody get all updates in the digest, or not any more; the broadcasts of which a copy waits for it now instead of being sent.

    What may be on its way isn't held back any more, nor what is urgent; what is held already is told in the next digest all the same.
    """
    person.digest = on
    session.flush()
    if not on:
        return set()
    going = sa.select(sa.func.unnest(col(UnderWay.delivery_ids)))
    waits = (
        col(Delivery.person_id) == person.key,
        col(Delivery.subject) == Subject.UPDATE,
        col(Delivery.state) == DeliveryState.QUEUED,
        ~col(Delivery.reason).startswith(IN_DOUBT),
        col(Delivery.id).not_in(going),
        col(Delivery.broadcast_id).in_(sa.select(col(Broadcast.id)).where(~col(Broadcast.urgent))),
    )
    hold = sa.update(Delivery).where(*waits).values(state=DeliveryState.DIGEST).returning(col(Delivery.broadcast_id))
    return {key for (key,) in session.execute(hold).all()}


def _for(person: Person, moment: datetime) -> list[sa.ColumnElement[bool]]:
    """What is held for somebody until the end of the day of `moment`: what is for another morning isn't told before."""
    tomorrow = person.start_of(person.today(moment) + timedelta(days=1))
    due = sa.func.coalesce(col(Delivery.not_before), col(Delivery.queued_at)) < tomorrow
    return [col(Delivery.person_id) == person.key, due, *_held()]


def holds(session: Session, person: Person, moment: datetime) -> bool:
    """Whether there is something to tell somebody in a digest that is sent at the UTC instant `moment`."""
    return session.exec(select(Delivery.id).where(*_for(person, moment)).limit(1)).first() is not None


def fill(session: Session, digest: Delivery, now: datetime) -> bool:
    """Put into a digest, just before it is sent, everything its reader wasn't told yet. Whether there is anything they may read."""
    session.flush()
    table = Delivery.__table__  # type: ignore[attr-defined]  # a table's model has it
    session.execute(sa.update(table).where(*_for(digest.person, now)).values(told_in_id=digest.key))
    return any(one.recalled_at is None and may_read(session, one, digest.person) for one in told(session, digest))


def told(session: Session, digest: Delivery) -> list[Update]:
    """The updates a digest tells, recalled ones too; the newest first."""
    rows = select(Update).join(Delivery, col(Delivery.subject_id) == col(Update.id)).where(Delivery.told_in_id == digest.key)
    return list(session.exec(rows.order_by(col(Delivery.id).desc())))


def since(session: Session, digest: Delivery) -> datetime | None:
    """When the oldest of what it tells went out to the others."""
    moment = sa.func.min(col(Delivery.queued_at))
    return session.execute(sa.select(moment).where(col(Delivery.told_in_id) == digest.key)).scalar()


def version(session: Session, digest: Delivery) -> int:
    """The number of what it tells as things stand; changes of it wait until this transaction is over."""
    mine = sa.select(col(Delivery.subject_id)).where(col(Delivery.told_in_id) == digest.key)
    session.execute(sa.select(col(Update.id)).where(col(Update.id).in_(mine)).with_for_update(read=True))
    return int(session.execute(_VERSION, {"id": digest.key}).scalar_one())


def arrived(session: Session, digest: Delivery, now: datetime) -> None:
    """It reached its reader: so did what it tells. What changed on the way is to be changed in it."""
    latest = version(session, digest)
    _mark(session, digest, sent_at=now, reason="")
    digest.to_change = latest != digest.shown


def uncertain(session: Session, digest: Delivery, reason: str) -> None:
    """Nobody knows whether it arrived: it isn't sent again, and nor is what it tells."""
    _mark(session, digest, state=DeliveryState.UNCONFIRMED, reason=reason)


def failed(session: Session, digest: Delivery, reason: str) -> None:
    """It didn't arrive: the next one tells what it would have told."""
    _mark(session, digest, told_in_id=None, reason=reason)


def _mark(session: Session, digest: Delivery, **values: object) -> None:
    held = (col(Delivery.told_in_id) == digest.key, col(Delivery.state) == DeliveryState.DIGEST)
    session.execute(sa.update(Delivery).where(*held).values(**values).execution_options(synchronize_session=False))


_MARK_CHANGED = sa.text(
    """
    UPDATE deliveries d SET to_change = true, change_reason = ''
    WHERE d.subject = 'digest' AND d.state = 'sent' AND d.shown <> {VERSION}
      AND d.id IN (SELECT told_in_id FROM deliveries WHERE subject = 'update' AND subject_id = :update AND told_in_id IS NOT NULL)
    RETURNING d.platform, d.tenant""".replace("{VERSION}", VERSION)
)


def mark_changed(session: Session, update_id: int) -> set[tuple[str, str]]:
    """Have the digests that tell an update changed to what it says now, or without it. The lanes they are on, as platform and tenant."""
    session.flush()
    return {(platform, tenant) for platform, tenant in session.execute(_MARK_CHANGED, {"update": update_id}).all()}
