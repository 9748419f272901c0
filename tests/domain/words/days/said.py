"""What is found in a text on Wednesday, 25 November 2026."""

from datetime import date

from bot.domain.words.typed_dates import DateFound, find_dates

WEDNESDAY = date(2026, 11, 25)
ASKS = None
"""In place of a day: the words are a day's, and the form must ask which."""


def found(text: str, locale: str = "en-GB", *, past: bool = True, today: date = WEDNESDAY) -> list[DateFound]:
    """The days that are surely meant."""
    return [one for one in find_dates(text, today=today, locale=locale, past=past) if one.sure]


def days(text: str, locale: str = "en-GB", *, past: bool = True, today: date = WEDNESDAY) -> list[str | None]:
    """The days as month-day, or with their year where that isn't 2026; None for one that is asked about."""
    return [_short(one) for one in found(text, locale, past=past, today=today)]


def expected(said: str) -> list[str | None]:
    """The days of a table's column: ? for one that is asked about, - for none."""
    return [ASKS if one == "?" else one for one in said.split(",") if one != "-"]


def _short(one: DateFound) -> str | None:
    if one.day is None:
        assert one.doubt, "where no day is given, a question is"
        return ASKS
    return one.day.isoformat().removeprefix("2026-")
