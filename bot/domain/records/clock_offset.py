"""How far the console's clock was moved ahead, kept so that a restart doesn't go back in time."""

from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, SQLModel


class ClockOffset(SQLModel, table=True):
    """The only row says how many seconds this database's clock is ahead of the real one."""

    __tablename__ = "clock_offset"
    id: int = Field(default=1, primary_key=True)
    seconds: float = 0


def load(session: Session) -> timedelta:
    """The offset; zero when the clock was never moved."""
    row = session.get(ClockOffset, 1)
    return timedelta(seconds=row.seconds if row else 0)


def save(session: Session, offset: timedelta) -> None:
    """Keep the offset."""
    row = insert(ClockOffset).values(id=1, seconds=offset.total_seconds())
    kept = row.on_conflict_do_update(index_elements=["id"], set_={"seconds": row.excluded.seconds})
    session.connection().execute(kept)
