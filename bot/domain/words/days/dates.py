"""Days by their date: 20 November, Nov 20th 2026, the 20th, 17-19 November, 20.11., 11月20日, am zwanzigsten elften."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.domain.words.date_words import month_first
from bot.domain.words.days.grammar import Found, Said, Sense, fitting, on, rule
from bot.domain.words.days.reckoning import MONTHS, a_day, ahead, month_of
from bot.domain.words.days.turns import turned

_LONG_AGO = 183
"""Days that a date may lie back in the year before where this year's is still to come."""


def in_month(number: int, weekday: int | None, sense: Sense, months: int | None = None) -> Said | None:
    """The day of a month that is said by its number alone: the last such day, or the next one for what is due; or of the month so many ahead."""
    if not 1 <= number <= 31:
        return None
    if months is not None:
        year, month = month_of(sense.today, months)
        return _checked(a_day(year, month, number), weekday, sense) or _no_such(number, month, sense)
    steps = range(0, -4, -1) if sense.past else range(4)
    days = [day for step in steps if (day := a_day(*month_of(sense.today, step), number))]
    reached = [day for day in days if (day <= sense.today if sense.past else day >= sense.today)]
    if not reached:
        return None
    return _checked(_weekdays_own(days[0], reached[0], weekday), weekday, sense)


def _weekdays_own(this_months: date, nearest: date, weekday: int | None) -> date:
    """The nearest such day, but this month's where that is the weekday said and the nearest isn't."""
    if weekday is not None and nearest.weekday() != weekday == this_months.weekday():
        return this_months
    return nearest


def in_year(month: int, number: int, sense: Sense, *, year: int = 0, weekday: int | None = None) -> Said | None:
    """The day by its date; with no year, one that is still to come this year is in doubt, unless last year's is much nearer."""
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    if year:
        return _checked(a_day(_whole(year), month, number), weekday, sense) or _no_such(number, month, sense)
    days = [day for one in _years(sense) if (day := a_day(one, month, number))]
    if not days:
        return _no_such(number, month, sense)
    return _checked(_nearest(days, sense), weekday, sense)


def _years(sense: Sense) -> list[int]:
    """The years a date may be of, the likeliest first: a 29 February may be eight away."""
    return [sense.today.year + (-distance if sense.past else distance) for distance in range(9)]


def _nearest(days: list[date], sense: Sense) -> date:
    if not sense.past:
        return next((day for day in days if day >= sense.today), days[0])
    gone = next((day for day in days if day <= sense.today), days[0])
    return gone if days[0] <= sense.today or (sense.today - gone).days <= _LONG_AGO else days[0]


def _whole(year: int) -> int:
    return year + 2000 if year < 100 else year


def _no_such(number: int, month: int, sense: Sense) -> Said | None:
    if not 1 <= month <= 12 or number > 31:
        return None
    return Said(None, f"There is no {number} {MONTHS[month - 1]} that year. {sense.asks}")


def _checked(day: date | None, weekday: int | None, sense: Sense) -> Said | None:
    """The day, in doubt where its weekday is another, or it is still to come."""
    return fitting(on(day, sense), day, weekday, sense)


def _dated(found: Found, sense: Sense) -> Said | None:
    month = found.value("month") or found.value("number2")
    number = found.value("day") or found.value("number")
    return in_year(month, number, sense, year=found.value("year") or found.value("digits"), weekday=_weekday(found))


def _weekday(found: Found) -> int | None:
    return next((found.value(name) for name in ("weekday", "weekday2") if found.has(name)), None)


def _spoken(found: Found, sense: Sense) -> Said | None:
    """“Am zwanzigsten elften”: the second is the month."""
    return in_year(found.value("nth2"), found.value("nth"), sense, weekday=_weekday(found))


def _of_turn(found: Found, sense: Sense) -> Said | None:
    months, unit = (found.value("turn_month"), 2) if found.has("turn_month") else turned(found)
    return in_month(found.value("day"), _weekday(found), sense, months) if unit == 2 else None


def _nth(found: Found, sense: Sense) -> Said | None:
    """A number alone is a day of the month; whether it is meant as one, its surroundings say."""
    number = found.value("nth") or found.value("digits") or found.value("number")
    return in_month(number, None, sense)


def _digits(found: Found, sense: Sense) -> Said | None:
    """“Am 20.” is a day of the month where on or by leads to it."""
    return in_month(found.value("digits"), None, sense)


def _two(found: Found, sense: Sense) -> Said | None:
    """17-19 November: the first day, and the last."""
    numbers = [int(one) for one in re.findall(r"\d+", found.token("two" if found.has("two") else "numeric").key)]
    return _ranging(numbers[0], numbers[1], found, sense) if len(numbers) == 2 else None


def _two_alone(found: Found, sense: Sense) -> Said | None:
    """20-11 is a date only where “on” leads to it."""
    key = found.token("two").key
    if key[-1].isalpha():
        one, two = (int(part) for part in re.findall(r"\d+", key))
        said = in_month(one, None, sense)
        return replace(said, last=ahead(said.day, two - one)) if said and said.day and one < two else said
    return numeric(key, sense) if re.fullmatch(r"\d+-\d+", key) else None


def _two_numbers(found: Found, sense: Sense) -> Said | None:
    return _ranging(found.value("day"), found.value("day2"), found, sense)


def _ranging(one: int, two: int, found: Found, sense: Sense) -> Said | None:
    if one >= two:
        return None
    said = in_year(found.value("month") or found.value("number2"), one, sense, year=found.value("year"))
    return replace(said, last=ahead(said.day, two - one)) if said and said.day else said


def _iso(found: Found, sense: Sense) -> Said | None:
    key = found.token("iso").key
    parts = re.findall(r"\d+", key) if not key.isdigit() else [key[:4], key[4:6], key[6:]]
    year, month, number = map(int, parts)
    said = in_year(month, number, sense, year=year, weekday=_weekday(found))
    return replace(said, sure=abs(year - sense.today.year) <= 1) if said and key.isdigit() else said


def _numeric(found: Found, sense: Sense) -> Said | None:
    return numeric(found.token("numeric").key, sense, _weekday(found))


def numeric(key: str, sense: Sense, weekday: int | None = None) -> Said | None:
    """3/4, 3.4.2026: day and month in the locale's order, or in the other where that makes no date."""
    parts = [int(one) for one in re.findall(r"\d+", key)]
    if len(parts) < 2:
        return None
    one, two, year = (*parts, 0)[:3]
    orders = [(one, two), (two, one)] if month_first(sense.locale) and "." not in key else [(two, one), (one, two)]
    likely = [(month, number) for month, number in orders if 1 <= month <= 12 and 1 <= number <= 31]
    if not likely or ("." in key and likely[0] != orders[0] and not (len(parts) == 3 and month_first(sense.locale))):
        return None
    said = in_year(*likely[0], sense, year=year, weekday=weekday)
    return replace(said, sure=_is_date_shaped(key, parts, sense)) if said else None


def _is_date_shaped(key: str, parts: list[int], sense: Sense) -> bool:
    """Tell what can only be a date from what may be a version or a score."""
    year_near = len(parts) == 3 and abs(_whole(parts[2]) - sense.today.year) <= 3
    if "/" in key:
        return len(parts) == 2 or year_near or parts[2] >= 1000
    if "-" in key:
        return year_near
    return year_near or (len(parts) == 2 and key.endswith("."))


def _parted(found: Found, sense: Sense) -> Said | None:
    """20 11 2026, as dictation writes it."""
    return numeric(f"{found.value('digits')}/{found.value('digits2')}/{found.value('year')}", sense)


def _numeric_span(found: Found, sense: Sense) -> Said | None:
    """17.-19.11. and 18./19.11.: the first day, and the last."""
    key = found.token("numeric_span").key
    parts = [int(one) for one in re.findall(r"\d+", key)]
    one, two, month, year = (*parts, 0)[:4]
    if re.match(r"\d+/", key):  # 11/17-19 has its month first
        one, two, month = two, month, one
    said = in_year(month, one, sense, year=year)
    return replace(said, last=ahead(said.day, two - one)) if said and said.day and two > one else said


_WEEKDAY = "(?:weekday (?:dot|apostrophe)? then? (?:glue|on|dot|the)*)?"
_AFTERWARDS = "(?:comma? open? weekday2 dot? close?)?"
_YEAR = "(?:(?:comma? glue?|dash|slash) (?:year|apostrophe? digits(?=[:;,)]|\\.?$)))?"
RULES = (
    rule(f"{_WEEKDAY} day dot? glue? the? month dot? {_YEAR} {_AFTERWARDS}", _dated),
    rule(f"{_WEEKDAY} month dot? comma? (?:the|on)? day dot? {_YEAR} {_AFTERWARDS}", _dated),
    rule(f"{_WEEKDAY} number glue? month dot? {_YEAR}", _dated),
    rule(f"{_WEEKDAY} nth nth2 (?:year)?", _spoken),
    rule(f"(?:year year_mark)? number2 month_mark glue? number day_mark {_AFTERWARDS}", _dated),
    rule(f"{_WEEKDAY} day dot? comma? (?:glue|the)* (?:turn unit|unit2 turn2|turn_month)", _of_turn),
    rule("(?:turn unit|unit2 turn2|turn_month) comma? (?:glue|on|the)* day dot? day_mark?", _of_turn),
    rule("nth", _nth),
    rule("day_mark digits", _nth),
    rule("digits dot?", _digits),
    rule("number day_mark", _nth),
    rule(f"two glue? month dot? {_YEAR}", _two),
    rule(f"month dot? two {_YEAR}", _two),
    rule(f"numeric glue? month dot? {_YEAR}", _two),
    rule(f"month dot? numeric {_YEAR}", _two),
    rule("two", _two_alone),
    rule(f"day dot? (?:to|or|slash) (?:glue|the)* day2 dot? glue? month dot? {_YEAR}", _two_numbers),
    rule(f"month dot? day (?:to|or|slash) the? day2 {_YEAR}", _two_numbers),
    rule(f"{_WEEKDAY} iso {_AFTERWARDS}", _iso),
    rule(f"{_WEEKDAY} numeric {_AFTERWARDS}", _numeric),
    rule("numeric_span", _numeric_span),
    rule("digits digits2 year", _parted),
    rule(f"day (?:comma digits)+ comma? to day2 dot? glue? month dot? {_YEAR}", _two_numbers),
)
