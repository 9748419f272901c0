"""Updates: whom they reached, what was answered, and how soon staff were told of a decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.outbox.deliveries import Delivery, DeliveryState, arrived
from bot.domain.outbox.subjects import Subject
from bot.domain.plans.decisions import Decision
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Answer, Question, Receipt
from bot.domain.updates.updates import Update
from bot.measures.scope import Share, Window, day_in

ANSWER_WITHIN = timedelta(days=2)
"""How soon a question about an update is to be answered."""


@dataclass(frozen=True)
class Telling:
    """What became of the updates whose sending began in the window. `got_it` and `cannot` are of those reached."""

    updates: int
    reached: Share
    got_it: Share
    cannot: Share
    questions: Share
    days_to_tell: float | None


def telling(session: Session, window: Window, now: datetime) -> Telling:
    """The company's updates; a department or person has none of its own."""
    number = session.execute(sa.select(func.count(sa.distinct(col(Broadcast.update_id)))).where(_begun(window))).scalar_one()
    reached = _reached(session, window)
    answers = _answers(session, window)
    got_it, cannot = (Share(answers.get(one, 0), reached.part) for one in Answer)
    return Telling(number, reached, got_it, cannot, _questions(session, window, now), _days_to_tell(session, window))


def _begun(window: Window) -> sa.ColumnElement[bool]:
    return window.has(col(Broadcast.started_at))


def _copies(window: Window) -> list[sa.ColumnElement[bool]]:
    return [
        col(Delivery.subject) == Subject.UPDATE,
        col(Delivery.broadcast_id).in_(sa.select(col(Broadcast.id)).where(_begun(window))),
    ]


def meant() -> sa.ColumnElement[bool]:
    """Whether a delivery counts among those to be reached: not what was called off, nor what waits for the digest."""
    waits = sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.sent_at).is_(None))
    return sa.not_(sa.or_(col(Delivery.state) == DeliveryState.CANCELLED, waits))


def _reached(session: Session, window: Window) -> Share:
    """Of everyone it was meant for, whom it reached."""
    wanted = sa.select(func.count().filter(arrived()), func.count()).where(*_copies(window), meant())
    return Share(*session.execute(wanted).one())


def _answers(session: Session, window: Window) -> dict[Answer, int]:
    wanted = (
        sa.select(col(Receipt.answer), func.count())
        .join(
            Delivery, sa.and_(col(Delivery.subject_id) == col(Receipt.update_id), col(Delivery.person_id) == col(Receipt.person_id))
        )
        .where(*_copies(window), arrived())
        .group_by(col(Receipt.answer))
    )
    return {Answer(answer): number for answer, number in session.execute(wanted)}


def answers_to(session: Session, update_ids: Collection[int]) -> dict[tuple[int, Answer], int]:
    """How many of those whom each update reached gave each answer, as on its card in chat: whoever read it back besides isn't counted."""
    theirs = sa.and_(col(Delivery.subject_id) == col(Receipt.update_id), col(Delivery.person_id) == col(Receipt.person_id))
    wanted = (
        sa.select(col(Receipt.update_id), col(Receipt.answer), func.count())
        .join(Delivery, theirs)
        .where(col(Receipt.update_id).in_(update_ids), col(Delivery.subject) == Subject.UPDATE, arrived())
        .group_by(col(Receipt.update_id), col(Receipt.answer))
    )
    return {(key, Answer(answer)): number for key, answer, number in session.execute(wanted)}


def _questions(session: Session, window: Window, now: datetime) -> Share:
    """Of the questions asked in the window, how many were answered within two days; one whose two days aren't over yet is left out."""
    soon = col(Question.answered_at) <= col(Question.asked_at) + sa.literal(ANSWER_WITHIN, sa.Interval)
    wanted = sa.select(func.count().filter(soon), func.count()).where(
        window.has(col(Question.asked_at)), sa.or_(soon, col(Question.asked_at) <= now - ANSWER_WITHIN)
    )
    return Share(*session.execute(wanted).one())


def _days_to_tell(session: Session, window: Window) -> float | None:
    """The median of days from a decision to the first update of it, of the decisions first told in the window."""
    first_told = (
        sa.select(col(Update.decision_id), func.min(col(Broadcast.started_at)).label("at"))
        .join(Broadcast, col(Broadcast.update_id) == col(Update.id))
        .where(col(Update.decision_id).is_not(None), col(Broadcast.started_at).is_not(None))
        .group_by(col(Update.decision_id))
        .subquery()
    )
    days = day_in(first_told.c.at, window.zone) - col(Decision.decided_on)
    wanted = (
        sa.select(func.percentile_cont(0.5).within_group(days))
        .select_from(first_told)
        .join(Decision, col(Decision.id) == first_told.c.decision_id)
        .where(window.has(first_told.c.at))
    )
    found = session.execute(wanted).scalar_one()
    return None if found is None else float(found)
