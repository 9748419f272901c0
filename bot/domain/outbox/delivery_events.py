"""What happened to a copy or a post on its way: each wait, and each try with what it came to. That it arrived is in its own row."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from bot.database import UtcDateTime

WAITS = "waits"
"""What happened to one that isn't to be sent yet; its reason is one of HOURS, LIMIT and NO_DAY."""

HOURS, LIMIT, NO_DAY = "hours", "limit", "no_day"
"""Its reader isn't at work; has had enough for a week; has no working day in sight."""


class DeliveryEvent(SQLModel, table=True):
    """One such event, of a delivery or of a post: `what` is WAITS or a `bot.delivery.outcomes.Ending`, `next_at` when it is looked at again."""

    __tablename__ = "delivery_events"
    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int | None = Field(default=None, foreign_key="deliveries.id", ondelete="CASCADE", index=True)
    post_id: int | None = Field(default=None, foreign_key="channel_posts.id", ondelete="CASCADE", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    what: str
    reason: str = ""
    platform: str = ""
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def of(session: Session, delivery_id: int) -> list[DeliveryEvent]:
    """Those of a delivery, oldest first."""
    wanted = select(DeliveryEvent).where(DeliveryEvent.delivery_id == delivery_id)
    return list(session.exec(wanted.order_by(col(DeliveryEvent.id))))


def of_post(session: Session, post_id: int) -> list[DeliveryEvent]:
    """Those of a post, oldest first."""
    wanted = select(DeliveryEvent).where(DeliveryEvent.post_id == post_id)
    return list(session.exec(wanted.order_by(col(DeliveryEvent.id))))


def waits(session: Session, delivery_id: int, why: str, until: datetime, now: datetime) -> None:
    """It isn't sent before `until`, and why."""
    session.add(DeliveryEvent(delivery_id=delivery_id, at=now, what=WAITS, reason=why, next_at=until))


def record(session: Session, events: list[DeliveryEvent]) -> None:
    """Write several in one statement."""
    if events:
        session.execute(sa.insert(SQLModel.metadata.tables["delivery_events"]), [one.model_dump(exclude={"id"}) for one in events])
