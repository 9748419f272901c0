"""What a person more costs is the same in a large company as in a small one: a whole week of the clock, and everything that happens in it."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

from bot.cards import Card
from tests.processes import new_database
from tests.quarter.behaviour import HOUR, Odds, found
from tests.quarter.company import Member, Size
from tests.quarter.life import Behaviour, Life, Message, Story
from tests.quarter.running import lived, traffic

EVERYWHERE: Size = (3, 1, 3, 27)
"""Somebody in each time zone: the stops of the clock are there already, and cost the same for many."""

MORE: Size = (8, 2, 1, 30)
"""Who comes to that: once, and three times."""

SUNDAY = date(2027, 1, 31)
"""In the week from here on are the letter, the report and the digest, and executives are asked."""

SLACK = 1.1
"""They differ in days and hours: so much more than the few may the many cost each."""


def here(life: Life, kind: str) -> Member:
    """One of a kind who is there in the week."""
    return min(life.company.of(kind), key=lambda one: (len(one.calendar.leaves), one.part_time))


class Alike(Behaviour):
    """Everybody does the same: executives log and promise, all are sent one update, and whoever is asked something does it an hour later."""

    def __init__(self) -> None:
        self._people = Odds()

    def day(self, life: Life, since: datetime) -> None:
        """All of it when they come to work for the first time."""
        if since != life.company.start:
            return
        for one in life.company.of("executive"):
            life.plan_at_work(one, HOUR, lambda one=one: self._people._log(life, one, None))  # type: ignore[misc]
            life.plan_at_work(one, HOUR, lambda one=one: self._people._promise(life, one))  # type: ignore[misc]
        life.plan_at_work(here(life, "cx_office"), HOUR, lambda: self._tell_everyone(life))

    def _tell_everyone(self, life: Life) -> None:
        author, speaker = (here(life, kind) for kind in ("cx_office", "executive"))
        words = {"title": "Night line", "changed": "It is open.", "means": "Calls are taken.", "may": "Name it."}
        card = life.fills(author, life.types(author, "/update new"), **words, speaker=str(life.key(speaker.email)))
        for command, answers in (("update-audience", {"who": ["everyone"]}), ("send-update", {"when": "now"})):
            button = found(card, command)
            assert button is not None, card
            card = life.presses(author, button, **answers)

    def reacts(self, life: Life, member: Member, message: Message, card: Card) -> None:  # noqa: ARG002 - others look at it
        """One press a message, of what it asks for first."""
        for command in ("agree-update", "got-it", "accept-commitment", "remind-tomorrow"):
            if (button := found(card, command)) is not None:
                life.plan_at_work(member, HOUR, lambda button=button: life.presses(member, button))  # type: ignore[misc]
                return


def week(database_url: str, times: int) -> tuple[int, Story]:
    """The statements it takes a company to live its week, with MORE so many times, those by which people are hired among them."""
    executives, delegates, office, employees = (here + times * more for here, more in zip(EVERYWHERE, MORE, strict=True))
    url = new_database(database_url, f"week_{times}")
    with traffic() as asked:
        story = asyncio.run(lived(url, 1, (executives, delegates, office, employees), SUNDAY, 1, Alike()))
    return asked.statements, story


def test_three_times_as_many_people_take_three_times_as_much(database_url: str) -> None:
    """Commands, schedules, messages, refreshes: what has to be read for everybody isn't read anew for each."""
    (nobody, _), (few, some), (many, more) = (week(database_url, times) for times in (0, 1, 3))
    assert len(more.messages) > 2 * len(some.messages) > 100, "so much has happened that it tells something"
    assert many - nobody <= 3 * (few - nobody) * SLACK, (nobody, few, many)
