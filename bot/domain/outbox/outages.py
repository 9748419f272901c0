"""Times in which a platform refused the bot, so that its administrators are told once however many processes notice."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, SQLModel, col, select

from bot.database import UtcDateTime, all_locked, enum_column
from bot.domain.people.people import Platform


class PlatformOutage(SQLModel, table=True):
    """One of them: why the platform refuses the bot, in a sentence. While `ended_at` is None it is the platform's only one."""

    __tablename__ = "platform_outages"
    __table_args__ = (sa.Index("uq_platform_outages_open", "platform", unique=True, postgresql_where=sa.text("ended_at IS NULL")),)
    id: int | None = Field(default=None, primary_key=True)
    platform: Platform = Field(sa_type=enum_column(Platform))
    reason: str
    began_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def begin(session: Session, platform: Platform, reason: str, now: datetime) -> int | None:
    """The id of the outage that begins; None when it is known already."""
    row = {"platform": platform, "reason": reason, "began_at": now}
    made = insert(PlatformOutage).values(row).on_conflict_do_nothing().returning(col(PlatformOutage.id))
    return session.execute(made).scalar_one_or_none()


def end(session: Session, platform: Platform, now: datetime) -> int | None:
    """The id of the outage that is over; None when there was none."""
    wanted = select(PlatformOutage).where(col(PlatformOutage.platform) == platform, col(PlatformOutage.ended_at).is_(None))
    found = next(iter(all_locked(session, wanted)), None)
    if found is None:
        return None
    found.ended_at = now
    return found.id


def get(session: Session, outage_id: int) -> PlatformOutage:
    """One by its id."""
    return session.get_one(PlatformOutage, outage_id)
