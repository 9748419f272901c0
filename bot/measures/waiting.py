"""What waits for somebody, counted: for the home page, the week's report and an update's card."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func

from bot.domain.engagements.customers import Customer
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.receipts import Question
from bot.domain.updates.updates import Update
from bot.measures import planned, promised
from bot.measures.scope import COMPANY, Window
from bot.settings import Settings


@dataclass(frozen=True)
class Waiting:
    """How much waits for the CX office.

    `late` promises, `questions` without an answer, `approvals` to be given, roadmap items that are `untied`, customers `to_check`.
    """

    late: int
    questions: int
    approvals: int
    untied: int
    to_check: int


def waiting(session: Session, window: Window, settings: Settings) -> Waiting:
    """All of it, as things stand."""
    return Waiting(
        late=promised.late(session, COMPANY, window),
        questions=questions(session),
        approvals=_number(session, Broadcast, col(Broadcast.state) == BroadcastState.WAITING),
        untied=planned.untied(session, settings),
        to_check=_number(session, Customer, col(Customer.unchecked).is_(True)),
    )


def questions(session: Session, update: Update | None = None) -> int:
    """How many questions wait for an answer, about one update or all."""
    about = sa.true() if update is None else col(Question.update_id) == update.key
    return _number(session, Question, col(Question.answered_at).is_(None), about)


def unreached(session: Session, window: Window) -> int:
    """How many people the updates that began to go out in the window couldn't reach."""
    begun = sa.select(col(Broadcast.id)).where(window.has(col(Broadcast.started_at)))
    failed = (col(Delivery.subject) == Subject.UPDATE, col(Delivery.state) == DeliveryState.FAILED)
    return _number(session, Delivery, col(Delivery.broadcast_id).in_(begun), *failed)


def _number(session: Session, table: type[SQLModel], *conditions: sa.ColumnElement[bool]) -> int:
    return int(session.execute(sa.select(func.count()).select_from(table).where(*conditions)).scalar_one())
