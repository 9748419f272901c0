"""Cron expressions: what is taken, what is refused and why, and that APScheduler understands the same by them."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import Cron, Weekday

from .conftest import next_due

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
        ("0 9 last * *", "“last” can't be a day of the month"),
        ("5/10 9 * * *", "step that can't be taken"),
        ("*/0 9 * * *", "step that can't be taken"),
        ("*/60 9 * * *", "step that can't be taken"),
        ("0 9 30,31 feb *", "never comes: none of its months has a day 30"),
        ("0 9 31 2,4,6,9,11 *", "never comes: none of its months has a day 31"),
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


def test_the_29th_of_february_comes_in_leap_years() -> None:
    """A rare day is not a day that never comes."""
    assert Cron("0 0 29 2 *").days == {29}


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
_CRONS = st.tuples(_part(0, 59), _part(0, 23), _part(1, 31), _part(1, 12), _WEEKDAYS).map(" ".join)


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
    assert due.day in cron.days
    assert due.month in cron.months
    assert due.weekday() in cron.weekdays


@pytest.mark.parametrize("text", ["0 0 30 2 *", "0 0 31 4,6 *"])
def test_what_never_comes_in_apscheduler_is_refused(text: str) -> None:
    """The cron that our own arithmetic calls impossible is one APScheduler finds no time for."""
    with pytest.raises(ValueError, match="never comes"):
        Cron(text)
    assert next_due(text, START) is None
