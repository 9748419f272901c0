"""Moving the clock ends, whatever waits: the earliest job of a lock comes first, however their times have been moved."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.database import context
from bot.delivery.queue import Task, defer
from tests.conftest import Life
from tests.statements import statements

HANGS = 60
"""Seconds after which a move is taken to attach."""


def later(life: Life, hours: float, number: int = 0, lock: str = "lane:console:") -> None:
    """A job on a lock, due in so many hours of the moved clock."""
    with life.world.database.session() as session:
        at = context(session).now + timedelta(hours=hours)
        defer(session, Task.REFRESH_COPIES, at, lock, subject=f"nothing {number}", subject_id=number)


async def move(life: Life, hours: float) -> None:
    """Move the clock; a move that never ends fails."""
    async with asyncio.timeout(HANGS):
        await life.machine.advance_to(await life.machine.now() + timedelta(hours=hours))


_WAITING = "SELECT args->>'subject_id' FROM procrastinate_jobs WHERE status = 'todo' AND lock LIKE 'lane:%' ORDER BY "


def waiting(life: Life, by: str = "scheduled_at, id") -> list[int]:
    """The jobs that wait, in order."""
    with life.world.database.engine.connect() as connection:
        return [int(number) for number in connection.execute(sa.text(_WAITING + by)).scalars()]


async def test_an_older_timer_that_has_come_near_is_not_held_up(life: Life) -> None:
    """A lane's job due in 72 hours; move 70; one due in 12; move 3."""
    later(life, 72, 1)
    await move(life, 70)
    later(life, 12, 2)
    await move(life, 3)
    assert waiting(life) == [2]
    await move(life, 10)
    assert waiting(life) == []


@pytest.mark.parametrize("seed", range(3))
async def test_any_moves_end(life: Life, seed: int) -> None:
    """Jobs of all ages on two locks, and moves of all lengths: what is due is done, and the order is that of the times."""
    odds = random.Random(seed)  # noqa: S311 - a test's odds
    number = 0
    for _ in range(12):
        for _ in range(odds.randrange(4)):
            number += 1
            later(life, odds.choice([0.01, 1, 5, 12, 24, 71.5, 72, 24 * 40]), number, odds.choice(["lane:a", "lane:b"]))
        await move(life, odds.choice([0.01, 0.5, 3, 11, 26, 70]))
        assert waiting(life) == waiting(life, "priority DESC, id")


async def test_a_retry_keeps_the_order(life: Life) -> None:
    """A job that is tried again later gives way to those that are due before."""
    later(life, 1, 1)
    later(life, 2, 2)
    with life.world.database.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '3 hours' WHERE args->>'subject_id' = '1'")
        )
    assert waiting(life, "priority DESC, id") == [2, 1]
    await move(life, 2.5)
    assert waiting(life) == [1]


async def test_a_stop_takes_few_statements(life: Life) -> None:
    """However many schedules, zones and waiting timers there are: what is around is read at once, then the clock is moved."""
    await move(life, 0.25)
    for number in range(30):
        later(life, 24 * 365 + number, number)
    with statements(life.world.database) as sent:
        await move(life, 0.25)  # where nothing is due: to its end, and a look around there
    assert len(sent) == AROUND + MOVE + AROUND, sent


AROUND, MOVE = 1, 2
"""Statements by which the clock looks around, and by which it is moved."""
