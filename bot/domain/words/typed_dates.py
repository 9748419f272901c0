"""The day somebody means in what they typed. Pure: today is passed in, as it is where the person is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.words.days.finding import DateFound, find_dates

__all__ = ["LOOKED_AT", "DateFound", "FoundDate", "find_date", "find_dates"]

LOOKED_AT = 2_000
"""Characters of a text that one day is looked for in; a day said later is part of a story."""

_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")


@dataclass(frozen=True)
class FoundDate:
    """A day, and where in the text it is said: from character `start` up to, not including, `end`."""

    day: date
    start: int
    end: int


def find_date(text: str, *, today: date, locale: str, past: bool) -> FoundDate | None:
    """Find the day said in `text`: the first one, or the first that something is due by; None when none is, or it is in doubt.

    `today` is the day where the person is; `locale` (en-GB, de) decides what 3/4 means and which languages are read: its own and
    English. `past` is for what has happened; days are read as `find_dates` reads them. A word or number that only may be a date
    (may, sun, 1.2) isn't one.
    """
    found = find_dates(text[:LOOKED_AT], today=today, locale=locale, past=past)
    sure = [(one.day, one) for one in found if one.sure and one.day and not _begins_a_name(one, text)]
    ranked = sorted(sure, key=lambda one: (not one[1].due, one[1].start))
    return FoundDate(ranked[0][0], ranked[0][1].start, ranked[0][1].end) if ranked else None


def _begins_a_name(one: DateFound, text: str) -> bool:
    """Tell Sunday Times and Friday Night Lights from days."""
    return _NAME.fullmatch(text, one.start, one.end) is not None and re.match(r"\s+[A-Z]", text[one.end : one.end + 9]) is not None
