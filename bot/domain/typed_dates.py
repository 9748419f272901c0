"""Finding the day somebody means in what they typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

_LOOK_AT = 40
"""Words that are looked at: a date that comes later is part of the story."""

_LONGEST = 4
_WORD = re.compile(r"[^\s,;()]+")
_NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})(?:[-/.](\d{2,4}))?\.?")
_DURATION = re.compile(
    r"\b(day|week|month|year|hour|minute|tag|woche|monat|jahr|jour|semaine|mois|ans?|d[ií]a|semana|mes|a[nñ]o)", re.IGNORECASE
)
_AGO = re.compile(r"\bago\b|^vor\b|^il y a\b|^hace\b", re.IGNORECASE)
_DUE = {"by", "until", "till", "before", "due", "bis", "avant", "antes"}
_PLAIN_WORDS = {
    "sun",
    "sat",
    "mon",
    "second",
    "now",
    "may",
    "march",
    "a",
    "an",
    "in",
    "at",
    "on",
    "to",
    "the",
    "we",
    "so",
    "do",
    "de",
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class FoundDate:
    """A day, and where in the text it is said: from character `start` up to, not including, `end`."""

    day: date
    start: int
    end: int


@dataclass(frozen=True)
class _Context:
    today: date
    locale: str
    past: bool


def find_date(text: str, *, today: date, locale: str, past: bool) -> FoundDate | None:
    """The first day said in `text`; None when none is.

    `today` is the day where the person is; `locale` (such as en-GB) decides what 3/4 means. With `past`, a day without a year or a
    week is the last such one, and days after “by” or “until” are passed over: they are when something is due, not when it happened.
    """
    words = list(_WORD.finditer(text))[:_LOOK_AT]
    context = _Context(today, locale, past)
    for first in range(len(words)):
        if past and first and words[first - 1].group().casefold() in _DUE:
            continue
        for length in range(min(_LONGEST, len(words) - first), 0, -1):
            start, end = words[first].start(), words[first + length - 1].end()
            said = text[start:end].rstrip(".:!?")
            day = _read(said, context)
            if day is not None:
                return FoundDate(day, start, start + len(said))
    return None


def _read(said: str, context: _Context) -> date | None:
    folded = said.casefold()
    for rule in (_weekday, _numeric):
        if (day := rule(folded, context)) is not None:
            return day
    return _by_library(said, context) if _worth_asking(folded) else None


def _weekday(folded: str, context: _Context) -> date | None:
    """Friday, on Friday, last Friday, this Friday, next Friday (dateparser knows neither last nor next)."""
    *lead, name = folded.split()
    matching = [number for number, weekday in enumerate(_WEEKDAYS) if len(name) >= 3 and weekday.startswith(name.rstrip("."))]
    full = name in _WEEKDAYS
    if len(lead) > 1 or len(matching) != 1 or (not full and not lead) or (lead and lead[0] not in {"on", "last", "this", "next"}):
        return None
    back = (context.today.weekday() - matching[0]) % 7
    word = lead[0] if lead else ""
    if word == "next":
        monday = context.today - timedelta(days=context.today.weekday())
        return monday + timedelta(days=7 + matching[0])
    if word == "last":
        return context.today - timedelta(days=back or 7)
    return context.today - timedelta(days=back) if context.past else context.today + timedelta(days=(-back % 7) or 7)


def _numeric(folded: str, context: _Context) -> date | None:
    """2026-11-20, 3/4, 3.4.2026: month first only where that is the custom."""
    found = _NUMERIC.fullmatch(folded)
    if not found:
        return None
    one, two, three = (int(part) if part else None for part in found.groups())
    if one is None or two is None:
        return None
    if len(found.group(1)) == 4:
        return _valid(one, two, three) if three else None
    if three is None and "/" not in folded and not folded.endswith("."):
        return None  # 3.4 is a version or an amount
    day, month = (
        (two, one) if context.locale.lower().startswith(("en-us", "en_us")) or context.locale.lower() == "en" else (one, two)
    )
    if three is not None:
        return _valid(three + 2000 if three < 100 else three, month, day)
    return _without_year(month, day, context)


def _valid(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _without_year(month: int, day: int, context: _Context) -> date | None:
    """The nearest such day on the side that is meant; a 29 February may be years away."""
    step = -1 if context.past else 1
    for distance in range(9):
        found = _valid(context.today.year + step * distance, month, day)
        if found is not None and (found <= context.today if context.past else found >= context.today):
            return found
    return None


def _worth_asking(folded: str) -> bool:
    """Whether words may be a date at all: the library is generous, and takes “second”, “may” or “six weeks” for one."""
    words = folded.split()
    if any(word in _PLAIN_WORDS for word in (words[0], words[-1])) and not any(sign.isdigit() for sign in folded):
        return False
    if _DURATION.search(folded):
        return bool(_AGO.search(folded))
    if any(sign.isdigit() for sign in folded):
        return ":" not in folded and _month_and_day(words)
    return len(words) <= 2 and len(folded) >= 4 and folded.replace(" ", "").isalpha()


def _month_and_day(words: list[str]) -> bool:
    """`12 march`, `march 12th`, `12 march 2026`: a word of letters beside a number of a day's size."""
    return any(
        one.rstrip(".").isalpha() and len(one) >= 3 and re.fullmatch(r"\d{1,2}(st|nd|rd|th)?\.?", two)
        for pair in pairwise(words)
        for one, two in (pair, pair[::-1])
    )


@lru_cache(maxsize=64)
def _parser(language: str, base: date, past: bool) -> Any:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - costs a third of a second

    settings = {
        "RELATIVE_BASE": datetime.combine(base, time(12)),
        "PREFER_DATES_FROM": "past" if past else "future",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    languages = ["en"] if language == "en" else [language, "en"]
    return DateDataParser(languages=languages, settings=settings)


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order  # noqa: PLC0415

    return frozenset(language_order)


def _by_library(said: str, context: _Context) -> date | None:
    language = re.split(r"[-_]", context.locale.lower())[0]
    found = _parser(language if language in _languages() else "en", context.today, context.past).get_date_data(said)
    said_ago = found.period in {"week", "month", "year"} and _AGO.search(said)
    if found.date_obj is None or not (found.period == "day" or said_ago):
        return None
    day: date = found.date_obj.date()
    return day
