"""Which firings of which schedule happened: the record that makes each happen exactly once."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, SQLModel, col, func, select

from bot.database import UtcDateTime, enum_column


class RunState(StrEnum):
    """BASELINE: from here on firings are owed. RAN: done. MISSED: found too late, and not done."""

    BASELINE = "baseline"
    RAN = "ran"
    MISSED = "missed"


class ScheduleRun(SQLModel, table=True):
    """One firing. The wall time, without zone, is part of the key: the hour that comes twice in autumn counts once."""

    __tablename__ = "schedule_runs"
    schedule: str = Field(primary_key=True)
    zone: str = Field(primary_key=True)
    local: datetime = Field(primary_key=True, sa_type=sa.DateTime(timezone=False))
    due_at: datetime = Field(sa_type=UtcDateTime)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    state: RunState = Field(sa_type=enum_column(RunState))


def record(session: Session, run: ScheduleRun) -> bool:
    """True when this transaction is the one that records this firing; False when another has."""
    statement = insert(ScheduleRun).values(**run.model_dump()).on_conflict_do_nothing()
    return session.connection().execute(statement.returning(col(ScheduleRun.schedule))).first() is not None


def last_due(session: Session, schedule: str, zone: str) -> datetime | None:
    """The UTC instant of the latest firing on record; None before the first."""
    wanted = select(func.max(ScheduleRun.due_at)).where(ScheduleRun.schedule == schedule, ScheduleRun.zone == zone)
    return session.exec(wanted).one()


def last_dues(session: Session) -> dict[tuple[str, str], datetime]:
    """`last_due` of every schedule in every zone on record, by schedule and zone."""
    wanted = select(ScheduleRun.schedule, ScheduleRun.zone, func.max(ScheduleRun.due_at)).group_by(
        col(ScheduleRun.schedule), col(ScheduleRun.zone)
    )
    return {(schedule, zone): due for schedule, zone, due in session.exec(wanted)}
