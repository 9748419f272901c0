"""What people cost, counted in statements: so many more people take so many times more at most, and reading for them takes no more at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from bot.database import Database
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.domain.people.people import Person, Role
from bot.domain.promises import agendas
from bot.domain.promises.commitments import Commitment
from tests.conftest import NOW, Life, World
from tests.statements import statements

ZONE = "Europe/Prague"
FEW, MANY = 4, 16


def hire(world: World, number: int, now: datetime, *, away: bool = False) -> None:
    """So many more people in Prague, half of them executives who have been asked: each has a manager, and a promise due tomorrow."""
    with world.database.session() as session:
        known = len(session.exec(people_of(ZONE)).all())
        for count in range(known, known + number):
            roles = [Role.EXECUTIVE] if count % 2 else []
            person = Person.known(f"more{count}@firm.example", f"More {count}", ZONE, roles, locale="en", country="CZ")
            person.manager_id = world.ids["bruno"]
            session.add(person)
            session.flush()
            if roles:
                session.add(Prompt(person_id=person.key, state=PromptState.SENT, created_at=now, wakes_at=now + timedelta(days=30)))
            due = (now + timedelta(days=1)).date()
            session.add(promise(world, person, due, now))
            if away:
                person.go_away(due - timedelta(days=1), due + timedelta(days=2))


def people_of(zone: str) -> SelectOfScalar[Person]:
    """Who lives in a zone."""
    return select(Person).where(Person.zone == zone)


def promise(world: World, owner: Person, due: date, now: datetime) -> Commitment:
    """Something that Ada promised and somebody accepted."""
    return Commitment(
        what=f"send item {owner.key}",
        promised_by_id=world.ids["ada"],
        owner_id=owner.key,
        made_at=now,
        heard_on=now.date(),
        first_due=due,
        due=due,
        accepted_at=now,
    )


def read(database: Database, world: World, now: datetime) -> tuple[int, int]:
    """How many statements it takes to read what the people of Prague are to be told, and how many of them are to be told something."""
    with statements(database) as sent, database.session() as session:
        found = agendas.to_remind(session, agendas.readers(session, ZONE), world.application.settings, now)
    return len(sent), len(found)


@pytest.mark.parametrize("away", [False, True])
def test_reading_for_many_takes_as_many_statements_as_for_a_few(world: World, *, away: bool) -> None:
    """All is read at once, whether the owners are there or somebody covers for them."""
    then = world.clock() + timedelta(days=1)
    hire(world, FEW, world.clock(), away=away)
    few, told = read(world.database, world, then)
    assert away or told == FEW
    hire(world, MANY, world.clock(), away=away)
    many, told = read(world.database, world, then)
    assert away or told == FEW + MANY
    assert many == few


async def test_messages_cost_the_same_each(life: Life) -> None:
    """A day without any, one of a few reminders, and one of five times as many: each costs no more where there are more."""
    for one in ("ada", "bruno", "aroha"):
        life.change(one, prompts_paused=True)
    costs, messages = [], []
    for days, number in ((10, 0), (12, FEW), (13, MANY)):  # a Saturday, a Monday, a Tuesday
        now = NOW + timedelta(days=days, minutes=days)
        await life.machine.advance_to(now)
        hire(life.world, number, now)
        before = len(life.outbox.sent_to)
        with statements(life.world.database) as sent:
            await life.machine.advance_to(now + timedelta(days=1))
        messages.append(len(life.outbox.sent_to) - before)
        costs.append(len(sent))
    assert messages == [0, FEW, FEW + MANY]  # those of the day before are late by then
    few, many = ((cost - costs[0]) / number for cost, number in zip(costs[1:], messages[1:], strict=True))
    assert many <= few, (costs, messages)
    assert many <= MOST, (costs, messages)


MOST = 45
"""Statements of a reminder, from the schedule to the record that it arrived, those of the queue aside."""
