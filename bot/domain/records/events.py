"""What came in already: so that an event that arrives twice has one effect and one answer."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import Field, Session, SQLModel, col, delete

from bot.database import UtcDateTime


class InboundEvent(SQLModel, table=True):
    """One event that was handled. `source` is the platform, or `form` for a form's one-time id; `answer` what was answered, as JSON."""

    __tablename__ = "inbound_events"
    source: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


def claim(session: Session, source: str, event_id: str, now: datetime) -> bool:
    """True for the first transaction that claims this event; False once one has committed.

    While another transaction holds the claim, this waits for it: if that one rolls back, the claim is ours.
    """
    fresh = insert(InboundEvent).values(source=source, event_id=event_id, received_at=now).on_conflict_do_nothing()
    return session.connection().execute(fresh.returning(col(InboundEvent.event_id))).first() is not None


def remember(session: Session, source: str, event_id: str, answer: dict[str, Any]) -> None:
    """Keep what was answered with the claim."""
    event = session.get_one(InboundEvent, (source, event_id))
    event.answer = answer
    session.add(event)


def answer_to(session: Session, source: str, event_id: str) -> dict[str, Any] | None:
    """What was answered to this event the first time; None when it had no answer."""
    event = session.get(InboundEvent, (source, event_id))
    return event.answer if event else None


def forget(session: Session, before: datetime) -> int:
    """Delete what was received before; returns how many."""
    return session.connection().execute(delete(InboundEvent).where(col(InboundEvent.received_at) < before)).rowcount
