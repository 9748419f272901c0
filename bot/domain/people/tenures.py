"""Tenures: from when to when somebody was in a department, and an executive; kept by the session itself, so nothing can forget it.

Figures of a period look here: people join, leave and change departments in the middle of one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Field, Session, SQLModel, col

from bot.database import Sessions, context
from bot.domain.people.people import Person, Role

BEGINNING, FOREVER = date(1, 1, 1), date(9999, 12, 31)
"""The first day of those who were there when the company began with the bot, and the end of a tenure that goes on."""


class Tenure(SQLModel, table=True):
    """One span: the days from `first` up to but not including `until`, in the person's own calendar.

    `noted_on` is the day it was written down. Whoever is known on the very first day counts as having been there always.
    """

    __tablename__ = "tenures"
    __table_args__ = (sa.Index("ix_tenures_person", "person_id", "first", "until", postgresql_include=["department", "executive"]),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    department: str
    executive: bool
    first: date
    until: date
    noted_on: date

    def covers(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day < self.until


Column = sa.SQLColumnExpression[Any]
"""A column or an expression of SQL, a model's own or not."""


def holds(person_id: Column, day: Column, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether the person had a tenure on that day of which `more` is true, as a condition of SQL."""
    found = sa.select(sa.literal(1)).where(
        col(Tenure.person_id) == person_id, col(Tenure.first) <= day, col(Tenure.until) > day, *more
    )
    return sa.exists(found.correlate_except(Tenure))


_Values = dict[str, Any]


def keep(sessions: Sessions) -> None:
    """Have every session of a database keep them."""
    event.listen(sessions, "after_flush", _keep)


def _keep(session: Session, _context: UOWTransaction) -> None:
    """Note what became of people in the flush's own transaction, in a few statements however many they are."""
    changed = [one for one in (*session.new, *session.dirty) if isinstance(one, Person) and _moved(one)]
    if changed:
        _note(session.connection(), changed, context(session).now)


def _moved(person: Person) -> bool:
    states = sa.inspect(person).attrs
    return any(states[name].history.has_changes() for name in ("department", "roles", "active", "guest"))


def _note(connection: sa.Connection, changed: Sequence[Person], now: datetime) -> None:
    table = SQLModel.metadata.tables["tenures"]
    last = _last(connection, table, [one.key for one in changed])
    oldest = _oldest(connection, table) if len(last) < len(changed) else None
    ends, begins = [], []
    for person in changed:
        end, begin = _step(person, last.get(person.key), person.today(now), oldest)
        ends += [end] if end else []
        begins += [begin] if begin else []
    if ends:
        values: _Values = {name: sa.bindparam(f"new_{name}") for name in ("department", "executive", "until")}
        connection.execute(table.update().where(table.c.id == sa.bindparam("row")).values(values), ends)
    if begins:
        connection.execute(table.insert(), begins)


def _step(person: Person, last: sa.Row[Any] | None, today: date, oldest: date | None) -> tuple[_Values | None, _Values | None]:
    """What changes in the person's last tenure, and the next one; None for either that isn't."""
    stands = {"department": person.department, "executive": person.has(Role.EXECUTIVE)}
    end = None
    if last is not None and last.until == FOREVER:
        if person.active and (last.department, last.executive) == (stands["department"], stands["executive"]):
            return None, None
        # What is put right on the day it was noted was never so; whoever leaves was there on their last day.
        corrected = person.active and last.noted_on == today
        was = stands if corrected else {"department": last.department, "executive": last.executive}
        until = FOREVER if corrected else today if person.active else today + timedelta(days=1)
        end = {"row": last.id, "new_until": until, **{f"new_{name}": value for name, value in was.items()}}
        if corrected:
            return end, None
    if not person.active:
        return end, None
    first = _begins(last, today, oldest)
    return end, {"person_id": person.key, **stands, "first": first, "until": FOREVER, "noted_on": today}


def _last(connection: sa.Connection, table: sa.Table, person_ids: Sequence[int]) -> dict[int, sa.Row[Any]]:
    """The last tenure of each of these people who has one."""
    wanted = sa.select(table).where(table.c.person_id == sa.any_(sa.cast(person_ids, ARRAY(sa.Integer))))
    return {row.person_id: row for row in connection.execute(wanted.order_by(table.c.until))}


def _oldest(connection: sa.Connection, table: sa.Table) -> date | None:
    """The day on which the first tenure was noted; None while there is none."""
    found: date | None = connection.execute(sa.select(sa.func.min(table.c.noted_on))).scalar()
    return found


def _begins(last: sa.Row[Any] | None, today: date, oldest: date | None) -> date:
    """The first day of a new tenure: today, but for those who left today.

    Somebody new is there from today on, or always while the company itself is on its first day here (give or take a day of time zones).
    """
    if last is None:
        return today if oldest is not None and oldest < today - timedelta(days=1) else BEGINNING
    return today if last.until == FOREVER else max(today, last.until)
