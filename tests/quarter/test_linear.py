"""What a person more costs is the same in a large company as in a small one: a whole week of the clock, and everything that happens in it."""

from __future__ import annotations

import asyncio
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.processes import new_database
from tests.quarter.company import Size
from tests.quarter.running import lived

EVERYWHERE: Size = (2, 1, 1, 27)
"""Somebody in each time zone: the stops of the clock are there already, and cost the same for many."""

MORE: Size = (8, 2, 1, 30)
"""Who comes to that: once, and three times."""

WEEKS = 1
MONDAY = date(2027, 2, 1)
"""In its week are the letter, the report and the digest, and executives are asked."""

SLACK = 1.25
"""People behave by odds: so much more than the few may the many cost each."""


def statements_of(database_url: str, times: int) -> int:
    """The statements it takes a company to live its week, with MORE so many times; those by which people are hired among them."""
    executives, delegates, office, employees = (here + times * more for here, more in zip(EVERYWHERE, MORE, strict=True))
    url, sent = new_database(database_url, f"week_{times}"), 0

    def note(*_about: object) -> None:
        nonlocal sent
        sent += 1

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        asyncio.run(lived(url, 1, (executives, delegates, office, employees), MONDAY, WEEKS, updates=3))
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)
    return sent


def test_three_times_as_many_people_take_three_times_as_much(database_url: str) -> None:
    """Commands, schedules, messages, refreshes: of what has to be done for everybody, nothing is done anew for each."""
    nobody, few, many = (statements_of(database_url, times) for times in (0, 1, 3))
    assert many - nobody <= 3 * (few - nobody) * SLACK, (nobody, few, many)
