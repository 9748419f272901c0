"""Patterns over a row of tokens, written with the names of kinds: `count unit ago`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.reckoning import WEEKDAYS, told
from bot.domain.words.days.tokens import Token

_SEVERAL = {
    "count": "dDna",
    "day": "do",
    "number": "dn",
    "month": "Mm",
    "weekday": "Ww",
    "turn": "leciqb",
    "glue": "jTztFO",
    "about": "~@z",
    "then": ",-",
    "to": "Ou&-",
    "numeric": "12",
}
"""Names in patterns that stand for any of several kinds."""

_KIND_NAMES = {kind.name.lower(): re.escape(kind.value) for kind in Kind} | {name: f"[{kinds}]" for name, kinds in _SEVERAL.items()}
_NAME = re.compile(r"([a-z_]+)(\d*)")


@dataclass(frozen=True)
class Sense:
    """What words for days are understood with. `past`: of a visit that has been; else of something due."""

    today: date
    locale: str
    past: bool
    country: str = ""

    @property
    def asks(self) -> str:
        """The question that ends a doubt."""
        return "Which day was it?" if self.past else "Which day is it?"


@dataclass(frozen=True)
class Said:
    """What words say: a day, or a doubt. `span` where they say no single day: such are often part of a story."""

    day: date | None
    doubt: str = ""
    last: date | None = None
    sure: bool = True
    span: bool = False
    weekday: int | None = None
    """The weekday where that is all that was said."""


@dataclass(frozen=True)
class Found:
    """A pattern that matched a row of tokens."""

    match: re.Match[str]
    tokens: Sequence[Token]
    text: str

    def has(self, name: str) -> bool:
        """Tell whether the name is in the pattern, and matched."""
        return name in self.match.re.groupindex and self.match[name] is not None

    def token(self, name: str) -> Token:
        """The token of a name that is there."""
        return self.tokens[self.match.start(name)]

    def value(self, name: str, default: int = 0) -> int:
        """The number of a name's token."""
        return self.token(name).value if self.has(name) else default

    @property
    def words(self) -> str:
        """The words matched, as typed."""
        return " ".join(self.text[self.tokens[self.match.start()].start : self.tokens[self.match.end() - 1].end].split())


Reading = Callable[[Found, Sense], Said | None]
"""What a pattern's words say; None where they say nothing after all."""


@dataclass(frozen=True)
class Rule:
    """A pattern, and how what matches it is read."""

    pattern: re.Pattern[str]
    read: Reading


def rule(pattern: str, read: Reading) -> Rule:
    """A rule by a pattern of names; where one stands twice, the first is the one that is asked for, unless digits tell them apart."""
    known: set[str] = set()

    def named(match: re.Match[str]) -> str:
        kinds, first = _KIND_NAMES[match[1]], match[0] not in known
        known.add(match[0])
        return f"(?P<{match[0]}>{kinds})" if first else f"(?:{kinds})"

    return Rule(re.compile(_NAME.sub(named, pattern).replace(" ", "")), read)


def on(day: date | None, sense: Sense) -> Said | None:
    """The day that is said, or the doubt of one that hasn't been yet."""
    if day is None:
        return None
    if sense.past and day > sense.today:
        return Said(None, f"{told(day)} is still to come. {sense.asks}")
    return Said(day)


def fitting(said: Said | None, day: date | None, weekday: int | None, sense: Sense) -> Said | None:
    """The day said, in doubt where the weekday said with it isn't its own."""
    if said is None or day is None or weekday is None or day.weekday() == weekday:
        return said
    return Said(None, f"{told(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}. {sense.asks}")


def vague(found: Found, sense: Sense) -> Said:
    """Words that say no single day."""
    return Said(None, f"“{found.words}” is no single day. {sense.asks}", span=True)


def due_in_span(found: Found, day: date | None, sense: Sense) -> Said | None:
    """A span: no single day of a visit, and for something due the day given."""
    if sense.past:
        return vague(found, sense)
    return Said(day, span=True) if day else None
