"""Copies: numbered for each reader, found by their subject, and counted as arrived only when they did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from tests.conftest import NOW, World


def queue(session: Session, world: World, name: str = "ada", subject: Subject = Subject.COMMITMENT, number: int = 1) -> Delivery:
    """A copy for somebody."""
    return deliveries.queue(session, people.get(session, world.ids[name]), subject, number, NOW)


def test_each_readers_copies_of_a_subject_are_numbered(world: World) -> None:
    """A reminder is the second; another reader's, or another subject's, begin anew."""
    with world.database.session() as session:
        parts = [queue(session, world).part, queue(session, world).part]
        others = [
            queue(session, world, "emil").part,
            queue(session, world, number=2).part,
            queue(session, world, subject=Subject.PROMPT).part,
        ]
        assert (parts, others) == ([0, 1], [0, 0, 0])


@pytest.mark.parametrize("state", list(DeliveryState))
def test_what_arrived(world: World, state: DeliveryState) -> None:
    """Sent, or taken back since; told in a digest once that was sent. Nothing else, whatever time stands beside it."""
    with world.database.session() as session:
        plain, told = queue(session, world), queue(session, world, "emil")
        plain.state = told.state = state
        told.sent_at = NOW
        session.flush()
        found = set(session.exec(select(Delivery.person_id).where(deliveries.arrived())))
    both = {world.ids["ada"], world.ids["emil"]}
    wanted = both if state in {DeliveryState.SENT, DeliveryState.RECALLED} else set()
    assert found == (both - {world.ids["ada"]} if state is DeliveryState.DIGEST else wanted)


def test_what_came_since(world: World) -> None:
    """From that instant on; what was only queued didn't come."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        copy = queue(session, world)
        assert not deliveries.came_since(session, ada, Subject.COMMITMENT, NOW)
        copy.sent_at = NOW
        session.flush()
        asked = [(Subject.COMMITMENT, NOW), (Subject.COMMITMENT, NOW + timedelta(seconds=1)), (Subject.PROMPT, NOW)]
        assert [deliveries.came_since(session, ada, *one) for one in asked] == [True, False, False]


def test_what_waits_by_somebodys_doing(world: World) -> None:
    """Theirs, of this subject, still queued, and of no broadcast."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        mine, sent, others = queue(session, world, "emil"), queue(session, world, "bruno"), queue(session, world, "cleo")
        mine.requested_by_id = sent.requested_by_id = ada.key
        others.requested_by_id = world.ids["bruno"]
        sent.state = DeliveryState.SENT
        session.flush()
        assert deliveries.waiting_of(session, Subject.COMMITMENT, 1, ada) == [mine]
        assert deliveries.waiting_of(session, Subject.COMMITMENT, 2, ada) == []


def test_a_newer_one_waits(world: World) -> None:
    """Of the same subject; of the same kind where that is asked; not for somebody else, and not once it is over."""
    with world.database.session() as session:
        first, other = queue(session, world), queue(session, world, number=2)
        queue(session, world, "emil")
        assert not deliveries.newer_waits(session, first, of_kind=False)
        assert deliveries.newer_waits(session, first, of_kind=True)
        other.state = DeliveryState.SENDING
        session.flush()
        assert deliveries.newer_waits(session, first, of_kind=True)
        other.state = DeliveryState.FAILED
        session.flush()
        assert not deliveries.newer_waits(session, first, of_kind=True)
        queue(session, world)
        assert deliveries.newer_waits(session, first, of_kind=False)


def test_copies_are_found_with_their_readers(world: World) -> None:
    """Oldest first, whatever became of them; and one by its number, or none."""
    with world.database.session() as session:
        found = [queue(session, world, "emil"), queue(session, world, "ada"), queue(session, world, "emil")]
        found[0].state = DeliveryState.FAILED
        session.flush()
        assert deliveries.copies(session, Subject.COMMITMENT, 1) == found
        assert deliveries.get(session, found[1].key) is found[1]
        assert deliveries.get(session, 999) is None
        emil = people.get(session, world.ids["emil"])
        assert deliveries.has_had(session, emil, Subject.COMMITMENT, 1)
        assert not deliveries.has_had(session, emil, Subject.COMMITMENT, 2)
