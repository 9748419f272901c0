"""The audit trail: who changed what, when, from what, to what; written by the session itself, so nothing can forget it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Field, Session, SQLModel, col, select

from bot.database import Sessions, UtcDateTime, context


class AuditEntry(SQLModel, table=True):
    """One change of one row. `before` and `after` hold only the columns that changed; None where there was no row."""

    __tablename__ = "audit_entries"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int | None = Field(default=None, foreign_key="people.id")
    noun: str
    noun_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB)

    __table_args__ = (sa.Index("ix_audit_entries_noun_noun_id", "noun", "noun_id"),)


def history(session: Session, noun: str, noun_id: int) -> list[AuditEntry]:
    """All that happened to one row, oldest first."""
    wanted = select(AuditEntry).where(AuditEntry.noun == noun, AuditEntry.noun_id == noun_id)
    return list(session.exec(wanted.order_by(col(AuditEntry.id))))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _columns(row: SQLModel) -> list[str]:
    left_out = {"words", "id", *getattr(type(row), "__unaudited__", ())}
    return [attribute.key for attribute in sa.inspect(type(row)).column_attrs if attribute.key not in left_out]


def _changes(row: SQLModel) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    for name in _columns(row):
        change = sa.inspect(row).attrs[name].history
        if change.has_changes():
            before[name] = _plain(change.deleted[0]) if change.deleted else None
            after[name] = _plain(change.added[0]) if change.added else None
    for name in getattr(type(row), "__audited_links__", ()):
        change = sa.inspect(row).attrs[name].history
        if change.has_changes():
            before[name] = _ids([*(change.unchanged or ()), *(change.deleted or ())])
            after[name] = _ids([*(change.unchanged or ()), *(change.added or ())])
    return before, after


def _ids(rows: list[SQLModel]) -> list[int]:
    return sorted(row.id for row in rows)  # type: ignore[attr-defined]  # every audited table has an integer id


def _whole(row: SQLModel) -> dict[str, Any]:
    links = {name: _ids(getattr(row, name)) for name in getattr(type(row), "__audited_links__", ())}
    return {name: _plain(getattr(row, name)) for name in _columns(row)} | links


def _entries(session: Session) -> list[tuple[SQLModel, dict[str, Any] | None, dict[str, Any] | None]]:
    made, changed, gone = (_audited(rows) for rows in (session.new, session.dirty, session.deleted))
    changes = [(row, *_changes(row)) for row in changed]
    return [
        *((row, None, _whole(row)) for row in made),
        *(change for change in changes if change[2]),
        *((row, _whole(row), None) for row in gone),
    ]


def _audited(rows: Iterable[Any]) -> list[SQLModel]:
    return [row for row in rows if getattr(type(row), "__audited__", False)]


def keep(sessions: Sessions) -> None:
    """Have every session of a database write its entries."""
    event.listen(sessions, "after_flush", _record)


def _record(session: Session, _context: UOWTransaction) -> None:
    """Write the entries in the flush's own transaction: a change and its entry stand or fall together."""
    bound = context(session)
    rows = [
        {
            "at": bound.now,
            "actor_id": bound.actor_id,
            "noun": row.__tablename__,
            "noun_id": row.id,  # type: ignore[attr-defined]  # every audited table has an integer id
            "before": before,
            "after": after,
        }
        for row, before, after in _entries(session)
    ]
    if rows:
        session.connection().execute(sa.insert(AuditEntry), rows)
