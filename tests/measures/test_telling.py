"""The figures of updates, over one that is sent, answered and asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.plans.decisions import Decision
from bot.domain.updates import broadcasts, receipts
from bot.domain.updates.broadcasts import BroadcastState
from bot.domain.updates.receipts import Answer
from bot.domain.updates.updates import Update, UpdateDraft, Wording, write
from bot.measures import scope
from bot.measures.scope import Share
from bot.measures.told import Telling, telling
from tests.conftest import NOW, World

STARTED = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)
"""Already the eleventh in Copenhagen, still the tenth in London, where the tests' company is."""


def tell(session: Session, world: World, states: dict[str, DeliveryState]) -> Update:
    """An update of a decision of 1 November, with each recipient's state."""
    ada = session.get_one(Person, world.ids["ada"])
    about = Decision(
        title="Dates first", why="asked", decided_by_id=ada.key, decided_on=date(2026, 11, 1), stage="onboard", recorded_by_id=ada.key,
        recorded_at=NOW,
    )  # fmt: skip
    session.add(about)
    session.flush()
    update = write(
        session, UpdateDraft(Wording("en-GB", "Dates first", "We say dates.", "You may."), ada, decision=about), ada, NOW
    )
    broadcast = broadcasts.new(session, update)
    broadcast.state, broadcast.started_at = BroadcastState.DONE, STARTED
    for first_name, state in states.items():
        session.add(
            Delivery(
                person_id=world.ids[first_name], subject=Subject.UPDATE, subject_id=update.key, broadcast_id=broadcast.key, state=state,
                platform=Platform.CONSOLE, queued_at=STARTED,
            )
        )  # fmt: skip
    session.flush()
    return update


def found(session: Session, world: World, now: datetime = NOW) -> Telling:
    """The figures of the running quarter."""
    return telling(session, scope.quarter(world.application.settings, now), now)


def test_reached_and_answered_are_of_those_who_have_it(world: World) -> None:
    """Taken back is reached; called off and left to the digest aren't counted; an answer of somebody not reached isn't either."""
    states = {
        "ada": DeliveryState.SENT,
        "bruno": DeliveryState.RECALLED,
        "aroha": DeliveryState.FAILED,
        "dele": DeliveryState.UNCONFIRMED,
        "cleo": DeliveryState.CANCELLED,
        "emil": DeliveryState.DIGEST,
    }
    with world.database.session() as session:
        update = tell(session, world, states)
        for first_name, answer, note in (
            ("ada", Answer.GOT_IT, ""),
            ("bruno", Answer.CANNOT, "no time"),
            ("emil", Answer.GOT_IT, ""),
        ):
            receipts.give(session, update, session.get_one(Person, world.ids[first_name]), answer, NOW, note)
        told = found(session, world)
    assert (told.updates, told.reached, told.got_it, told.cannot) == (1, Share(2, 4), Share(1, 2), Share(1, 2))
    assert told.days_to_tell == 9


def test_a_question_has_two_days(world: World) -> None:
    """Answered in time counts, too late doesn't, and one that still has time isn't counted yet."""
    with world.database.session() as session:
        update = tell(session, world, {"ada": DeliveryState.SENT})
        emil, ada = (session.get_one(Person, world.ids[name]) for name in ("emil", "ada"))
        asked = [receipts.ask(session, update, emil, f"Question {number}", NOW - timedelta(days=5)) for number in range(3)]
        receipts.ask(session, update, emil, "Just now", NOW - timedelta(hours=47))
        asked[0].reply("Yes", ada, NOW - timedelta(days=3), publish=False)
        asked[1].reply("No", ada, NOW - timedelta(days=2), publish=False)
        session.flush()
        assert found(session, world).questions == Share(1, 3)
        assert found(session, world, NOW + timedelta(hours=2)).questions == Share(1, 4)


def test_another_quarters_updates_are_not_this_ones(world: World) -> None:
    """The quarter before has none, and says so."""
    with world.database.session() as session:
        tell(session, world, {"ada": DeliveryState.SENT})
        settings = world.application.settings
        before = telling(session, scope.quarter(settings, NOW, 1), NOW)
    assert (before.updates, before.reached, before.days_to_tell) == (0, Share(0, 0), None)


def test_told_in_a_digest_is_reached_once_it_arrived(world: World) -> None:
    """Waiting for its digest somebody isn't counted; told there they are reached, and their answer counts."""
    with world.database.session() as session:
        update = tell(session, world, {"ada": DeliveryState.SENT, "emil": DeliveryState.DIGEST, "bruno": DeliveryState.DIGEST})
        emil = session.exec(select(Delivery).where(Delivery.person_id == world.ids["emil"])).one()
        emil.sent_at = NOW
        receipts.give(session, update, session.get_one(Person, world.ids["emil"]), Answer.GOT_IT, NOW)
        session.flush()
        told = found(session, world)
    assert (told.reached, told.got_it) == (Share(2, 2), Share(1, 2))
