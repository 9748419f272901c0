"""The day somebody means in what they typed. Pure: today is passed in, as it is where the person is."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.words.date_words import Words, any_of, languages, month_first, words_of
from bot.domain.words.days.finding import DateFound, find_dates

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

__all__ = ["LOOKED_AT", "DateFound", "FoundDate", "find_date", "find_dates"]

LOOKED_AT = 2_000
"""Characters of a text that are looked at; a day said later is part of a story."""

_CURLY = str.maketrans("’‘ʼ´`", "'''''")
_BEFORE = r"(?<![\w.,/+$€£¥#:@\\-])(?<!\d\s)"
_AFTER = r"(?![\w/%@\\]|[:-](?!\s|$)|[.,]\d|'s?\b|\.\w)"
_NOT_A_COUNT = (
    r"(?!\s*(?:of|stars?|points?|cups?|people|persons?|users?|customers?|seats?|sites?|stores?|times|days?|weeks?|months?|years?|hours?|minutes?"
    r"|percent|licen[cs]es?|scores?|ratings?|majority|votes?)\b)"
)
_ISO = re.compile(_BEFORE + r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _AFTER)
_NUMBERS = re.compile(
    _BEFORE
    + r"(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2})|(?P<dot>\.))?"
    + _AFTER
    + _NOT_A_COUNT
)
_NO_DATE_BEFORE = re.compile(
    r"\b(?:v|version|release|build|section|chapter|score[ds]?|rat(?:ed|ing)|gave(?:\s+us)?|nps|csat|page|room)\s*:?\s*$",
    re.IGNORECASE,
)
_SHORT_YEAR = r"\s+[']?(?P<short>\d{2})(?=\s*(?:[:;,)\n]|\.?\s*$))"
"""Two digits are a year only where the words end with them: 20 Nov 26, but not 20 Nov 15 invoices."""

_PART_OF_DAY = r"(?:\s+(?-i:morning|afternoon|evening|night)\b)?"
_END_OF = re.compile(
    r"(?P<end>(?:the\s+)?end\s+of\s+(?:(?P<next>next)|the|this)?\s*(?P<unit>week|month|quarter|year))\b|\b(?P<short>eo[wmqy])\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A day, and where in the text it is said: from character `start` up to, not including, `end`."""

    day: date
    start: int
    end: int


@dataclass(frozen=True)
class _Reader:
    """What a day's words are read with."""

    text: str
    today: date
    locale: str
    past: bool
    words: Words


def find_date(text: str, *, today: date, locale: str, past: bool) -> FoundDate | None:
    """Find the day said in `text`: the first one, or the first that something is due by; None when none is.

    `today` is the day where the person is; `locale` (en-GB, de) decides what 3/4 means and which languages are read: its own and
    English. `past` is for what has happened: a day without a year is the last such one, words for days to come (tomorrow, next Friday)
    are passed over, and so are days after “by”, “until” or “before”, which is when something is due. Without it a day without a year
    is the next such one; next Friday is the Friday of next week. A word or number that only may be a date (may, sun, 1.2) isn't one.
    """
    plain = text[:LOOKED_AT].translate(_CURLY)
    found: list[tuple[bool, FoundDate]] = []
    for language in languages(locale):
        found += _whole(_Reader(plain, today, locale, past, words_of(language)))
    ranked = sorted(found, key=lambda one: (not one[0], one[1].start, -one[1].end))
    return ranked[0][1] if ranked else None


def _whole(reader: _Reader) -> Iterator[tuple[bool, FoundDate]]:
    """Days said, with the “on” or “by” that belongs to them, and whether it is one by which something is due."""
    words = reader.words
    for found in (*_numeric(reader), *_named(reader), *_weekdays(reader), *_relative(reader), *_ends(reader)):
        before = reader.text[: found.start]
        due = re.search(rf"\b(?:{words.by})\s+$", before, re.IGNORECASE)
        since = re.search(rf"\b(?:{words.since})\s+(?:the\s+)?$", before, re.IGNORECASE)
        if reader.past and (due or since):
            continue
        led = due or re.search(rf"\b(?:{words.on})\s+$", before, re.IGNORECASE)
        yield bool(due), FoundDate(found.day, led.start() if led else found.start, found.end)


def _numeric(reader: _Reader) -> Iterator[FoundDate]:
    """2026-11-20, 3/4, 3/4/2026 and, outside English, 3.4."""
    for match in _ISO.finditer(reader.text):
        if day := _day(int(match["year"]), int(match["month"]), int(match["day"])):
            yield FoundDate(day, *match.span())
    for match in _NUMBERS.finditer(reader.text):
        if _is_date_shaped(match, reader) and (day := _either_way(match, reader)):
            yield FoundDate(day, match.start(), match.start("dot") if match["dot"] and match["sign"] == "/" else match.end())


def _is_date_shaped(match: re.Match[str], reader: _Reader) -> bool:
    """Tell a date from a fraction, a version, a score and a share of the week."""
    sign, year, english = match["sign"], match["year"] or "", reader.words.language == "en"
    if _NO_DATE_BEFORE.search(reader.text, max(0, match.start() - 30), match.start()) or match[0] in {"24/7", "7/24"}:
        return False
    if sign == "/":
        return match["dot"] is None or match.end() >= len(reader.text.rstrip())
    if sign == "-":
        return len(year) == 4
    return len(year) == 4 or (not english and bool(year or match["dot"]))


def _either_way(match: re.Match[str], reader: _Reader) -> date | None:
    """Read day and month in the locale's order, or in the other where that makes no date."""
    one, two = int(match["one"]), int(match["two"])
    orders = [(one, two), (two, one)] if month_first(reader.locale) else [(two, one), (one, two)]
    days = (_in_year(match["year"], month, day, reader) for month, day in orders)
    return next((day for day in days if day), None)


def _named(reader: _Reader) -> Iterator[FoundDate]:
    """12 March, Mar 12, the 12th of March 2026, Friday 12 March."""
    words = reader.words
    month = any_of(map(re.escape, words.months))
    weekday = any_of(map(re.escape, (*words.weekdays, *words.short_weekdays)))
    led = rf"(?:(?:{weekday})\.?,?\s+(?:the\s+|den\s+)?)?"
    year = rf"(?:,?\s+(?:del?\s+)?(?P<year>\d{{4}})|{_SHORT_YEAR})?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?!\d)"
    for shape in (
        rf"{led}{day}\s*(?:of\s+|de\s+)?(?P<month>{month})\b\.?{year}",
        rf"{led}(?P<month>{month})\.?\s+(?:the\s+)?{day}{year}",
    ):
        for match in re.finditer(_BEFORE + shape + _AFTER + _NOT_A_COUNT, reader.text, re.IGNORECASE):
            said = _in_year(match["year"] or match["short"], words.months[match["month"].lower()], int(match["day"]), reader)
            if said and not _is_verb(match, reader.text):
                yield FoundDate(said, match.start(), match.end() - (match[0].endswith(".") and match["year"] is None))


def _is_verb(match: re.Match[str], text: str) -> bool:
    """Tell “of 20, 12 may leave” and “march 12 people in” from dates: small letters, no year, and a word goes on."""
    if match["month"] not in {"may", "march"} or match["year"] or match["short"]:
        return False
    return re.match(r"\s+(?!(?:with|at|in|and|for|about|by|on|to)\b)[a-z]", text[match.end() :]) is not None


def _weekdays(reader: _Reader) -> Iterator[FoundDate]:
    """Friday, on Friday, last Friday, next Friday, Friday last week, vendredi dernier."""
    words = reader.words
    turns = rf"(?P<next>{words.next})|(?P<last>{words.last})|(?P<this>{words.this})"
    of_week = r"(?:of\s+)?(?:(?P<week_last>last)|(?P<week_next>next)|(?P<week_this>this))\s+week"
    after = rf"(?P<after_next>prochain)|(?P<after_last>dernier|passé|pasado)|{of_week}"
    name = any_of(map(re.escape, (*words.weekdays, *words.short_weekdays)))
    shape = rf"{_BEFORE}(?:(?:{turns})\s+)?(?P<name>{name})(?:\s+(?:{after})\b)?{_PART_OF_DAY}{_AFTER}"
    for match in re.finditer(shape, reader.text, re.IGNORECASE):
        said = match["name"].lower()
        number = words.weekdays.get(said, words.short_weekdays.get(said, 0))
        if _is_weekday(match, reader) and (day := _on_weekday(number, match, reader)):
            yield FoundDate(day, *match.span())


def _turn(match: re.Match[str]) -> str:
    """Which of next, last and this is said of a weekday, before or after it; "" for none, and with “ week” for one of the calendar's."""
    for name in ("next", "last", "this"):
        if match.groupdict().get(f"week_{name}"):
            return f"{name} week"
        if match[name] or match.groupdict().get(f"after_{name}"):
            return name
    return ""


def _on_weekday(number: int, match: re.Match[str], reader: _Reader) -> date | None:
    """Weeks begin on Monday. Bare, it is the last such day before today, or the next one after it."""
    today, turn = reader.today, _turn(match)
    monday = today - timedelta(days=today.weekday())
    weeks = {"next": 1, "next week": 1, "this": 0, "this week": 0, "last week": -1}
    if turn in weeks:
        day = monday + timedelta(days=7 * weeks[turn] + number)
    elif turn == "last" or reader.past:
        day = today - timedelta(days=(today.weekday() - number) % 7 or 7)
    else:
        day = today + timedelta(days=(number - today.weekday()) % 7 or 7)
    return None if reader.past and day > today else day


def _is_weekday(match: re.Match[str], reader: _Reader) -> bool:
    """Tell a weekday from “every Friday”, “Black Friday”, “Sunday Times”, “sun” and “mon”."""
    before, after, name = reader.text[: match.start()], reader.text[match.end() :], match["name"]
    words = reader.words
    if re.search(rf"\b(?:{words.no_day})\s+$", before, re.IGNORECASE):
        return False
    led = _turn(match) or re.search(rf"\b(?:{words.by}|{words.on}(?<!the))\s+$", before, re.IGNORECASE)
    if name.lower() not in words.short_weekdays:
        return bool(led) or words.language != "en" or re.match(r"\s+[A-Z]", after) is None
    clear = name.lower().startswith(("tu", "th", "fr"))
    return bool(_turn(match)) or (name[0].isupper() and (clear or bool(led)))


def _relative(reader: _Reader) -> Iterator[FoundDate]:
    """Yesterday, three days ago, last week; in two weeks where days to come are meant."""
    words = reader.words
    phrases = words.days if reader.past else f"{words.days}|{words.days_to_come}"
    for match in re.finditer(rf"{_BEFORE}(?:{phrases})\b{_AFTER}", reader.text, re.IGNORECASE):
        phrase = re.sub(r"^within( the next)?\b", "in", " ".join(match[0].lower().split()))
        read = _parser(words.language, reader.today).get_date_data(phrase).date_obj
        if read is not None and _day(read.year, read.month, read.day) and (read.date() <= reader.today or not reader.past):
            yield FoundDate(read.date(), *match.span())


def _ends(reader: _Reader) -> Iterator[FoundDate]:
    """End of the week (its Friday), month, quarter or year, this one or the next, where days to come are meant."""
    for match in _END_OF.finditer(reader.text) if not reader.past and reader.words.language == "en" else ():
        unit = (match["unit"] or {"w": "week", "m": "month", "q": "quarter", "y": "year"}[match["short"][-1].lower()]).lower()
        yield FoundDate(_end_of(unit, reader.today, 1 if match["next"] else 0), *match.span())


def _end_of(unit: str, today: date, ahead: int) -> date:
    if unit == "week":
        friday = today + timedelta(days=4 - today.weekday() + 7 * ahead)
        return friday if friday >= today else friday + timedelta(days=7)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    months = today.year * 12 + (today.month - 1) // length * length + length * (ahead + 1) - 1
    year, month = divmod(months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _in_year(year: str | None, month: int, day: int, reader: _Reader) -> date | None:
    """Give the day in the year that is said (26 is 2026), else the nearest on the side that is meant: a 29 February may be years away."""
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    years = (reader.today.year + (-distance if reader.past else distance) for distance in range(9))
    days = (_day(one, month, day) for one in years)
    return next((one for one in days if one and (one <= reader.today if reader.past else one >= reader.today)), None)


def _day(year: int, month: int, day: int) -> date | None:
    """The day, within a century or so of ours; None when there is none such."""
    if not (1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


@lru_cache(maxsize=32)
def _parser(language: str, today: date) -> DateDataParser:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - a third of a second, wanted only once somebody types

    return DateDataParser(languages=[language], settings={"RELATIVE_BASE": datetime.combine(today, time(12))})
