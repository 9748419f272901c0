"""Recalls: the updates somebody had that were taken back since. `bot.measures.recalls` counts whose copies were."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.domain.outbox.deliveries import Delivery, DeliveryState, arrived
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.updates import Update


def may_be_there() -> sa.ColumnElement[bool]:
    """Whether somebody has (or had) a copy, or may: the platform didn't say whether it arrived."""
    return sa.or_(arrived(), col(Delivery.state) == DeliveryState.UNCONFIRMED)


def had_by(session: Session, person: Person) -> Sequence[Update]:
    """The updates somebody had, or may have had, that were recalled since; the latest first."""
    had = select(Delivery.subject_id).where(Delivery.person_id == person.key, Delivery.subject == Subject.UPDATE, may_be_there())
    wanted = select(Update).where(col(Update.recalled_at).is_not(None), col(Update.id).in_(had))
    return session.exec(wanted.order_by(col(Update.recalled_at).desc())).all()
