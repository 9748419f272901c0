"""When somebody works: days, hours, holidays and absences, on their own wall clock.

Instants are aware datetimes and come back in UTC; days are days of the person's own calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HORIZON = 400
"""Days in a row that are searched for a working day. Who works on none of them (no working days, away for good) is given None."""

_LAST_MOMENT = timedelta(minutes=1)
"""How long before closing a moment clipped to working hours is put, so that it is still inside them."""


@dataclass(frozen=True)
class WorkWeek:
    """A person's working time.

    `days` are numbers from 0 for Monday. `start` and `end` are wall times in `zone`; `end` itself is no longer working time, and an
    `end` not after `start` is the next day's (a night shift, which belongs to the day it starts on). `holidays` come on top of the
    public ones of `country` (ISO 3166 such as DE, or with a part of it such as DE-BY; None for none). `away` are spans of days,
    both ends inclusive.
    """

    days: frozenset[int]
    start: time
    end: time
    zone: ZoneInfo
    country: str | None = None
    holidays: frozenset[date] = field(default_factory=frozenset)
    away: tuple[tuple[date, date], ...] = ()


@lru_cache(maxsize=2048)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Public holidays of a country (ISO 3166, any case) in a year; none where nobody keeps a list of them."""
    import holidays  # noqa: PLC0415 - a quarter of a second, wanted only once somebody is to be asked

    code, _, part = country.upper().partition("-")
    try:
        return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))
    except NotImplementedError:  # how the package says that it doesn't know the country, or the part of it
        return public_holidays(code, year) if part else frozenset()


def is_working_day(week: WorkWeek, day: date) -> bool:
    """Whether the person works on `day` of their own calendar."""
    if day.weekday() not in week.days or day in week.holidays:
        return False
    if any(first <= day <= last for first, last in week.away):
        return False
    return not week.country or day not in public_holidays(week.country, day.year)


def is_working_moment(week: WorkWeek, instant: datetime) -> bool:
    """Whether the person is at work at an instant. ValueError when it has no zone."""
    return _shift(week, instant) is not None


def next_working_moment(week: WorkWeek, instant: datetime) -> datetime | None:
    """First working moment at or after an instant, in UTC: the instant itself when it is one, else when work next begins.

    A start the clocks skip is the first moment after the gap; one that comes twice is the first of the two. None when no day of the
    next 400 has working hours. ValueError when the instant has no zone.
    """
    day = _local(week, instant).date() - timedelta(days=1)
    for _ in range(HORIZON + 1):
        if is_working_day(week, day):
            opening, closing = _hours(week, day)
            if max(opening, instant) < closing:
                return max(opening, instant).astimezone(UTC)
        day += timedelta(days=1)
    return None


def add_working_days(week: WorkWeek, instant: datetime, days: int) -> datetime | None:
    """Moment `days` working days after an instant: at the same wall time, put inside working hours, in UTC.

    Only whole working days after the instant's own count, so one day after a Saturday is Monday. With 0 days it is the next working
    moment. None when 400 days go by without a working day. ValueError for fewer than 0 days, or an instant with no zone.
    """
    if days < 0:
        msg = "working days are counted forward: days must be 0 or more"
        raise ValueError(msg)
    if days == 0:
        return next_working_moment(week, instant)
    local = _local(week, instant)
    days_to_come = _working_days_after(week, _shift(week, instant) or local.date())
    for _ in range(days):
        day = next(days_to_come, None)
        if day is None:
            return None
    return next_working_moment(week, _clipped(week, day, local.time())) if day else None


def is_back(week: WorkWeek, day: date) -> bool:
    """Whether `day` is the first day of work after an absence, weekends and holidays between them aside."""
    if not week.away or not is_working_day(week, day):
        return False
    for ago in range(1, HORIZON):
        before = day - timedelta(days=ago)
        if any(first <= before <= last for first, last in week.away):
            return True
        if is_working_day(week, before):
            return False
    return False


def opening(week: WorkWeek, day: date) -> datetime:
    """When the working hours of `day` open, as a UTC instant."""
    return _hours(week, day)[0].astimezone(UTC)


def working_days_between(week: WorkWeek, a: date, b: date) -> int:
    """How many working days come after `a`, up to and including `b`; negative when `b` is the earlier one."""
    if b < a:
        return -working_days_between(week, b, a)
    return sum(is_working_day(week, a + timedelta(days=ahead)) for ahead in range(1, (b - a).days + 1))


def first_instant(zone: ZoneInfo, local: datetime) -> datetime:
    """The UTC instant of a naive wall time: the first when it comes twice, the first moment after the gap when the clocks skip it."""
    return _instant(zone, local.date(), local.time())


def _local(week: WorkWeek, instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        msg = f"{instant.isoformat()} has no time zone, so it is no instant"
        raise ValueError(msg)
    return instant.astimezone(week.zone)


def _shift(week: WorkWeek, instant: datetime) -> date | None:
    """Day whose working hours the instant is in (yesterday's, in a night shift); None outside working hours."""
    today = _local(week, instant).date()
    for day in (today - timedelta(days=1), today):
        opening, closing = _hours(week, day)
        if opening <= instant < closing and is_working_day(week, day):
            return day
    return None


def _working_days_after(week: WorkWeek, day: date) -> Iterator[date]:
    """Working days that follow, until 400 days in a row have none."""
    idle = 0
    while idle < HORIZON:
        day += timedelta(days=1)
        idle += 1
        if is_working_day(week, day):
            idle = 0
            yield day


def _hours(week: WorkWeek, day: date) -> tuple[datetime, datetime]:
    """When the working hours of `day` open and close, as UTC instants; the same instant twice when the clocks skip them all."""
    return _instant(week.zone, day, week.start), _instant(week.zone, _closing_day(week, day), week.end)


def _closing_day(week: WorkWeek, day: date) -> date:
    return day if week.start < week.end else day + timedelta(days=1)


def _clipped(week: WorkWeek, day: date, wall: time) -> datetime:
    """UTC instant of a wall time in the hours of `day`: moved to their start or last minute when it is outside them."""
    opening, closing = _hours(week, day)
    after_midnight = _closing_day(week, day) > day and wall < week.end
    moment = _instant(week.zone, day + timedelta(days=1) if after_midnight else day, wall)
    return max(opening, min(moment, closing - _LAST_MOMENT))


def _instant(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """UTC instant of a wall time: the first when it comes twice, the first moment after the gap when the clocks skip it."""
    local = datetime.combine(day, wall.replace(fold=0), zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(zone, local.replace(fold=1).astimezone(UTC), instant)


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Second at which the clocks go forward between two instants, found by halving.

    A skipped wall time read with the offset of after the gap lies before it, and the other way round: these are the two ends.
    """
    early, late = int(before.timestamp()), int(after.timestamp())
    offset = before.astimezone(zone).utcoffset()
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return datetime.fromtimestamp(late, UTC)
