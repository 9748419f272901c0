"""The words for days in a language, as dateparser knows them, made into patterns to look for in running text.

dateparser reads a phrase well once it is known to be a date; in running text it takes “may”, “six weeks” or “second” for one. So
what can be a date is looked for here, by shape, and only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_WEEKDAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_DAYS_PAST = ("0 day ago", "1 day ago", "2 day ago", "1 week ago", "1 month ago")
_DAYS_TO_COME = ("in 1 day", "in 2 day", "in 1 week", "in 1 month")
_UNITS = ("minute", "hour", "day", "week", "month", "year")
_ANY_NUMBER = r"(\d++[.,]?\d*+)"
_NOT_DATES = {"till date"}
_MORE_DAYS = {"en": ("this morning", "this afternoon", "this evening", "tonight", "last night")}
_PART_OF_DAY = {"en": "morning|afternoon|evening|night"}

_ON = {"en": r"on(?:\s+the)?|the", "de": "am|den|vom", "fr": "le", "es": "el"}
_BY = {
    "en": r"by(?:\s+the)?|before|until|till|due(?:\s+(?:by|on))?|no\s+later\s+than",
    "de": r"bis(?:\s+zum)?|vor(?:\s+dem)?|spätestens(?:\s+am)?",
    "fr": r"avant(?:\s+le)?|d'ici(?:\s+(?:le|à))?|jusqu'(?:à|au)",
    "es": r"antes\s+del?|hasta(?:\s+el)?|para(?:\s+el)?",
}
_SINCE = {"en": "since|from", "de": "seit|ab", "fr": "depuis|dès", "es": "desde"}
_NEXT = {"en": "next", "de": r"nächste[nr]?|kommende[nr]?", "fr": "prochain", "es": r"próximo"}
_LAST = {"en": "last|past|previous", "de": r"letzte[nr]?|vergangene[nr]?|vorige[nr]?", "fr": "dernier|passé", "es": "pasado|último"}
_THIS = {"en": "this", "de": "diese[nr]?", "fr": "ce", "es": "este"}
_NO_DAY = {"en": "every|each|per|any|most|black|good|cyber|easter|super|ash", "de": "jede[nr]?", "fr": "chaque", "es": "cada"}
_NEVER = "(?!)"


@dataclass(frozen=True)
class Words:
    """A language's words for days: names with their numbers (months from 1, weekdays from 0 for Monday), and patterns of phrases.

    `days` and `days_to_come` are phrases that dateparser reads. `on`, `by` and `since` are what stands before a day; `next`, `last`
    and `this` what stands beside a weekday; `no_day` what makes a weekday something else (every Friday, Black Friday).
    """

    language: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    days: str
    days_to_come: str
    on: str
    by: str
    since: str
    next: str
    last: str
    this: str
    no_day: str


@lru_cache(maxsize=64)
def words_of(language: str) -> Words:
    """Words of a language by its ISO 639 code, which must be one of `languages`."""
    info = _info(language)
    part = f"(?:\\s+(?:{_PART_OF_DAY[language]}))?" if language in _PART_OF_DAY else ""
    days = [_phrase(one) + part for one in _fixed(info, _DAYS_PAST)] + [_phrase(one) for one in _MORE_DAYS.get(language, ())]
    coming = [_phrase(one) + part for one in _fixed(info, _DAYS_TO_COME)]
    return Words(
        language,
        months=_numbered(info, _MONTHS, first=1),
        weekdays={name: number for name, number in _numbered(info, _WEEKDAYS, first=0).items() if _is_weekday(name, language)},
        short_weekdays=_SHORT_WEEKDAYS if language == "en" else {},
        days=any_of([*days, *_counted(info, r"\1 {} ago")]),
        days_to_come=any_of([*coming, *_ahead(info, language)]),
        on=_ON.get(language, _NEVER),
        by=_BY.get(language, _NEVER),
        since=_SINCE.get(language, _NEVER),
        next=_NEXT.get(language, _NEVER),
        last=_LAST.get(language, _NEVER),
        this=_THIS.get(language, _NEVER),
        no_day=_NO_DAY.get(language, _NEVER),
    )


def languages(locale: str) -> tuple[str, ...]:
    """Codes of the languages that somebody with this locale (en-GB, de_AT, fr) may type days in: their own, and English."""
    own = re.split(r"[-_]", locale.lower())[0]
    return ("en",) if own == "en" or own not in _known() else (own, "en")


@lru_cache(maxsize=64)
def month_first(locale: str) -> bool:
    """Tell whether 3/4 is the fourth of March: in the United States and where the year goes first, not in the rest of the world."""
    language, *rest = re.split(r"[-_]", locale)
    language = language.lower()
    if language not in _known():
        return False
    order = _info(language, rest[-1].upper() if rest else "").get("date_order", "DMY")
    return order == "MDY" or (order == "YMD" and language in {"ja", "ko", "zh", "hu"})


def any_of(patterns: Iterable[str]) -> str:
    """Join patterns into one that matches any of them, the longest first; with none, one that matches nothing."""
    return "|".join(sorted(set(patterns), key=len, reverse=True)) or _NEVER


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    from dateparser.data.languages_info import language_order  # noqa: PLC0415 - a third of a second, wanted only once somebody types

    return frozenset(language_order)


def _info(language: str, region: str = "") -> dict[str, Any]:
    """What dateparser knows of a language, as it is used in a region where that is known too."""
    from dateparser.data.languages_info import language_locale_dict  # noqa: PLC0415
    from dateparser.languages.loader import default_loader  # noqa: PLC0415

    locale = f"{language}-{region}"
    info: dict[str, Any] = default_loader.get_locale(locale if locale in language_locale_dict[language] else language).info
    return info


def _numbered(info: Mapping[str, Any], keys: Iterable[str], first: int) -> dict[str, int]:
    """Names of three letters or more: shorter ones are other words too (so, do, we)."""
    return {name.lower(): number for number, key in enumerate(keys, first) for name in info.get(key, ()) if len(name) >= 3}


def _fixed(info: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """Phrases for a day or a span back or ahead that have no number in them; abbreviations (last wk) are left out."""
    phrases = [phrase for key in keys for phrase in info.get("relative-type", {}).get(key, ())]
    return [one for one in phrases if one not in _NOT_DATES and _is_spelled_out(one)]


def _is_spelled_out(phrase: str) -> bool:
    *before, last = phrase.split()
    return not last.isascii() or len(last) >= (4 if before else 3)


def _is_weekday(name: str, language: str) -> bool:
    """Full names only: short ones are words (die, mit, mar), and so are the Portuguese ordinals that stand for weekdays."""
    return (len(name) >= 5 or not name.isascii()) and (language != "pt" or "feira" in name or name in {"sábado", "domingo"})


def _counted(info: Mapping[str, Any], key: str) -> list[str]:
    """Patterns for so many days, weeks or months back or ahead, the number in digits or as a word."""
    singles = [pair for group in info.get("simplifications", ()) for pair in group.items()]
    numbers = [word for word, digits in singles if str(digits).isdigit() and word.replace("'", "").isalpha()]
    number = rf"(?:\d{{1,3}}|{any_of(map(re.escape, numbers))})"
    patterns = [one for unit in _UNITS for one in info.get("relative-type-regex", {}).get(key.format(unit), ())]
    whole = [one.replace(_ANY_NUMBER, "\0") for one in patterns]
    return [re.sub(r"\s+", r"\\s+", one).replace("\0", number) for one in whole if re.search(r"\0 (?:\w{3,}|an\b)", one)]


def _ahead(info: Mapping[str, Any], language: str) -> list[str]:
    counted = _counted(info, r"in \1 {}")
    within = [rf"within(?:\s+the\s+next)?{one.removeprefix('in')}" for one in counted if language == "en" and one.startswith("in")]
    return [*counted, *within]


def _phrase(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
