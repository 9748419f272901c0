"""All days said in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.words.days.finder import Candidate, candidates
from bot.domain.words.days.foreign import phrases
from bot.domain.words.days.grammar import Sense
from bot.domain.words.days.holidays_by_name import numbered
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.surety import Surroundings
from bot.domain.words.days.tokens import tokens_of
from bot.domain.words.days.vocabulary import OWN_TABLES, vocabulary

LOOKED_AT = 8_000
"""Characters of a text in which days are looked for: some 1,300 words; a day said later is part of a story."""

_DUE = frozenset({Kind.BY, Kind.UNTIL, Kind.AGO_BEFORE, Kind.DONE_BY, Kind.DUE_AFTER})
_SINCE = frozenset({Kind.SINCE, Kind.FROM})
_OF_A_VISIT = re.compile(
    r"\b(?:visit|meeting|call|notes?|minutes|update|session|chat|lunch|workshop|demo|review|feedback|summary|report|recap|termin|besuch|gespräch|bericht)\s+$",
    re.IGNORECASE,
)


_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_CAPITAL = re.compile(r"\s+[A-Z]")


_NEAR = 30
"""Characters before a day that tell what it is of."""


@dataclass(frozen=True)
class DateFound:
    """Words of a day, from character `start` up to, not including, `end`, with the on or by that leads to them and the time of day.

    `day` is None where they mean no one day, or one that can't be; then `doubt` asks, in plain words. `sure` is false where the words
    may be something else than a day. `last` is the last day of a range, of which `day` is the first.
    """

    start: int
    end: int
    day: date | None
    doubt: str = ""
    sure: bool = True
    last: date | None = None
    due: bool = False
    """Whether “by”, “before” or the like stands before it."""


def find_dates(text: str, *, today: date, locale: str, country: str = "", past: bool = True) -> tuple[DateFound, ...]:
    """All days said in the first 8,000 characters of a text, in order, none over another.

    `today` is the day where the person is; `locale` (en-GB, de) decides what 3/4 means and which languages are read: its own and English.
    Holidays are those of `country`, or of the locale's. `past` is for what has happened: a day without a year is the last such one, one that
    is still to come is in doubt, and what something is due by, or goes on since, is left out. Without it a day without a year is the
    next one, and the end of a week its Friday.
    """
    text = text[:LOOKED_AT]
    language, *rest = re.split(r"[-_]", locale)
    where = (country or (rest[-1] if rest else "")).partition("-")[0].upper()
    sense = Sense(today, locale, past, where)
    own = language.lower()
    known = () if own in OWN_TABLES else phrases(text, own, today)
    tokens = tokens_of(text, vocabulary(own, numbered(where, today)[0]), known)
    around = Surroundings(text, tokens, sense)
    found = candidates(tokens, text, sense)
    told = _without_names([_found(one, around) for one in found if not (past and _is_left_out(one, around))], text)
    return tuple(one for one in told if one.sure or not text[one.start : one.end].isdigit())


def _without_names(told: list[DateFound], text: str) -> list[DateFound]:
    """“Today Translations yesterday”: of days beside one another, one that a name may begin with isn't sure."""
    named = {one.start for one in told if _NAME.fullmatch(text, one.start, one.end) and _CAPITAL.match(text, one.end)}
    others = any(one.sure and one.start not in named for one in told)
    return [replace(one, sure=one.sure and not (others and one.start in named)) for one in told]


def _is_left_out(one: Candidate, around: Surroundings) -> bool:
    """Tell when something is due, or goes on since, from when it happened."""
    if one.leads & _DUE:
        return True
    if not one.leads & _SINCE or one.said.last:
        return False
    if Kind.SINCE in one.leads:
        return True
    start = around.tokens[one.start].start
    of_a_visit = _OF_A_VISIT.search(around.text, max(0, start - _NEAR), start)
    return one.start > 0 and not (of_a_visit or around.is_meetings(one))


def _found(one: Candidate, around: Surroundings) -> DateFound:
    start, end = around.tokens[one.start].start, around.tokens[one.end - 1].end
    said = one.said
    return DateFound(start, end, said.day, said.doubt, around.sure(one), said.last, bool(one.leads & _DUE))
