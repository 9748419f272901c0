"""Recipients: how far the deliveries of a broadcast have come, and what can be done with those that are left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, func, select

from bot.database import UtcDateTime
from bot.domain.errors import Refusal
from bot.domain.outbox.deliveries import IN_DOUBT, Delivery, DeliveryState, UnderWay, arrived
from bot.domain.outbox.moments import require_urgent
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.records import traces
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.receipts import Receipt

_BEFORE = aliased(Delivery)


@dataclass(frozen=True)
class Lane:
    """Where messages go one after another: one tenant of one platform. `at` is when the next may go."""

    platform: Platform
    tenant: str
    at: datetime


def lanes(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Lane]:
    """The lanes of the queued deliveries that fit, with each moment somebody may be reached on them."""
    wanted = (
        sa.select(col(Delivery.platform), col(Delivery.tenant), func.coalesce(col(Delivery.not_before), col(Delivery.queued_at)))
        .where(col(Delivery.platform).is_not(None), *conditions)
        .distinct()
    )
    return [Lane(Platform(platform), tenant, at) for platform, tenant, at in session.execute(wanted)]


def any_left(session: Session, broadcast: Broadcast) -> bool:
    """Whether any is still to be sent: what `Progress.left` counts, without counting."""
    waiting = select(Delivery.id).where(
        Delivery.broadcast_id == broadcast.key, col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING])
    )
    return session.exec(waiting.limit(1)).first() is not None


def silent(session: Session, broadcast: Broadcast) -> list[Person]:
    """Those who have it, singly, and haven't answered, by name: whom a reminder is for. Whoever has left is not among them."""
    return list(session.exec(select(Person).where(silence(broadcast, singly=True)).order_by(Person.name)))


def silence(broadcast: Broadcast, *, singly: bool = False) -> sa.ColumnElement[bool]:
    """Those who have it and haven't answered, as a condition on `Person`: they may be ten thousand.

    `singly`: without those who have it in a digest.
    """
    answered = select(Receipt.person_id).where(Receipt.update_id == broadcast.update_id)
    quiet = (
        select(Person.id)
        .join(Delivery, col(Delivery.person_id) == col(Person.id))
        .where(
            Delivery.broadcast_id == broadcast.key,
            Delivery.state == DeliveryState.SENT if singly else arrived(),
            Delivery.subject == Subject.UPDATE,
            col(Person.active),
            col(Person.id).not_in(answered),
        )
    )
    return col(Person.id).in_(quiet)


def mark_changed(session: Session, update_id: int) -> int:
    """Have every copy that arrived changed to what the update is now (or taken back). How many that is.

    The update's row must be changed before, in this transaction: whoever records a message sent meanwhile waits for it, and marks it.
    """
    session.flush()
    done = session.execute(
        sa.update(Delivery)
        .where(
            col(Delivery.subject).in_([Subject.UPDATE, Subject.REMINDER]),
            col(Delivery.subject_id) == update_id,
            col(Delivery.state) == DeliveryState.SENT,
        )
        .values(to_change=True, change_reason="")
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def untried(subject: str, now: datetime) -> dict[str, sa.ColumnElement[Any]]:
    """The columns of deliveries that nobody has tried yet, for an INSERT of many; whose and when is still to be added."""
    return {
        "subject": sa.literal(subject),
        "state": sa.literal(DeliveryState.QUEUED.value),
        "queued_at": sa.literal(now, UtcDateTime),
        **{name: sa.literal("") for name in ("reason", "conversation", "message_id", "change_reason", "exempt")},
        **{name: sa.literal(0) for name in ("part", "attempts", "shown")},
        "trace": sa.literal(traces.current()),
        "tried": sa.literal([], ARRAY(sa.Text)),
        "to_change": sa.false(),
    }


def queue_reminders(session: Session, broadcast: Broadcast, person_ids: list[int], now: datetime) -> None:
    """Queue a broadcast's update once more for some of those who have it, on the platform where they have it.

    Their lane puts off those who aren't at work.
    """
    earlier = (
        sa.select(func.count())
        .where(
            col(_BEFORE.subject) == Subject.REMINDER,
            col(_BEFORE.subject_id) == broadcast.update_id,
            col(_BEFORE.person_id) == col(Delivery.person_id),
        )
        .scalar_subquery()
    )
    same = ("person_id", "subject_id", "broadcast_id", "platform", "tenant", "user_id")
    new = untried(Subject.REMINDER, now) | {"part": earlier, "not_before": sa.literal(now, UtcDateTime)}
    wanted = sa.select(*(getattr(Delivery, name) for name in same), *new.values()).where(
        col(Delivery.broadcast_id) == broadcast.key,
        col(Delivery.subject) == Subject.UPDATE,
        col(Delivery.person_id).in_(person_ids),
    )
    session.execute(sa.insert(SQLModel.metadata.tables["deliveries"]).from_select([*same, *new], wanted))


def call_off(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """Nobody more gets it: what waits is cancelled. How many that is.

    One in doubt may be there: its lane looks it up at once, and takes it back or leaves it, as the others.
    The broadcast (or its update) must be changed before, in this transaction: nothing more gets under way then.
    """
    session.flush()
    untold = sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.told_in_id).is_(None))
    waiting = sa.or_(col(Delivery.state) == DeliveryState.QUEUED, untold)
    gone = sa.select(func.unnest(col(UnderWay.delivery_ids)))
    doubt = sa.and_(col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.reason).startswith(IN_DOUBT))
    mine = (col(Delivery.broadcast_id) == broadcast.key, col(Delivery.id).not_in(gone))
    session.execute(sa.update(Delivery).where(*mine, doubt).values(not_before=func.least(col(Delivery.not_before), now)))
    done = session.execute(sa.update(Delivery).where(*mine, waiting, sa.not_(doubt)).values(state=DeliveryState.CANCELLED))
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def try_again(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """Queue those not reached once more. How many that is. One in doubt stays so: it may be there."""
    done = session.execute(
        sa.update(Delivery)
        .where(col(Delivery.broadcast_id) == broadcast.key, col(Delivery.state) == DeliveryState.FAILED)
        .values(state=DeliveryState.QUEUED, attempts=0, tried=[], reason="", not_before=now)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def hurry(session: Session, broadcast: Broadcast, actor: Person, now: datetime) -> None:
    """It is urgent: nobody of those it is still to reach waits for their work to begin, or for the digest."""
    require_urgent(actor)
    broadcast.update.require_change(actor)
    if not (broadcast.is_running or broadcast.state == BroadcastState.WAITING):
        msg = f"Nobody waits for this update: it is {broadcast.state.value}"
        raise Refusal(msg, "Its card shows how it stands.")
    broadcast.urgent = True
    broadcast.version += 1
    mine = (col(Delivery.broadcast_id) == broadcast.key, col(Delivery.subject) == Subject.UPDATE)
    waits = sa.and_(col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.not_before) > now)
    held = sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.told_in_id).is_(None))
    session.execute(sa.update(Delivery).where(*mine, sa.or_(waits, held)).values(state=DeliveryState.QUEUED, not_before=now))
