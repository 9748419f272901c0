"""Weekdays: Friday, last Friday, Friday before last, Tuesday of last week, Monday week, Montag vor einer Woche, Dienstag KW 47."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.words.days.dates import in_month
from bot.domain.words.days.grammar import Found, Said, Sense, on, rule
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.reckoning import (
    DAY,
    FORTNIGHT,
    WEEK,
    ahead,
    in_week,
    of_iso_week,
    told,
    weekday_after,
    weekday_before,
)
from bot.domain.words.days.turns import TURNED, turned


def turned_weekday(today: date, weekday: int, turn: Kind | None, *, past: bool) -> date:
    """The weekday that is meant: bare, it is the last one of what has been, the next one of what is to come."""
    if turn is Kind.THIS:
        day = in_week(today, 0, weekday)
        return day if past or day >= today else in_week(today, 1, weekday)
    if turn is Kind.NEXT:
        return in_week(today, 1, weekday)
    if turn is Kind.AFTER_NEXT:
        return in_week(today, 2, weekday)
    if turn is Kind.LAST or (turn is None and past):
        return weekday_before(today, weekday)
    if turn is Kind.BEFORE_LAST:
        return in_week(weekday_before(today, weekday), -1, weekday)
    return weekday_after(today, weekday)


def _weekday(found: Found, sense: Sense) -> Said | None:
    turn = next((found.token(name).kind for name in ("turn", "turn2") if found.has(name)), None)
    number = found.value("weekday")
    day = turned_weekday(sense.today, number, turn, past=sense.past)
    said = on(day, sense)
    if said and said.day and _is_either(day, turn, sense):
        said = Said(None, f"{told(day)} or a week earlier? {sense.asks}")
    return replace(said, weekday=number) if said and turn is None else said


def _is_either(day: date, turn: Kind | None, sense: Sense) -> bool:
    """Whether a weekday may be of this week or of the last: “last Monday” on a Wednesday.

    In English and German, whose “last” may be the week's; elsewhere it is the last that has been.
    """
    return sense.past and turn is Kind.LAST and sense.locale[:2] in {"en", "de"} and day >= in_week(sense.today, 0, 0)


def _of_week(found: Found, sense: Sense) -> Said | None:
    turns, unit = turned(found)
    return on(in_week(sense.today, turns, found.value("weekday")), sense) if unit == WEEK else None


def _of_numbered_week(found: Found, sense: Sense) -> Said | None:
    number = found.value("number") or found.value("week_number")
    if found.has("unit") and found.value("unit") != WEEK:
        return None
    day = of_iso_week(sense.today, number, found.value("weekday"), past=sense.past, year=found.value("year"))
    return on(day, sense)


def _weeks(count: int, unit: int) -> int:
    """How many weeks so many weeks, fortnights or days are; 0 for days that aren't whole weeks. Eight days are one, fifteen two."""
    if unit in (WEEK, FORTNIGHT):
        return count * (2 if unit == FORTNIGHT else 1)
    return {7: 1, 8: 1, 14: 2, 15: 2, 21: 3}.get(count, 0) if unit == DAY else 0


def _weeks_before(found: Found, sense: Sense) -> Said | None:
    """“Monday a week ago” is a week before the last Monday."""
    number, count = found.value("weekday"), found.value("count", 1)
    weeks = _weeks(count, found.value("unit"))
    if not weeks:
        return None
    today = sense.today
    last = today if today.weekday() == number else weekday_before(today, number)
    day = ahead(last, -7 * weeks)
    return on(day, sense)


def _weeks_after(found: Found, sense: Sense) -> Said | None:
    """“Monday week” is a week after the next Monday."""
    weeks = _weeks(found.value("count", 1), found.value("unit"))
    return on(ahead(weekday_after(sense.today, found.value("weekday")), 7 * weeks), sense) if weeks else None


def _weekday_nth(found: Found, sense: Sense) -> Said | None:
    """Friday the 13th."""
    return in_month(found.value("nth") or found.value("digits"), found.value("weekday"), sense)


def _weekdays_back(found: Found, sense: Sense) -> Said | None:
    """“Two Fridays ago” is the last but one."""
    return on(ahead(weekday_before(sense.today, found.value("weekdays")), 7 - 7 * found.value("count")), sense)


def _shifted(found: Found, sense: Sense) -> Said | None:
    """The day after Friday."""
    turn = found.token("turn").kind if found.has("turn") else None
    day = turned_weekday(sense.today, found.value("weekday"), turn, past=sense.past)
    return on(ahead(day, found.value("shift")), sense)


RULES = (
    rule("count weekdays ago", _weekdays_back),
    rule("ago_before count weekdays", _weekdays_back),
    rule("shift (?:glue|the|on)* turn? weekday", _shifted),
    rule("turn? weekday", _weekday),
    rule("weekday turn2", _weekday),
    rule(f"weekday dot? part? comma? (?:glue|on)* the? {TURNED}", _of_week),
    rule(f"{TURNED} comma? (?:glue|on)* weekday", _of_week),
    rule("weekday dot? part? comma? glue* (?:week_number dot?|unit) number", _of_numbered_week),
    rule("weekday dot? part? comma? glue* week_number", _of_numbered_week),
    rule("(?:week_number dot?|unit) number (?:slash? year)? comma? glue* weekday", _of_numbered_week),
    rule("week_number comma? glue* weekday", _of_numbered_week),
    rule("last? weekday comma? ago_before count unit", _weeks_before),
    rule("last? weekday comma? count? unit ago", _weeks_before),
    rule("count? unit ago glue* the? weekday", _weeks_before),
    rule("ago_before count unit comma? glue* weekday", _weeks_before),
    rule("count unit glue* last weekday", _weeks_before),
    rule("weekday unit", _weeks_after),
    rule("weekday in count unit", _weeks_after),
    rule("count unit (?:glue|at)* (?:coming|this|next)? weekday", _weeks_after),
    rule("in count unit glue* weekday", _weeks_after),
    rule("weekday dot? comma? (?:glue|on|the)* nth (?!month|nth2)", _weekday_nth),
    rule("weekday dot? (?:(?:comma? (?:glue|on|the))+)? digits dot? (?!month|number|nth|close)", _weekday_nth),
)
