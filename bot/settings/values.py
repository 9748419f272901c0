"""The kinds of value app.yaml is made of, each checked in words fit for whoever wrote it."""

from __future__ import annotations

import re
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from rapidfuzz import fuzz, process, utils


class Section(BaseModel):
    """A part of app.yaml: never changed after loading, and no key that isn't known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Weekday(StrEnum):
    """A day of the week, by name only: cron tools don't agree on what its number would be."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")  # people type either dash


class Hours(str):
    """Working hours on the wall clock of whoever works them, as text `09:00-17:30`: `start` before `end`, both naive.

    `Hours(text)` raises `PydanticCustomError`, a `ValueError`, for anything else.
    """

    __slots__ = ("end", "start")
    start: time
    end: time

    def __new__(cls, text: str) -> Self:
        """Parse and check `text`."""
        allowed = 'From-to on a 24-hour clock, in quotes, such as "09:00-17:30"'
        match = _HOURS.fullmatch(text.strip())
        if match is None or int(match[1]) > 23 or int(match[3]) > 23 or int(match[2]) > 59 or int(match[4]) > 59:
            raise wrong(f"“{text}” is not a span of hours", allowed)
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
        if start >= end:
            raise wrong(f"“{text}” ends before it starts", f"{allowed}; a shift past midnight can't be told")
        hours = super().__new__(cls, f"{start:%H:%M}-{end:%H:%M}")
        hours.start, hours.end = start, end
        return hours

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": _HOURS.pattern, "examples": ["09:00-17:30"]}


def wrong(problem: str, allowed: str = "") -> PydanticCustomError:
    """The error of a value that can't be used: `problem` continues “key ...”, `allowed` says what may stand there."""
    return PydanticCustomError("wrong", "{problem}", {"problem": problem, "allowed": allowed})


def closest(word: str, choices: tuple[str, ...], limit: int = 1, cutoff: float = 65) -> tuple[str, ...]:
    """The `limit` most similar of `choices`, best first, those far behind the best left out; `cutoff` of 100 is the same word."""
    found = process.extract(word, choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=cutoff)
    return tuple(choice for choice, score, _ in found if score > found[0][1] - 8)


@cache
def zone_names() -> tuple[str, ...]:
    """Every IANA time zone name known here."""
    return tuple(sorted(available_timezones()))


def _zone(name: str) -> str:
    if name in zone_names():
        return name
    near = closest(name, zone_names(), limit=3)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise wrong(f"“{name}” is not a time zone", f"{hint}An IANA name, such as Europe/Lisbon or Asia/Tokyo")


@cache
def country_names() -> dict[str, str]:
    """ISO 3166 two-letter codes and English names, from the iso3166.tab that the IANA time zone database comes with."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code: name for code, name, *_ in rows}


def _country(code: str) -> str:
    if code in country_names():
        return code
    labels = tuple(f"{code} ({name})" for code, name in country_names().items())
    near = (code.upper(),) if code.upper() in country_names() else closest(code, labels, limit=2, cutoff=80)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise wrong(f"“{code}” is not a country code", f"{hint}Two capital letters of ISO 3166, such as DE, NO or NZ")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise wrong(f"“{value}” is not a date", "Year-month-day, such as 2026-12-24") from error


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise wrong(f"“{value}” is not an email address", "Such as name@company.example")
    return value.lower()


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", value):
        raise wrong(
            f"“{value}” can't be a key", "Up to 40 small letters, digits, - and _, beginning with a letter, such as first-delivery"
        )
    return value


def _locale(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", value):
        raise wrong(f"“{value}” is not a locale", "A language and perhaps a country, such as en, en-GB or pt-BR")
    return value


def _variable(value: str) -> str:
    """The value itself is kept out of the message: it may well be the secret that doesn't belong here."""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", value):
        raise wrong(
            "must hold the name of an environment variable, not what is in it",
            "Capital letters, digits and _, such as SLACK_BOT_TOKEN",
        )
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
        raise wrong(f"“{value}” is not a web address", "Such as https://outside-in.company.example")
    return value.rstrip("/")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Flag = Annotated[bool, Field(strict=True)]
Number = Annotated[int, Field(strict=True)]
Identifier = Annotated[str, AfterValidator(_identifier)]
Zone = Annotated[str, AfterValidator(_zone)]
Locale = Annotated[str, AfterValidator(_locale)]
Country = Annotated[str, AfterValidator(_country)]
Email = Annotated[str, AfterValidator(_email)]
Variable = Annotated[str, AfterValidator(_variable)]
Address = Annotated[str, AfterValidator(_address)]
Day = Annotated[date, BeforeValidator(_day)]
