"""Weather: throttling without end in sight, errors at random, a database that goes away. Everyone has it once in the end."""

from __future__ import annotations

import random

import sqlalchemy as sa

from bot.delivery.senders import RetryLater, Uncertain
from tests.delivery.conftest import Company

_OTHERS = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND application_name <> 'procrastinate'"
)


async def until_sent(company: Company, number: int, days: int = 30) -> None:
    """Let time go by until so many are sent, a day at a step."""
    for _ in range(days):
        if company.states()["sent"] == number:
            return
        await company.later(days=1)


async def test_a_storm_of_429(company: Company) -> None:
    """Half of all calls are throttled: nobody is lost, nobody has two, and no try counts against anyone."""
    company.people(60)
    chance = random.Random(1)  # noqa: S311 - weather

    def throttled(_: str) -> None:
        if chance.random() < 0.5:
            raise RetryLater(0.01, "ratelimited")

    company.slack.before = throttled
    company.broadcast()
    await company.settle()
    await until_sent(company, 66)
    assert company.states() == {"sent": 66}
    assert set(company.slack.copies.values()) == {1}
    assert max(company.row(f"p{count}@firm.example").attempts for count in range(60)) == 1


async def test_500s_before_and_after_the_message_arrived(company: Company) -> None:
    """A third of all calls end in an error, half of those after the message was there: each is looked up before it's sent again."""
    company.people(60)
    chance = random.Random(2)  # noqa: S311 - weather

    def broken(_: str) -> None:
        if chance.random() < 0.17:
            raise Uncertain("HTTP 500")

    company.slack.before = company.slack.after = broken
    company.broadcast()
    await company.settle()
    await until_sent(company, 66)
    assert company.states() == {"sent": 66}
    assert set(company.slack.copies.values()) == {1}
    assert company.slack.looked_up > 0


async def test_a_platform_that_never_answers_is_given_up(company: Company) -> None:
    """After eight tries it says so, and doesn't go on for ever."""

    def down(_: str) -> None:
        raise RetryLater(None, "no connection to Slack")

    company.slack.before = down
    company.broadcast()
    await company.settle()
    for _ in range(12):
        await company.later(days=1)
    assert company.states() == {"failed": 6}
    assert company.row("emil@firm.example").reason == "gave_up: no connection to Slack"


async def test_the_database_goes_away_midway(company: Company) -> None:
    """Every connection is cut while half is sent: what was sent meanwhile is written once it is back, and nobody has two."""
    company.people(300)
    sent = iter(range(1000))

    def cut(_: str) -> None:
        if next(sent) in {40, 120}:
            with company.world.database.engine.connect() as connection:
                connection.execute(_OTHERS)

    company.slack.after = cut
    company.broadcast()
    await company.settle()
    await until_sent(company, 306)
    assert company.states() == {"sent": 306}
    assert set(company.slack.copies.values()) == {1}
