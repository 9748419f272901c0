"""Updates: whom they reached, what was answered, and how soon staff were told of a decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.outbox.deliveries import Delivery, DeliveryState, arrived
from bot.domain.outbox.subjects import Subject
from bot.domain.people.tenures import Column
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


@dataclass(frozen=True)
class Told:
    """What became of one update: whom it reached of those it is meant for, what these answered, and how many questions there were.

    `others_got_it` are those it didn't reach who read it since and got it.
    """

    reached: Share
    got_it: int
    cannot: int
    questions: int
    others_got_it: int


def each(session: Session, update_ids: Collection[int]) -> dict[int, Told]:
    """What became of each of these updates: the card in chat, the dashboard's list and the API's rows all ask here."""
    reached, questions = _reached_each(session, update_ids), _questions_each(session, update_ids)
    answers, found = _answers_each(session, update_ids), {}
    for key in update_ids:
        got_it, everybody = answers.get((key, Answer.GOT_IT), (0, 0))
        cannot, _ = answers.get((key, Answer.CANNOT), (0, 0))
        found[key] = Told(reached.get(key, Share(0, 0)), got_it, cannot, questions.get(key, 0), everybody - got_it)
    return found


def began() -> sa.Subquery:
    """When each update began to go out (`update_id`, `at`), its first sending; one that never did is left out."""
    key = col(Broadcast.update_id)
    return (
        sa.select(key, func.min(col(Broadcast.started_at)).label("at"))
        .where(col(Broadcast.started_at).is_not(None))
        .group_by(key)
        .subquery()
    )


def untold(session: Session, window: Window, limit: int) -> list[Decision]:
    """Decisions of the window of which no update has begun to go out, the oldest first."""
    gone_out = sa.select(col(Update.decision_id)).join(Broadcast, col(Broadcast.update_id) == col(Update.id))
    gone_out = gone_out.where(col(Broadcast.started_at).is_not(None), col(Update.decision_id).is_not(None))
    wanted = sa.select(Decision).where(
        col(Decision.decided_on).between(window.first, window.last), col(Decision.id).not_in(gone_out)
    )
    return list(session.scalars(wanted.order_by(col(Decision.decided_on)).limit(limit)))


def half_within(session: Session, update_id: int) -> timedelta | None:
    """How long half of an update's questions waited for their answer at most; None while none was answered."""
    answered = sa.select(col(Question.asked_at), col(Question.answered_at)).where(col(Question.update_id) == update_id)
    waits = [at - asked for asked, at in session.execute(answered) if at is not None]
    return median_low(waits) if waits else None


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


def _shares(*by: Column) -> sa.Select[Any]:
    """Of the copies meant for somebody, how many arrived, and how many there are; by some columns."""
    numbers = (func.count().filter(arrived()), func.count())
    return sa.select(*by, *numbers).where(col(Delivery.subject) == Subject.UPDATE, meant()).group_by(*by)


def _reached(session: Session, window: Window) -> Share:
    """Of everyone it was meant for, whom it reached."""
    return Share(*session.execute(_shares().where(*_copies(window))).one())


def _reached_each(session: Session, update_ids: Collection[int]) -> dict[int, Share]:
    key = col(Delivery.subject_id)
    return {one: Share(part, whole) for one, part, whole in session.execute(_shares(key).where(key.in_(update_ids)))}


def _answered(*by: Column) -> sa.Select[Any]:
    """How many gave each answer, of those who have a copy and of everybody who read it; by some columns."""
    theirs = sa.and_(col(Delivery.subject_id) == col(Receipt.update_id), col(Delivery.person_id) == col(Receipt.person_id))
    numbers = (func.count().filter(arrived()), func.count())
    copies = sa.and_(theirs, col(Delivery.subject) == Subject.UPDATE)
    return sa.select(*by, *numbers).select_from(Receipt).outerjoin(Delivery, copies).group_by(*by)


def _answers(session: Session, window: Window) -> dict[Answer, int]:
    wanted = _answered(col(Receipt.answer)).where(*_copies(window))
    return {Answer(answer): number for answer, number, _ in session.execute(wanted)}


def _answers_each(session: Session, update_ids: Collection[int]) -> dict[tuple[int, Answer], tuple[int, int]]:
    key = col(Receipt.update_id)
    found = session.execute(_answered(key, col(Receipt.answer)).where(key.in_(update_ids)))
    return {(one, Answer(answer)): (reached, all_of_them) for one, answer, reached, all_of_them in found}


def _questions_each(session: Session, update_ids: Collection[int]) -> dict[int, int]:
    key = col(Question.update_id)
    return dict(session.execute(sa.select(key, func.count()).where(key.in_(update_ids)).group_by(key)).all())


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
