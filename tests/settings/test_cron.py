"""Cron expressions: what is taken, what is refused and why, and that APScheduler understands the same by them."""

from __future__ import annotations

import copy
import pickle
from calendar import monthrange
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import Cron, Weekday

from .conftest import Problems, next_due

FIELD_NAMES = ("minute", "hour", "day", "month", "day_of_week")
START = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_fields_are_read() -> None:
    """Values, spans, steps, lists, names in any case, and any white space between."""
    cron = Cron("0,30  8-18/5 1-7 JAN,jul-sep Mon-Wed,fri")
    assert cron == "0,30 8-18/5 1-7 jan,jul-sep mon-wed,fri"
    assert cron.minutes == {0, 30}
    assert cron.hours == {8, 13, 18}
    assert cron.days == set(range(1, 8))
    assert cron.months == {1, 7, 8, 9}
    assert cron.weekdays == {0, 1, 2, 4}
    assert Cron("*/20 * * * *").minutes == {0, 20, 40}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 9 * *", "has 4 fields; cron has 5"),
        ("@daily", "has 1 fields"),
        ("0 9 * * 1", "“1” is a day of the week by number"),
        ("0 9 * * 7", "“7” is a day of the week by number"),
        ("0 9 * * mon-5", "“5” is a day of the week by number"),
        ("0 9 * * sunday", "“sunday” can't be a day of the week"),
        ("0 9 * * fri-mon", "“fri-mon” goes backwards"),
        ("0 9 * * mon-fri/2", "step that can't be taken"),
        ("0 9 * * */2", "step that can't be taken"),
        ("60 9 * * *", "“60” can't be a minute"),
        ("0 24 * * *", "“24” can't be a hour"),
        ("0 9 0 * *", "“0” can't be a day of the month"),
        ("0 9 * 13 *", "“13” can't be a month"),
        ("0 9 * last *", "“last” can't be a month"),
        ("0 9 last-2 * *", "“last” can't be a day of the month"),
        ("5/10 9 * * *", "step that can't be taken"),
        ("*/0 9 * * *", "step that can't be taken"),
        ("*/60 9 * * *", "step that can't be taken"),
        ("0 9 30,31 feb *", "day 30 would skip February; the last day of each month is written “last”"),
        ("0 9 31 2,4,6,9,11 *", "day 31 would skip February, April, June, September and November; "),
        ("0 9 31 * *", "day 31 would skip February, April, June, September and November; "),
        ("0 9 1,31 * *", "day 31 would skip February"),
        ("0 9 last,30 * *", "day 30 would skip February"),
        ("0 9 29-31 * mon", "day 29 would skip February"),
        ("0 9 29 * *", "day 29 would skip February in most years"),
        ("0 9 29 feb *", "day 29 would skip February in most years"),
        ("*-5 9 * * *", "can't be a minute"),
        ("0 9 ? * *", "“?” can't be a day of the month"),
        ("٣ 9 * * *", "can't be a minute"),
    ],
)
def test_what_is_refused_is_told_with_the_reason(text: str, words: str) -> None:
    """Numbers for days, spans that run backwards, what never comes and what the scheduler couldn't do are all told."""
    with pytest.raises(ValueError, match=r"\w") as raised:
        Cron(text)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "text", ["0 9 31 jan,mar *", "0 9 30 3-12 *", "0 9 28 feb *", "0 9 */2 * *", "0 9 25-31 * *", "0 9 1,last * *"]
)
def test_a_day_that_each_of_its_months_has_is_taken(text: str) -> None:
    """So is a span that merely ends earlier in a short month: no month is left out."""
    assert Cron(text) == text


def test_the_last_day_of_the_month() -> None:
    """It is due on the 31st, the 30th, and the 28th or 29th of February."""
    cron = Cron("0 9 LAST * *")
    assert (cron.last, cron.days) == (True, frozenset())
    due, found = START, []
    for _ in range(14):
        due = next_due(cron, due + timedelta(minutes=1)) or due
        found.append((due.month, due.day))
    assert found[:4] == [(1, 31), (2, 28), (3, 31), (4, 30)]
    assert len(set(found)) == 12


def test_the_refusal_proposes_what_to_write(problems_of: Problems) -> None:
    """Whoever wrote app.yaml sees the line, the months it would skip, and what to write instead."""
    (problem,) = problems_of("""\
        schedules:
          monthly_letter:
            cron: "30 8 31 * mon-fri"
        """)
    assert "line 12" in str(problem)
    assert "February" in str(problem)
    assert "Write 30 8 last * mon-fri" in str(problem)


def test_it_is_its_text_also_copied_and_pickled() -> None:
    """Frozen settings hold it, so it must survive what models are put through."""
    cron = Cron("0 15 * * THU")
    for twin in (copy.deepcopy(cron), pickle.loads(pickle.dumps(cron))):  # noqa: S301 - our own bytes
        assert twin == "0 15 * * thu"
        assert twin.weekdays == {list(Weekday).index(Weekday.THU)}


def _part(first: int, last: int) -> st.SearchStrategy[str]:
    number = st.integers(first, last)
    span = st.tuples(number, number).map(sorted)
    stepped = st.tuples(span, st.integers(1, 9)).map(lambda it: f"{it[0][0]}-{it[0][1]}/{it[1]}")
    return st.one_of(st.just("*"), number.map(str), span.map(lambda it: f"{it[0]}-{it[1]}"), stepped)


_DAY = st.sampled_from([day.value for day in Weekday])
_WEEKDAYS = st.one_of(st.just("*"), _DAY, st.lists(_DAY, min_size=1, max_size=3).map(",".join), st.tuples(_DAY, _DAY).map("-".join))
_CRONS = st.tuples(_part(0, 59), _part(0, 23), st.one_of(st.just("last"), _part(1, 31)), _part(1, 12), _WEEKDAYS).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_CRONS)
def test_what_is_taken_comes_in_apscheduler_at_a_moment_that_fits(text: str) -> None:
    """Whatever we take, APScheduler takes too, fires some day, and on a day and time our own fields hold."""
    try:
        cron = Cron(text)
    except ValueError:
        return
    due = next_due(cron, START)
    assert due is not None
    assert due.minute in cron.minutes
    assert due.hour in cron.hours
    assert due.day in cron.days or (cron.last and due.day == monthrange(due.year, due.month)[1])
    assert due.month in cron.months
    assert due.weekday() in cron.weekdays


@pytest.mark.parametrize("text", ["0 0 30 2 *", "0 0 31 4,6 *"])
def test_what_never_comes_in_apscheduler_is_refused(text: str) -> None:
    """The cron that our own arithmetic calls impossible is one APScheduler finds no time for."""
    with pytest.raises(ValueError, match="would skip"):
        Cron(text)
    assert next_due(text, START) is None
