"""When people work, reckoned apart from the product: zoneinfo and the `holidays` package alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leave:
    """Days out of office, both ends inclusive, known to the company from an instant (UTC) on."""

    first: date
    last: date
    known: datetime


@dataclass(frozen=True)
class Hours:
    """Other working hours for a while, such as those of Ramadan; both days inclusive."""

    first: date
    last: date
    start: time
    end: time


@dataclass
class Calendar:
    """One person's working time: weekdays from 0 for Monday, wall times in `zone`, a country's holidays, the company's own, and leaves."""

    zone: str
    country: str
    days: frozenset[int]
    start: time
    end: time
    company: frozenset[date]
    others: list[Hours] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)

    def local(self, instant: datetime) -> datetime:
        """An instant on this person's wall clock."""
        return instant.astimezone(ZoneInfo(self.zone))

    def away(self, day: date, known: datetime) -> bool:
        """Whether they are on leave on a day, as far as was known at an instant."""
        return any(one.first <= day <= one.last and one.known <= known for one in self.leaves)

    def works_on(self, day: date, known: datetime) -> bool:
        """Whether they work on a day, as far as was known at an instant."""
        free = day in self.company or day in _public(self.country, day.year)
        return day.weekday() in self.days and not free and not self.away(day, known)

    def hours(self, day: date) -> tuple[time, time]:
        """Their hours on a day."""
        return next(((one.start, one.end) for one in self.others if one.first <= day <= one.last), (self.start, self.end))

    def at_work(self, instant: datetime) -> bool:
        """Whether they are at work at an instant."""
        there = self.local(instant)
        start, end = self.hours(there.date())
        return self.works_on(there.date(), instant) and start <= there.time() < end

    def moment(self, day: date, part: float) -> datetime:
        """The instant at which a part, from 0 to 1, of a day's hours is over, in UTC."""
        start, end = (datetime.combine(day, wall, ZoneInfo(self.zone)).astimezone(UTC) for wall in self.hours(day))
        return start + part * (end - start)

    def next_work(self, instant: datetime, days: int = 120, known: datetime | None = None) -> datetime | None:
        """The first instant, not before this one, at which they are at work; None when none comes in so many days.

        As far as was known at that instant, or at another, `known`.
        """
        day = self.local(instant).date()
        for step in range(days):
            one = day + step * DAY
            if self.works_on(one, known or instant):
                start, end = (datetime.combine(one, wall, ZoneInfo(self.zone)).astimezone(UTC) for wall in self.hours(one))
                if max(start, instant) < end:
                    return max(start, instant)
        return None

    def days_after(self, first: date, last: date, known: datetime) -> int:
        """How many working days come after `first`, up to and including `last`."""
        return sum(self.works_on(first + step * DAY, known) for step in range(1, (last - first).days + 1))


@cache
def _public(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year)) if country else frozenset()
