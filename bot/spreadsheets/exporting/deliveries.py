"""Recipients of updates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.receipts import Answer, Receipt
from bot.domain.updates.updates import Update, UpdateText
from bot.spreadsheets.exporting.rows import ALL, Span
from bot.spreadsheets.exporting.writing import Table, Value

RECIPIENT_COLUMNS = (
    "update",
    "name",
    "email",
    "department",
    "state",
    "reason",
    "sent at",
    "answer",
    "answered at",
    "note",
    "recalled or edited",
)


def deliveries(session: Session, span: Span = ALL) -> Table:
    """Every recipient of an update that was queued in a span, the oldest update first: whether it reached them, and what they answered."""
    answered = sa.and_(col(Receipt.update_id) == col(Delivery.subject_id), col(Receipt.person_id) == col(Delivery.person_id))
    titled = sa.and_(col(UpdateText.update_id) == col(Update.id), col(UpdateText.locale) == col(Update.locale))
    who = (col(Person.name), col(Person.email), col(Person.department))
    reached = (col(Delivery.state), col(Delivery.reason), col(Delivery.sent_at))
    since = (col(Update.recalled_at), col(Delivery.to_change), col(Delivery.change_reason))
    wanted = (
        sa.select(col(UpdateText.title), *who, *reached, col(Receipt.answer), col(Receipt.at), col(Receipt.note), *since)
        .select_from(Delivery)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .join(Update, col(Update.id) == col(Delivery.subject_id))
        .outerjoin(UpdateText, titled)
        .outerjoin(Receipt, answered)
        .where(col(Delivery.subject) == Subject.UPDATE, *span.holds(sa.cast(col(Delivery.queued_at), sa.Date)))
        .order_by(col(Update.id), col(Person.name), col(Delivery.id))
    )
    return RECIPIENT_COLUMNS, (_recipient(tuple(row)) for row in session.execute(wanted))


def _recipient(row: Sequence[Any]) -> Sequence[Value]:
    title, name, email, department, state, reason, sent_at, answer, at, note, recalled_at, to_change, kept = row
    said = {Answer.GOT_IT: "got it", Answer.CANNOT: "can't"}.get(answer, "")
    since = _since(state, recalled_at is not None, to_change, kept)
    return title or "", name, email, department, state.value, reason, sent_at, said, at, note or "", since


def _since(state: DeliveryState, recalled: bool, to_change: bool, kept: str) -> str:
    """What a later edit or recall did to a copy: nothing, done, to be done, or why it couldn't be."""
    if recalled and state == DeliveryState.UNCONFIRMED:
        return "not taken back: it isn't known whether they have it"
    if kept:
        return f"{'not taken back' if recalled else 'not changed'}: {kept}"
    if to_change:
        return "being taken back" if recalled else "being changed"
    return "taken back" if state == DeliveryState.RECALLED else ""
