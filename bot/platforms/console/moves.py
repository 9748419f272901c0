"""How far the clock is to be moved, as the page says it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=366)
"""The farthest one move goes: each schedule on the way is run, so a year takes a while already."""

NAMED = 6
"""At most so many people are named in one line."""

_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


_One = TypeVar("_One")


class BadMove(ValueError):
    """No time this clock can be moved to; says why."""


def target(to: str, now: datetime, zone: str) -> datetime:
    """Turn a move into an instant in UTC.

    `to` is `hour`, `day` or `week` (that much further, a day and a week by the wall clock), `morning` (tomorrow, 09:00), or a wall time such as
    `2026-11-26T09:00`; wall times are those of `zone`, an IANA name. BadMove when it's none of these, past, or over
    a year away.
    """
    instant = _instant(to, now, ZoneInfo(zone))
    if instant <= now:
        msg = "That is already past. This clock only moves forward."
        raise BadMove(msg)
    if instant - now > FARTHEST:
        msg = "That is more than a year away. Move there in smaller steps."
        raise BadMove(msg)
    return instant


def _instant(to: str, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone).replace(tzinfo=None)
    if to == "hour":
        return now + _STEPS[to]
    if to in _STEPS:
        return _utc(local + _STEPS[to], zone)
    if to == "morning":
        return _utc(datetime.combine(local.date() + timedelta(days=1), time(9)), zone)
    try:
        return _utc(datetime.fromisoformat(to).replace(tzinfo=None), zone)
    except (ValueError, OverflowError) as error:
        msg = "Pick a day and a time."
        raise BadMove(msg) from error


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def words(instant: datetime, zone: str) -> str:
    """Write an instant as it is read on the clock: `Wed 25 Nov 09:12`."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def days(now: datetime, instant: datetime, zone: str) -> list[datetime]:
    """Where a move stops on its way, in UTC: at each midnight of `zone`, and at the instant itself."""
    local = ZoneInfo(zone)
    first, last = now.astimezone(local).date(), instant.astimezone(local).date()
    midnights = (_utc(datetime.combine(first + timedelta(days=one), time()), local) for one in range(1, (last - first).days + 1))
    return [*(one for one in midnights if now < one < instant), instant]


def named(people: list[_One]) -> tuple[list[_One], int]:
    """Those a line names, and how many others there are: never one, who could as well be named."""
    named = people if len(people) <= NAMED else people[: NAMED - 1]
    rest = len(people) - len(named)
    return named, rest


def told(happened: list[str]) -> list[str]:
    """Tell what happened on the way in few lines: a schedule that ran in twelve time zones is one thing, not twelve.

    The lines are `when and where: what`; those with the same `what` are put together.
    """
    alike: dict[str, list[str]] = {}
    for line in happened:
        when, colon, what = line.partition(": ")
        alike.setdefault(what if colon else line, []).append(when)
    return [_together(what, whens) for what, whens in alike.items()]


def _together(what: str, whens: list[str]) -> str:
    if whens == [what]:
        return what
    if len(whens) == 1:
        return f"{whens[0]}: {what}"
    return f"{what}: {len(whens)} times, first {whens[0]}, last {whens[-1]}"
