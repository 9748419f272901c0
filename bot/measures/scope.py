"""Whose figures, and of which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col

from bot.domain.engagements.participation import Period, period_of
from bot.domain.people.people import Person
from bot.domain.people.tenures import Column, Tenure, holds
from bot.settings import Settings

QUARTERS = 8
"""How far back a trend looks."""


@dataclass(frozen=True)
class Window:
    """The days from `first` to `last`, both inclusive; figures look no further than `today`, a day of the company's calendar."""

    first: date
    last: date
    today: date
    zone: str

    @property
    def as_of(self) -> date:
        """The last day that can be looked at."""
        return min(self.last, self.today)

    @property
    def running(self) -> bool:
        """Whether it isn't over yet."""
        return self.today <= self.last

    @property
    def start(self) -> datetime:
        """The instant it begins, in the company's zone."""
        return datetime.combine(self.first, time(0), ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(0), ZoneInfo(self.zone)).astimezone(UTC)

    def has(self, instant: Column) -> sa.ColumnElement[bool]:
        """Whether an instant lies in it, as a condition of SQL."""
        return sa.and_(instant >= self.start, instant < self.end)

    @property
    def name(self) -> str:
        """In words: `July to September 2026`, `2026`, or the two days."""
        last_of_month = (self.last + timedelta(days=1)).day == 1
        if self.first.day != 1 or not last_of_month:
            return f"{self.first:%-d %B %Y} to {self.last:%-d %B %Y}"
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%B %Y}"
        year = f" {self.first.year}" if self.first.year != self.last.year else ""
        return f"{self.first:%B}{year} to {self.last:%B %Y}"

    @property
    def short(self) -> str:
        """For the foot of a chart: `Jul–Sep 26`."""
        return f"{self.first:%b}–{self.last:%b} {self.last:%y}"


def window(first: date, last: date, settings: Settings, now: datetime) -> Window:
    """A window of any days, looked at from the UTC instant `now`."""
    zone = settings.company.zone
    return Window(first, last, now.astimezone(ZoneInfo(zone)).date(), zone)


def quarter(settings: Settings, now: datetime, back: int = 0) -> Window:
    """The quarter of the company's year that runs now, or the one `back` quarters before it."""
    today = now.astimezone(ZoneInfo(settings.company.zone)).date()
    found = quarter_of(today, settings)
    for _ in range(back):
        found = quarter_of(found.first - timedelta(days=1), settings)
    return window(found.first, found.last, settings, now)


def quarter_of(day: date, settings: Settings) -> Period:
    """The quarter of the company's year that a day lies in."""
    return period_of(day, "quarter", settings.company.fiscal_year_starts)


def quarters(settings: Settings, upto: Window, now: datetime) -> Iterator[Window]:
    """The eight quarters of a trend, oldest first; the last is the one in which `upto` ends (or today, when that comes first)."""
    found = [quarter_of(upto.as_of, settings)]
    while len(found) < QUARTERS:
        found.append(quarter_of(found[-1].first - timedelta(days=1), settings))
    for one in reversed(found):
        yield window(one.first, one.last, settings, now)


@dataclass(frozen=True)
class Scope:
    """Whose figures: the whole company's, a department's or one person's. Who was in a department on which day, tenures say."""

    department: str | None = None
    person_id: int | None = None
    name: str = "The company"

    @property
    def company(self) -> bool:
        """Whether it is everybody."""
        return self.department is None and self.person_id is None

    def covers(self, person_id: Column, day: Column) -> sa.ColumnElement[bool]:
        """Whether what this person did on that day belongs to it, as a condition of SQL."""
        if self.person_id is not None:
            return person_id == self.person_id
        if self.department is not None:
            return holds(person_id, day, col(Tenure.department) == self.department)
        return sa.true()


COMPANY = Scope()


def of_person(person: Person) -> Scope:
    """One person's figures."""
    return Scope(person_id=person.key, name=person.name)


def of_department(department: str) -> Scope:
    """A department's figures."""
    return Scope(department=department, name=department or "No department")


@dataclass(frozen=True)
class Share:
    """`part` of `whole`: the figure behind every percentage. A share of nothing says so, it is not zero."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole per cent, rounded down so that only all is 100; None of nothing."""
        return self.part * 100 // self.whole if self.whole else None

    @property
    def words(self) -> str:
        """`3 of 4 (75%)`, or that there was nothing."""
        return f"{self.part:,} of {self.whole:,} ({self.percent}%)" if self.whole else "none yet"


def day_in(instant: Column, zone: str | Column) -> sa.ColumnElement[date]:
    """The calendar day of an instant in a time zone, in SQL."""
    return sa.cast(sa.func.timezone(zone, instant), sa.Date)
