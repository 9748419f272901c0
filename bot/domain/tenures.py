"""Tenures: from when to when somebody was in a department, and an executive; kept by the session itself, so nothing can forget it.

Figures of a period look here: people join, leave and change departments in the middle of one.
"""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Field, Session, SQLModel, col

from bot.domain.people import Person, Role

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


@event.listens_for(Session, "after_flush")
def _keep(session: Session, _context: UOWTransaction) -> None:
    """Note what became of people in the flush's own transaction."""
    for person in [one for one in (*session.new, *session.dirty) if isinstance(one, Person)]:
        states = sa.inspect(person).attrs
        if any(states[name].history.has_changes() for name in ("department", "roles", "active")):
            _note(session.connection(), person, person.today(session.info["now"]()))


def _note(connection: sa.Connection, person: Person, today: date) -> None:
    table = SQLModel.metadata.tables["tenures"]
    last = connection.execute(
        sa.select(table).where(table.c.person_id == person.key).order_by(table.c.until.desc()).limit(1)
    ).first()
    stands = {"department": person.department, "executive": person.has(Role.EXECUTIVE)}
    if last is not None and last.until == FOREVER:
        if person.active and (last.department, last.executive) == (stands["department"], stands["executive"]):
            return
        # What is put right on the day it was noted was never so; whoever leaves was there on their last day.
        corrected = person.active and last.noted_on == today
        change = stands if corrected else {"until": today if person.active else today + timedelta(days=1)}
        connection.execute(table.update().where(table.c.id == last.id).values(change))
        if corrected:
            return
    if person.active:
        new = {
            "person_id": person.key,
            **stands,
            "first": _begins(connection, table, last, today),
            "until": FOREVER,
            "noted_on": today,
        }
        connection.execute(table.insert().values(new))


def _begins(connection: sa.Connection, table: sa.Table, last: sa.Row[Any] | None, today: date) -> date:
    """The first day of a new tenure: today, but for those who left today, and for everybody on the company's own first day here."""
    if last is None:
        return _first_day(connection, table, today)
    return today if last.until == FOREVER else max(today, last.until)


def _first_day(connection: sa.Connection, table: sa.Table, today: date) -> date:
    """For somebody new: today, or always while the company itself is on its first day here (give or take a day of time zones)."""
    earlier = sa.select(table.c.id).where(table.c.noted_on < today - timedelta(days=1)).limit(1)
    return today if connection.execute(earlier).first() else BEGINNING
