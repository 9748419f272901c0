"""Periods that executives pledge for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.engagements.participation import Period, Progress, period_of
from bot.settings import Pledge


@pytest.mark.parametrize(
    ("day", "kind", "starts", "first", "last", "name"),
    [
        (date(2026, 11, 25), "month", 1, date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        (date(2024, 2, 29), "month", 4, date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2026, 11, 25), "quarter", 1, date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
        (date(2027, 1, 5), "quarter", 12, date(2026, 12, 1), date(2027, 2, 28), "December 2026 to February 2027"),
        (date(2026, 3, 31), "year", 4, date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026"),
        (date(2026, 12, 31), "year", 1, date(2026, 1, 1), date(2026, 12, 31), "January to December 2026"),
    ],
)
def test_the_period_of_a_day(day: date, kind: str, starts: int, first: date, last: date, name: str) -> None:
    """By the company's own year."""
    found = period_of(day, kind, starts)
    assert (found.first, found.last, found.name) == (first, last, name)


@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
@pytest.mark.parametrize("starts", range(1, 13))
def test_periods_leave_no_day_out_and_none_is_in_two(kind: str, starts: int) -> None:
    """Two years, day by day."""
    day, seen = date(2025, 1, 1), period_of(date(2025, 1, 1), kind, starts)
    while (day := day + timedelta(days=1)) < date(2027, 1, 1):
        found = period_of(day, kind, starts)
        assert found.first <= day <= found.last
        assert found == seen or found.first == seen.last + timedelta(days=1)
        seen = found


def test_one_is_young_for_a_tenth_of_it() -> None:
    """Of November's thirty days, the first three."""
    november = Period("month", date(2026, 11, 1), date(2026, 11, 30))
    assert [november.is_young(date(2026, 11, day)) for day in (1, 3, 4, 30)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("visits", "calls", "met", "begun"), [(0, 0, False, False), (2, 3, False, True), (2, 4, True, True), (0, 9, False, True)]
)
def test_a_pledge_is_met_by_both(visits: int, calls: int, met: bool, begun: bool) -> None:
    """More of one is none of the other."""
    found = Progress(Pledge(visits=2, calls=4), Period("month", date(2026, 11, 1), date(2026, 11, 30)), visits, calls)
    assert (found.met, found.begun) == (met, begun)
