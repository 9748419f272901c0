"""The outbox of a person: when what is queued may go, and why it waits."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from bot.delivery.notifying import moment_for, notify, waiting_here
from bot.domain.outbox import deliveries, moments
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.delivery_events import HOURS, LIMIT, NO_DAY, DeliveryEvent
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from tests.conftest import NOW, World
from tests.statements import statements


def had(world: World, name: str, number: int) -> None:
    """So many messages reached somebody within the week."""
    with world.database.session() as session:
        for one in range(number):
            copy = deliveries.queue(session, people.get(session, world.ids[name]), Subject.QUESTION, one + 1, NOW)
            copy.state, copy.sent_at = DeliveryState.SENT, NOW - timedelta(days=1, hours=one)


def queue(world: World, name: str, subject: Subject = Subject.COMMITMENT, exempt: str = "") -> tuple[Delivery, list[str]]:
    """What is queued for somebody by somebody else, and why it waits."""
    with world.database.session() as session:
        person = people.get(session, world.ids[name])
        copy = notify(session, person, subject, 99, world.application.settings, world.clock(), exempt=exempt)
        session.flush()
        told = select(DeliveryEvent.reason).where(DeliveryEvent.delivery_id == copy.key)
        return copy, list(session.exec(told))


def test_at_work_it_goes_at_once(world: World) -> None:
    """Wednesday morning in Prague; nothing to tell."""
    copy, why = queue(world, "emil")
    assert (copy.not_before, why) == (NOW, [])


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    """In Auckland it is half past ten at night."""
    copy, why = queue(world, "aroha")
    assert copy.not_before is not None
    assert copy.not_before > NOW
    assert why == [HOURS]


def test_enough_for_a_week_is_asked_for_once(world: World) -> None:
    """Emil has had three messages: a fourth waits until the first is a week old, and the database is asked how many he had one time."""
    had(world, "emil", 3)
    with statements(world.database) as asked:
        copy, why = queue(world, "emil")
    assert copy.not_before is not None
    assert copy.not_before >= NOW + timedelta(days=5)
    assert why == [LIMIT]
    assert len([one for one in asked if "sent_at DESC" in one]) == 1


def test_what_was_asked_for_waits_for_nothing(world: World) -> None:
    """At night, after more than enough: and the database isn't asked."""
    had(world, "aroha", 9)
    with statements(world.database) as asked:
        copy, why = queue(world, "aroha", exempt=moments.ASKED)
    assert (copy.not_before, why) == (NOW, [])
    assert not [one for one in asked if "sent_at DESC" in one]


def test_without_a_working_day_in_sight_it_is_looked_at_in_a_week(world: World) -> None:
    """Nobody is forgotten for good."""
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).go_away(NOW.date(), NOW.date() + timedelta(days=3650))
    copy, why = queue(world, "emil")
    assert (copy.not_before, why) == (NOW + moments.LOOK_AGAIN, [NO_DAY])


def test_who_makes_others_wait_is_told_with_the_answer(world: World) -> None:
    """Ada writes to Aroha at night, and to Emil at work: only the first is worth a word."""
    settings = world.application.settings
    with world.database.session(actor_id=world.ids["ada"]) as session:
        for name in ("aroha", "emil"):
            notify(session, people.get(session, world.ids[name]), Subject.COMMITMENT, 99, settings, world.clock())
        assert [one.person_id for one in waiting_here(session)] == [world.ids["aroha"]]


def test_what_one_asks_for_oneself_comes_at_once(world: World) -> None:
    """In the middle of their night: it is an answer."""
    with world.database.session(actor_id=world.ids["aroha"]) as session:
        aroha = people.get(session, world.ids["aroha"])
        copy = notify(session, aroha, Subject.COMMITMENT, 99, world.application.settings, world.clock())
        assert (copy.exempt, copy.not_before) == (moments.ASKED, NOW)


def test_on_the_first_day_back_one_that_comes_alone_comes_as_work_begins(world: World) -> None:
    """With something else it comes six minutes later, as one message of all that waited."""
    with world.database.session() as session:
        emil = people.get(session, world.ids["emil"])
        emil.go_away(NOW.date(), NOW.date())
        copy = deliveries.queue(session, emil, Subject.COMMITMENT, 99, NOW)
        alone = moment_for(session, copy, world.application.settings, NOW)
        deliveries.queue(session, emil, Subject.COMMITMENT, 100, NOW)
        together = moment_for(session, copy, world.application.settings, NOW)
    assert alone is not None
    assert together is not None
    assert together - alone == timedelta(minutes=6)
