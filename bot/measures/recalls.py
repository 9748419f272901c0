"""Recalls: of those an update reached, from whom it was taken back, and who keeps a copy, by name."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.outbox.deliveries import Delivery, DeliveryState, arrived
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.recalls import may_be_there
from bot.measures.scope import Share

NAMED = 5
"""How many are named on a card; the export names all."""


@dataclass(frozen=True)
class Recall:
    """How far an edit or recall has come, each person counted once.

    `back` are those all of whose copies were taken back, of those it had reached; `pending` are still to be come to; `in_doubt` may have a
    copy, the platform didn't say, and aren't among those reached. `kept` are the first few who keep the old words or may, with the
    platform's reason ("" where it isn't known whether they have a copy at all), `kept_count` how many there are.
    """

    back: Share
    pending: int
    in_doubt: int
    kept_count: int
    kept: tuple[tuple[str, str], ...] = ()


_COPIES = [Subject.UPDATE, Subject.REMINDER]


def of(session: Session, broadcast: Broadcast) -> Recall:
    """How the taking back of a broadcast's copies stands."""
    mine = (col(Delivery.broadcast_id) == broadcast.key, col(Delivery.subject).in_(_COPIES), may_be_there())
    kept = sa.or_(col(Delivery.state) == DeliveryState.UNCONFIRMED, col(Delivery.change_reason) != "")
    each = (
        sa.select(
            col(Delivery.person_id),
            func.bool_or(arrived()).label("reached"),
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
    wanted = (each.c.back, each.c.reached, pending, sa.not_(each.c.reached), each.c.kept)
    numbers = sa.select(*(func.count().filter(one) for one in wanted)).select_from(each)
    names = (
        sa.select(col(Person.name), each.c.reason)
        .join(each, each.c.person_id == col(Person.id))
        .where(each.c.kept)
        .order_by(col(Person.name), col(Person.id))
        .limit(NAMED)
    )
    back, reached, waiting, in_doubt, count = session.execute(numbers).one()
    found = tuple((name, reason) for name, reason in session.execute(names))
    return Recall(Share(back, reached), waiting, in_doubt, count, found)
