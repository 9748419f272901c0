"""All days in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.words.typed_dates import find_date


@dataclass(frozen=True)
class DateFound:
    """A day, or a question about one, and where it stands."""

    start: int
    end: int
    day: date | None
    doubt: str = ""
    sure: bool = True
    last: date | None = None


def find_dates(text: str, *, today: date, locale: str, country: str = "", past: bool = True) -> tuple[DateFound, ...]:  # noqa: ARG001 - until holidays are known
    """All of them, in order."""
    found: list[DateFound] = []
    start = 0
    while len(found) < 20 and (one := find_date(text[start:], today=today, locale=locale, past=past)):
        found.append(DateFound(start + one.start, start + one.end, one.day))
        start += one.end
    return tuple(found)
