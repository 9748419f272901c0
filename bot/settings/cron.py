"""A time that comes again, written as cron's five fields."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from bot.settings.values import Weekday, wrong

_MONTHS = tuple(name.lower() for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
_DAYS = tuple(day.value for day in Weekday)
_EXAMPLE = "Minute, hour, day of the month, month, day of the week by name: 0 15 * * thu is Thursdays at 15:00"
_LAST = "last"
_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days that a month has every year."""


class _Field(NamedTuple):
    """One of the five: its `first` and `last` number, and the `names` that may stand for them, counted from `first`."""

    label: str
    first: int
    last: int
    names: tuple[str, ...] = ()
    numbers: bool = True


_DAY = _Field("day of the month", 1, 31)
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _DAY,
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 6, _DAYS, numbers=False),
)


class Cron(str):
    """A checked cron expression, in lower case; as text it is what APScheduler's `CronTrigger.from_crontab` takes.

    Five fields: minute, hour, day of the month, month, day of the week; each `*`, `*/step`, a value, `from-to`, `from-to/step`, or
    several of these with commas. It is due when **all** five hold, as in APScheduler (Unix cron takes *either* of the day fields
    when both are given). Days of the week go by name, Monday first. The day of the month may be `last`; a 29th, 30th or 31st that one
    of its months lacks is refused, for it would skip that month without a word. The wall clock it's read on is the schedule's business.

    `Cron(text)` raises `PydanticCustomError`, a `ValueError`, that says which field is wrong and what is allowed.
    """

    __slots__ = ("days", "hours", "last", "minutes", "months", "weekdays")
    minutes: frozenset[int]
    """0 to 59."""
    hours: frozenset[int]
    """0 to 23."""
    days: frozenset[int]
    """1 to 31."""
    last: bool
    """Whether the month's last day counts, whichever number it has."""
    months: frozenset[int]
    """1 to 12."""
    weekdays: frozenset[int]
    """0, Monday, to 6, Sunday, as `datetime.weekday()` has it."""

    def __new__(cls, text: str) -> Self:
        """Parse and check `text`."""
        parts = text.lower().split()
        if len(parts) != len(_FIELDS):
            raise wrong(f"“{text}” has {len(parts)} fields; cron has 5", _EXAMPLE)
        cron = super().__new__(cls, " ".join(parts))
        days = parts[2].split(",")
        cron.last = _LAST in days
        numbered = [part for part in days if part != _LAST]
        texts = [numbered if field == _DAY else part.split(",") for part, field in zip(parts, _FIELDS, strict=True)]
        values = [_values(text, field) for text, field in zip(texts, _FIELDS, strict=True)]
        cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays = values
        for part in numbered:
            _require_in_every_month(part, cron)
        return cron

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^\s*\S+(\s+\S+){4}\s*$", "examples": ["0 15 * * thu"]}


def _require_in_every_month(part: str, cron: Cron) -> None:
    """A day that one of its months lacks would leave that month out without a word."""
    day = min(_span(part, _DAY))
    short = [month for month in sorted(cron.months) if _SHORTEST[month - 1] < day]
    if short:
        lacking = " and ".join(
            filter(None, (", ".join(calendar.month_name[month] for month in short[:-1]), calendar.month_name[short[-1]]))
        )
        years = " in most years" if (day, short) == (29, [2]) else ""
        problem = f"day {day} would skip {lacking}{years}; the last day of each month is written “{_LAST}”"
        fields = str(cron).split()
        fields[2] = _LAST
        raise wrong(problem, f"Write {' '.join(fields)}, or a day that each of its months has")


def _values(parts: list[str], field: _Field) -> frozenset[int]:
    return frozenset(number for part in parts for number in _span(part, field))


def _span(part: str, field: _Field) -> range:
    """The numbers that one comma-separated part of a field stands for."""
    match = re.fullmatch(r"(\*|\w+)(?:-(\w+))?(?:/(\d+))?", part)
    if match is None or (match[1] == "*" and match[2]):
        raise wrong(f"“{part}” can't be a {field.label}", _allowed(field))
    first = field.first if match[1] == "*" else _number(match[1], field)
    last = field.last if match[1] == "*" else _number(match[2] or match[1], field)
    if last < first:
        raise wrong(f"“{part}” goes backwards as a {field.label}", f"Write it as two parts with a comma. {_allowed(field)}")
    return range(first, last + 1, _step(part, match, field, last - first))


def _step(part: str, match: re.Match[str], field: _Field, span: int) -> int:
    """APScheduler knows steps only for numbers, and none wider than what they step over."""
    if match[3] is None:
        return 1
    named = match[1] in field.names or (match[1] == "*" and not field.numbers)
    if named or (match[1] != "*" and match[2] is None) or not 1 <= int(match[3]) <= span:
        raise wrong(f"“{part}” has a step that can't be taken as a {field.label}", _allowed(field))
    return int(match[3])


def _number(text: str, field: _Field) -> int:
    if text in field.names:
        return field.first + field.names.index(text)
    number = text.isascii() and text.isdecimal()
    if number and not field.numbers:
        problem = f"“{text}” is a day of the week by number: 0 is Sunday in Unix cron and Monday in this program's scheduler"
        raise wrong(problem, _allowed(field))
    if not number or not field.first <= int(text) <= field.last:
        raise wrong(f"“{text}” can't be a {field.label}", _allowed(field))
    return int(text)


def _allowed(field: _Field) -> str:
    names = ", ".join(field.names)
    if not field.numbers:
        return f"Allowed: *, {names}; with - for a span and , between several"
    numbers = f"*, {field.first} to {field.last}{f', {names}' if names else ''}"
    last = f", {_LAST} (by itself)" if field == _DAY else ""
    return f"Allowed: {numbers}{last}; with - for a span, /n for every n-th and , between several"
