"""Spans of time: three days ago, in two weeks, last week, the end of the month, KW 47, Q1, over the weekend."""

from __future__ import annotations

from datetime import date

from bot.domain.words.days.grammar import Found, Said, Sense, due_in_span, fitting, on, rule, vague
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.reckoning import (
    DAY,
    HOUR,
    MONTH,
    QUARTER,
    WEEK,
    WEEKEND,
    YEAR,
    a_day,
    ahead,
    end_of,
    in_week,
    last_of_month,
    month_of,
    months_ahead,
    of_iso_week,
    span_ahead,
)
from bot.domain.words.days.turns import TURNED, turned

_MIDDLE, _END = 2, 3


def _relative(found: Found, sense: Sense) -> Said | None:
    return on(ahead(sense.today, found.value("relative")), sense)


def _relative_weekday(found: Found, sense: Sense) -> Said | None:
    """“Yesterday, Tuesday”."""
    day = ahead(sense.today, found.value("relative"))
    if found.match[0].isalpha() and day and day.weekday() != found.value("weekday"):
        return None  # a name may begin with a weekday: yesterday Sunday Times
    return fitting(on(day, sense), day, found.value("weekday"), sense)


def _today(found: Found, sense: Sense) -> Said | None:  # noqa: ARG001 - every reading takes both
    return Said(sense.today)


def _back(found: Found, sense: Sense) -> Said | None:
    """Three weeks ago, also from a day that is said: today a week ago."""
    if _is_days_of_hours(found):
        return on(ahead(sense.today, -(found.value("count") // 24)), sense)
    return on(span_ahead(_from(found, sense), -_count(found, sense), _unit(found)), sense)


def _forth(found: Found, sense: Sense) -> Said | None:
    if _is_days_of_hours(found):
        return on(ahead(sense.today, found.value("count") // 24), sense)
    return on(span_ahead(_from(found, sense), _count(found, sense), _unit(found)), sense)


def _is_days_of_hours(found: Found) -> bool:
    """48 hours, 24 Stunden, but not 30 minutes."""
    return _unit(found) == HOUR and found.value("count") >= 24 and found.token("unit").key.startswith(("h", "s"))


def _from(found: Found, sense: Sense) -> date:
    return ahead(sense.today, found.value("relative")) or sense.today


_WEEKS_IN_DAYS = {("fr", 8): 7, ("fr", 15): 14, ("es", 15): 14}
"""Spelled-out days by which a week or two are meant, by language."""


def _count(found: Found, sense: Sense) -> int:
    count = found.value("count", 1)
    if found.has("count") and found.token("count").kind is Kind.NUMBER and _unit(found) == DAY:
        return _WEEKS_IN_DAYS.get((sense.locale[:2], count), count)
    return count


def _unit(found: Found) -> int:
    """A unit, or the sign for a day of the month, which is a day's too where words are written together."""
    return found.value("unit") if found.has("unit") else DAY


def _vague(found: Found, sense: Sense) -> Said | None:
    return vague(found, sense)


def _today_week(found: Found, sense: Sense) -> Said | None:
    if found.value("unit") not in (WEEK, 8):
        return None
    return on(span_ahead(_from(found, sense), 1, found.value("unit")), sense)


def _turned(found: Found, sense: Sense) -> Said | None:
    """Last week, next month: for something due, next week is today's weekday of it."""
    turns, unit = turned(found)
    if unit in (DAY, 6, 7) or unit >= 10:
        return None
    if unit == WEEKEND:
        return due_in_span(found, in_week(sense.today, turns, 4), sense)
    return due_in_span(found, span_ahead(sense.today, turns, unit) if turns else end_of(unit, sense.today, 0), sense)


def _turned_month(found: Found, sense: Sense) -> Said | None:
    turns = found.value("turn_month")
    return due_in_span(found, months_ahead(sense.today, turns) if turns else end_of(MONTH, sense.today, 0), sense)


def _weekend(found: Found, sense: Sense) -> Said | None:
    if found.value("unit") != WEEKEND:
        return None
    return due_in_span(found, in_week(sense.today, 0 if sense.today.weekday() < 5 else 1, 4), sense)


def _numbered_week(found: Found, sense: Sense) -> Said | None:
    if found.has("unit") and found.value("unit") != WEEK:
        return None
    number = found.value("number") or found.value("nth") or found.value("week_number")
    if not 1 <= number <= 53:
        return None
    return due_in_span(found, of_iso_week(sense.today, number, 4, past=sense.past, year=found.value("year")), sense)


def _edge(found: Found, sense: Sense) -> Said | None:
    """Beginning, middle or end of a unit: for something due, the week's are its Monday, Wednesday and Friday."""
    turns, unit = turned(found)
    return _at_edge(found, found.value("edge"), turns, unit, sense)


def _edge_of_unit(found: Found, sense: Sense) -> Said | None:
    return _at_edge(found, found.value("edge"), 0, found.value("unit"), sense)


def _edge_of_turned_month(found: Found, sense: Sense) -> Said | None:
    return _at_edge(found, found.value("edge"), found.value("turn_month"), MONTH, sense)


def _short_edge(found: Found, sense: Sense) -> Said | None:
    return _at_edge(found, _END, 0, found.value("short_edge"), sense)


def _at_edge(found: Found, edge: int, turns: int, unit: int, sense: Sense) -> Said | None:
    if unit == DAY:
        return None if sense.past else Said(sense.today)
    if unit >= 6:
        return None
    end = end_of(unit, sense.today, turns)
    if end is None or edge == _END:
        return due_in_span(found, end, sense)
    if unit == WEEK:
        return due_in_span(found, in_week(sense.today, turns, 0 if edge < _MIDDLE else 2), sense)
    length = {MONTH: 1, QUARTER: 3, YEAR: 12}.get(unit, 1)
    first = a_day(*month_of(end, 1 - length), 1)
    half = (end - first).days // 2 if first and edge == _MIDDLE else 0
    return due_in_span(found, ahead(first, half) if first else None, sense)


def _edge_of_month(found: Found, sense: Sense) -> Said | None:
    month, edge = found.value("month") or found.value("number"), found.value("edge", _END)
    if not 1 <= month <= 12:
        return None
    year = found.value("year") or sense.today.year + (month < sense.today.month and not sense.past)
    day = last_of_month(year, month) if edge == _END else a_day(year, month, 15 if edge == _MIDDLE else 1)
    return due_in_span(found, day, sense)


def _month(found: Found, sense: Sense) -> Said | None:
    """A month alone is a span, and for something due its last day."""
    month = found.value("month") if found.has("month") else found.value("number")
    if not 1 <= month <= 12:
        return None
    year = found.value("year") or sense.today.year + (month < sense.today.month and not sense.past)
    return due_in_span(found, last_of_month(year, month), sense)


def _quarter(found: Found, sense: Sense) -> Said | None:
    quarter = found.value("quarter")
    year = found.value("year") or sense.today.year + (quarter * 3 < sense.today.month and not sense.past)
    return due_in_span(found, last_of_month(year, quarter * 3), sense)


def _done_by(found: Found, sense: Sense) -> Said | None:  # noqa: ARG001 - every reading takes both
    """The end of the working day is today's, and says nothing of when a visit was."""
    return None if sense.past else Said(sense.today)


def _counted_days(found: Found, sense: Sense) -> Said | None:
    """“Il y a une quinzaine” is fifteen days."""
    return on(ahead(sense.today, -14), sense) if found.token("count").key.startswith("une") and found.value("count") == 15 else None


def _is_one(found: Found, sense: Sense) -> bool:
    """Two of a unit are one word in Arabic and Hebrew, and one of it goes without a number."""
    return found.value("unit") >= 10 or sense.locale[:2] in {"ar", "he"}


def _unit_ago(found: Found, sense: Sense) -> Said | None:
    """“Weeks ago” is no day; “week ago” lost its a."""
    return vague(found, sense) if found.token("unit").key.endswith("s") else _back(found, sense)


def _one_back(found: Found, sense: Sense) -> Said | None:
    return _back(found, sense) if _is_one(found, sense) else None


def _one_forth(found: Found, sense: Sense) -> Said | None:
    return _forth(found, sense) if _is_one(found, sense) else None


RULES = (
    rule("relative", _relative),
    rule("relative then? open? weekday close?", _relative_weekday),
    rule("weekday (?:comma|open) relative close?", _relative_weekday),
    rule("shift", _vague),
    rule("todays_part", _today),
    rule("relative comma? ago_before about? count unit", _back),
    rule("relative comma? count unit ago", _back),
    rule("count unit ago glue* relative", _back),
    rule("relative in count unit", _forth),
    rule("count unit glue* relative", _forth),
    rule("relative unit", _today_week),
    rule("count unit ago", _back),
    rule("count (?:unit|day_mark) ago", _back),
    rule("ago_before count unit", _back),
    rule("ago_before count (?!unit)", _counted_days),
    rule("ago_before unit", _one_back),
    rule("ago_before about article? (?:unit|count unit2)", _vague),
    rule("about+ count unit ago", _vague),
    rule("article? few glue? unit ago", _vague),
    rule("ago_before article? few glue? unit", _vague),
    rule("count (?:to|or|comma) count2 unit ago", _vague),
    rule("two unit ago", _vague),
    rule("ago_before (?:two|count (?:to|or|comma) count2) unit", _vague),
    rule("in about? count unit from_now?", _forth),
    rule("in count unit apostrophe from_now?", _forth),
    rule("count (?:unit|day_mark) from_now", _forth),
    rule("in unit", _one_forth),
    rule(TURNED, _turned),
    rule("turn_month", _turned_month),
    rule("unit", _weekend),
    rule("week_number dot? number (?:slash? year)?", _numbered_week),
    rule("week_number", _numbered_week),
    rule("number dot? week_number", _numbered_week),
    rule("nth week_number", _numbered_week),
    rule("number dot unit", _numbered_week),
    rule("unit number", _numbered_week),
    rule(f"edge glue* {TURNED}", _edge),
    rule("edge glue* unit", _edge_of_unit),
    rule("edge glue* turn_month", _edge_of_turned_month),
    rule("turn_month edge", _edge_of_turned_month),
    rule("edge glue* dash? month (?:glue? year)?", _edge_of_month),
    rule("number month_mark edge", _edge_of_month),
    rule("early month (?:glue? year)?", _month),
    rule("number short_edge", _edge_of_month),
    rule("short_edge", _short_edge),
    rule("month (?:glue? year)?", _month),
    rule("number month_mark", _month),
    rule("edge glue* quarter (?:glue? year)?", _quarter),
    rule("quarter (?:glue? year)?", _quarter),
    rule("done_by (?!(?:glue|on|the|then)* turn? (?:weekday|relative|digits|nth|month|numeric|iso|holiday))", _done_by),
    rule("unit ago", _unit_ago),
    rule("vague", _vague),
    rule("sometime", _vague),
)
