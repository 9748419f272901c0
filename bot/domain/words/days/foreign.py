"""Days in languages that have no table of their own: names and phrases as dateparser knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.words.date_words import Words, languages, words_of
from bot.domain.words.days.kinds import Kind

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_NEAR = 2
"""Days from today up to which words without a number name a day; further away they name a week or a month."""


def words_in(language: str) -> Words | None:
    """A language's names of months and weekdays, and its phrases; None where dateparser doesn't know it."""
    return words_of(language) if language in languages(language) and language != "en" else None


def phrases(text: str, language: str, today: date) -> Iterator[tuple[int, int, Kind, int]]:
    """Phrases such as há 3 dias: from where to where, and the kind and number of the token that each is."""
    if (pattern := _pattern(language)) is None:
        return
    for match in pattern.finditer(text):
        read = _parser(language, today).get_date_data(" ".join(match[0].lower().split())).date_obj
        if read is not None:
            days = (read.date() - today).days
            counted = abs(days) <= _NEAR or any(sign.isdigit() for sign in match[0])
            yield match.start(), match.end(), Kind.RELATIVE if counted else Kind.VAGUE, days


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str] | None:
    words = words_in(language)
    return re.compile(rf"(?<!\w)(?:{words.days}|{words.days_to_come})(?!\w)", re.IGNORECASE) if words else None


@lru_cache(maxsize=32)
def _parser(language: str, today: date) -> DateDataParser:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - a third of a second, wanted only once somebody types

    return DateDataParser(languages=[language], settings={"RELATIVE_BASE": datetime.combine(today, time(12))})
