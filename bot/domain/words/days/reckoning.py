"""Reckoning with days: weeks begin on Monday, months have ends."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAY, WEEK, MONTH, QUARTER, YEAR, WEEKEND, WORKDAY, HOUR, FORTNIGHT = range(9)
"""Units of time, as vocabularies number them; ten more is two of them."""


def a_day(year: int, month: int, day: int) -> date | None:
    """The day, within a century or so of ours; None when there is none such."""
    if not (1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def ahead(day: date, days: int) -> date | None:
    """So many days ahead, or back; None out of our centuries."""
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        return None
    return moved if 1900 <= moved.year <= 2199 else None


def months_ahead(day: date, months: int) -> date | None:
    """The same day so many months ahead, or back; the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1900 <= year <= 2199:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def span_ahead(day: date, count: int, unit: int) -> date | None:
    """So many units ahead, or back: hours are the same day, weekdays leave weekends out."""
    if unit >= 10:
        count, unit = 2 * count, unit - 10
    if unit == WORKDAY:
        return _workdays_ahead(day, count)
    if unit in (MONTH, QUARTER, YEAR):
        return months_ahead(day, count * {MONTH: 1, QUARTER: 3, YEAR: 12}[unit])
    return ahead(day, count * {DAY: 1, WEEK: 7, WEEKEND: 7, HOUR: 0, FORTNIGHT: 14}[unit])


def _workdays_ahead(day: date, count: int) -> date | None:
    if abs(count) > 500:
        return None
    step = 1 if count > 0 else -1
    while count:
        day += timedelta(days=step)
        count -= step if day.weekday() < 5 else 0
    return day


def weekday_before(today: date, weekday: int) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)


def weekday_after(today: date, weekday: int) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def in_week(today: date, weeks: int, weekday: int) -> date:
    """The weekday of the week so many ahead of this one."""
    return today + timedelta(days=7 * weeks + weekday - today.weekday())


def of_iso_week(today: date, week: int, weekday: int, *, past: bool, year: int = 0) -> date | None:
    """The weekday of a week by its number; with no year, the last one that has begun, or the next that hasn't ended."""
    for one in (year,) if year else (today.year, today.year - 1 if past else today.year + 1):
        try:
            monday = date.fromisocalendar(one, week, 1)
        except ValueError:
            continue
        if year or (monday <= today if past else monday + timedelta(days=6) >= today):
            return monday + timedelta(days=weekday)
    return None


def month_of(today: date, months: int) -> tuple[int, int]:
    """Year and month of the month so many ahead of this one."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def last_of_month(year: int, month: int) -> date | None:
    """The last day of a month."""
    return a_day(year, month, calendar.monthrange(year, month)[1]) if 1900 <= year <= 2199 else None


def end_of(unit: int, today: date, turns: int) -> date | None:
    """The end of the unit so many ahead of this one: of a week it is Friday, and of this week the next one from Saturday on."""
    if unit in (WEEK, WEEKEND):
        friday = in_week(today, turns, 4)
        return friday if friday >= today or turns < 0 else friday + timedelta(days=7)
    if unit == DAY:
        return ahead(today, turns)
    length = {MONTH: 1, QUARTER: 3, YEAR: 12}.get(unit, 1)
    months = (today.month - 1) // length * length + length * (turns + 1) - today.month
    return last_of_month(*month_of(today, months))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches, by Gauss' rule as amended for the Gregorian calendar."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    back = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (back + 40) // 44
    return date(year, month, back + 28 - 31 * (month // 4))


def told(day: date) -> str:
    """The day as people write it: 20 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
