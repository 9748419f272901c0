"""Recalls: whose copies of an update were taken back, and whose couldn't be, by name."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.updates import Update

NAMED = 5
"""How many are named on a card; the export names all."""


@dataclass(frozen=True)
class Recall:
    """How far an edit or recall has come among those who have (or may have) a copy, each person counted once.

    `done` are those all of whose copies show it, `pending` those still to be reached; `kept` are the first few who keep the old words,
    with the platform's reason ("" where it isn't known whether they have a copy at all), `kept_count` how many there are.
    """

    reached: int
    done: int
    pending: int
    kept_count: int
    kept: tuple[tuple[str, str], ...] = ()


_COPIES = [Subject.UPDATE, Subject.REMINDER]


def _there() -> sa.ColumnElement[bool]:
    """Whether somebody has it, or may: by itself, or in a digest that arrived."""
    told = sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.sent_at).is_not(None))
    return sa.or_(col(Delivery.state).in_((DeliveryState.SENT, DeliveryState.UNCONFIRMED, DeliveryState.RECALLED)), told)


def of(session: Session, broadcast: Broadcast) -> Recall:
    """How the taking back of a broadcast's copies stands."""
    mine = (col(Delivery.broadcast_id) == broadcast.key, col(Delivery.subject).in_(_COPIES), _there())
    kept = sa.or_(col(Delivery.state) == DeliveryState.UNCONFIRMED, col(Delivery.change_reason) != "")
    each = (
        sa.select(
            col(Delivery.person_id),
            func.bool_or(kept).label("kept"),
            func.bool_or(sa.or_(col(Delivery.to_change), col(Delivery.state) == DeliveryState.DIGEST)).label("pending"),
            func.bool_and(col(Delivery.state) == DeliveryState.RECALLED).label("back"),
            func.max(col(Delivery.change_reason)).label("reason"),
        )
        .where(*mine)
        .group_by(col(Delivery.person_id))
        .subquery()
    )
    pending = sa.and_(each.c.pending, sa.not_(each.c.kept))
    numbers = sa.select(
        func.count(), func.count().filter(each.c.back), func.count().filter(pending), func.count().filter(each.c.kept)
    ).select_from(each)
    names = (
        sa.select(col(Person.name), each.c.reason)
        .join(each, each.c.person_id == col(Person.id))
        .where(each.c.kept)
        .order_by(col(Person.name), col(Person.id))
        .limit(NAMED)
    )
    reached, done, waiting, count = session.execute(numbers).one()
    return Recall(reached, done, waiting, count, tuple((name, reason) for name, reason in session.execute(names)))


def had_by(session: Session, person: Person) -> Sequence[Update]:
    """The updates somebody had, or may have had, that were recalled since; the latest first."""
    had = select(Delivery.subject_id).where(Delivery.person_id == person.key, Delivery.subject == Subject.UPDATE, _there())
    wanted = select(Update).where(col(Update.recalled_at).is_not(None), col(Update.id).in_(had))
    return session.exec(wanted.order_by(col(Update.recalled_at).desc())).all()
