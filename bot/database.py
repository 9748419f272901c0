"""The engine, the sessions, and the column types every table shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

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


def enum_column(enum: type[StrEnum], name: str | None = None) -> sa.Enum:
    """A text column holding the enum's *values*, checked by the database (never the names, which a rename would break).

    `name` is the check's, where a table has the same enum twice.
    """
    return sa.Enum(
        enum,
        name=name or enum.__name__.lower(),
        native_enum=False,
        length=40,
        values_callable=lambda e: [member.value for member in e],
        create_constraint=True,
    )


_PATIENCE = "5"
"""Seconds a connection may take, where DATABASE_URL says nothing else: libpq would wait for two minutes and more."""


def connection_url(url: str) -> str:
    """Turn what people write in DATABASE_URL into SQLAlchemy's psycopg 3 address. ValueError when it is none; no password is repeated."""
    kind, sign, rest = url.strip().partition("://")
    if not sign or kind not in {"postgresql+psycopg", "postgresql", "postgres"}:
        given = f"not {kind!r}" if sign and kind.replace("+", "").isalnum() else "as in postgresql://USER@HOST/NAME"
        msg = f"DATABASE_URL must start with postgresql://, {given}"
        raise ValueError(msg)
    try:
        sa.make_url(found := f"postgresql+psycopg://{rest}")
    except (sa.exc.ArgumentError, ValueError) as error:
        msg = "DATABASE_URL can't be read. Write postgresql://USER:PASSWORD@HOST:PORT/NAME, with other signs in the password as %40 for @"
        raise ValueError(msg) from error
    return found


_Note = TypeVar("_Note")
_Row = TypeVar("_Row", bound=SQLModel)


@dataclass
class Context:
    """What one transaction carries with it, for what runs in it without a caller who could pass it: listeners, and what defers jobs.

    `clock` is the database's, `actor_id` whoever the audit trail names for what changes (None: the bot itself). Everything else takes
    `now` and `settings` as arguments.
    """

    clock: Clock
    actor_id: int | None = None
    _notes: dict[type, Any] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The present instant, UTC-aware."""
        return self.clock()

    def notes(self, kind: type[_Note]) -> _Note:
        """What was noted in this transaction under `kind`, a class made without arguments: one object until it ends, made when first asked for."""
        found: _Note = self._notes.setdefault(kind, kind())
        return found

    def forget(self, kind: type[Any]) -> None:
        """Begin the notes of `kind` anew."""
        self._notes.pop(kind, None)


_CONTEXT = "context"


def context(session: Session) -> Context:
    """What the transaction of a session carries with it; LookupError for a session that no `Database` opened."""
    found: Context | None = session.info.get(_CONTEXT)
    if found is None:
        msg = "this session was not opened by Database.session: it has no clock and no actor"
        raise LookupError(msg)
    return found


Sessions = sessionmaker[Session]
"""What makes a database's sessions, and what listeners are registered on: `event.listen(sessions, "after_flush", …)`."""

Listener = Callable[[Sessions], None]
"""Registers what listens to every session of a database."""


class Database:
    """A pool of connections to one PostgreSQL, handing out sessions of one transaction each.

    `listeners` register what listens to every one of them. `bot.process.opening` knows which those are; none is left out by forgetting it.
    """

    def __init__(self, url: str, clock: Clock, listeners: Iterable[Listener], *, pool_size: int = 10) -> None:
        self.url = connection_url(url)
        self.clock = clock
        self.engine: Engine = sa.create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,  # an error's words end in the log: what people typed and keys do not
            connect_args={"options": "-c timezone=UTC"} | self._patience,
        )
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        for listen in listeners:
            listen(self._sessions)

    @property
    def dsn(self) -> str:
        """The address as libpq takes it, for Procrastinate."""
        url = sa.make_url(self.url).set(drivername="postgresql").update_query_dict(self._patience)
        return url.render_as_string(hide_password=False)

    @property
    def _patience(self) -> dict[str, str]:
        """How long a connection may take, where the address doesn't say."""
        return {} if "connect_timeout" in sa.make_url(self.url).query else {"connect_timeout": _PATIENCE}

    @contextmanager
    def session(self, actor_id: int | None = None) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back when anything raises.

        `actor_id` is the person the audit trail names for what changes; None is the bot itself.
        """
        with self._sessions(info={_CONTEXT: Context(self.clock, actor_id)}) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def driver_connection(session: Session) -> Any:
    """The psycopg connection of this transaction, so that jobs are deferred in it."""
    return session.connection().connection.driver_connection


class _Locked(dict[tuple[type[SQLModel], Any], SQLModel]):
    """The rows that a transaction has locked, by kind and id."""


def locked(session: Session, kind: type[_Row], key: int | str | None, *options: ORMOption) -> _Row | None:
    """The row with this id, locked until the transaction ends, as it is once it is locked; None when there is none.

    What was loaded before is read anew: somebody may have changed it until the lock was had. What is still to be saved is saved first.
    Once: nobody else changes it meanwhile, so asking for the lock again would only cost a statement; `options`, how it is loaded, then
    count for nothing.
    """
    held = context(session).notes(_Locked).get((kind, key))
    if held is not None and held in session:
        return cast("_Row", held)
    session.flush()
    found = session.get(kind, key, options=options, with_for_update={"of": kind}, populate_existing=True)
    _hold(session, found)
    return found


def all_locked(session: Session, wanted: SelectOfScalar[_Row]) -> list[_Row]:
    """The rows of one kind that a statement finds, each as `locked` gives it; what the statement joins isn't locked."""
    session.flush()
    locking = wanted.with_for_update(of=wanted.column_descriptions[0]["entity"]).execution_options(populate_existing=True)
    found = list(session.exec(locking))
    _hold(session, *found)
    return found


def _hold(session: Session, *rows: SQLModel | None) -> None:
    held = context(session).notes(_Locked)
    for row in rows:
        if row is not None:
            identity = sa.inspect(row, raiseerr=True).identity
            held[type(row), identity[0] if len(identity) == 1 else identity] = row
