"""What is due to somebody at one time comes as one message, and not too many in a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.outbox import bundles, deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from tests.conftest import NOW, World


def queue(session: Session, world: World, subject: Subject, name: str = "emil", number: int = 1) -> Delivery:
    """A copy that waits for somebody's work."""
    copy = deliveries.queue(session, people.get(session, world.ids[name]), subject, number, NOW)
    copy.not_before = NOW
    session.flush()
    return copy


def test_what_waits_goes_along(world: World) -> None:
    """Of the same reader, in a bundle's subjects; what is exempt, long, or of a broadcast is a message of its own."""
    with world.database.session() as session:
        lead = queue(session, world, Subject.PROMPT)
        along = [queue(session, world, Subject.COMMITMENT), queue(session, world, Subject.QUESTION)]
        queue(session, world, Subject.COMMITMENT, "ada")
        queue(session, world, Subject.APPROVAL)
        queue(session, world, Subject.COMMITMENT, number=2).exempt = "asked"
        queue(session, world, Subject.COMMITMENT, number=3).not_before = None
        session.flush()
        assert bundles.waiting_with(session, lead) == along


def test_on_the_first_day_back_long_ones_go_along_too(world: World) -> None:
    """All that waited over a leave."""
    with world.database.session() as session:
        lead = queue(session, world, Subject.APPROVAL)
        report = queue(session, world, Subject.WEEKLY_REPORT)
        assert bundles.waiting_with(session, lead) == []
        assert bundles.waiting_with(session, lead, back=True) == [report]


def test_the_parts_stand_in_their_order(world: World) -> None:
    """What waits for an answer first, whoever leads; the same is found by any of them."""
    with world.database.session() as session:
        lead = queue(session, world, Subject.AGENDA)
        carried = [queue(session, world, one) for one in (Subject.ANSWER, Subject.PROMPT, Subject.COMMITMENT)]
        for one in carried:
            one.carried_by_id = lead.key
        session.flush()
        wanted = [Subject.PROMPT, Subject.COMMITMENT, Subject.ANSWER, Subject.AGENDA]
        for one in (lead, *carried):
            assert [part.subject for part in bundles.parts(session, one)] == wanted


@pytest.mark.parametrize(
    ("name", "subject", "had", "enough"),
    [
        ("emil", Subject.COMMITMENT, 2, False),
        ("emil", Subject.COMMITMENT, 3, True),
        ("emil", Subject.AGENDA, 3, False),
        ("emil", Subject.AGENDA, 4, True),
        ("emil", Subject.PROMPT, 9, False),
        ("ada", Subject.COMMITMENT, 3, False),
        ("ada", Subject.COMMITMENT, 4, True),
        ("cleo", Subject.COMMITMENT, 4, True),
    ],
)
def test_enough_for_a_week(world: World, name: str, subject: Subject, had: int, enough: bool) -> None:
    """Three messages, four for an executive and the CX office, one more before a list; then a week after the oldest of those."""
    with world.database.session() as session:
        for number in range(had):
            copy = queue(session, world, Subject.QUESTION, name, number)
            copy.state, copy.sent_at = DeliveryState.SENT, NOW - timedelta(days=6, hours=-number)
        session.flush()
        until = bundles.enough_until(session, people.get(session, world.ids[name]), subject, NOW)
        assert (until > NOW) is enough
        assert until - NOW < timedelta(days=1, hours=9)


def test_parts_of_a_message_and_of_a_digest_count_as_none(world: World) -> None:
    """Nor what is a week old."""
    with world.database.session() as session:
        lead, carried, told, old = (queue(session, world, Subject.QUESTION, number=number) for number in range(4))
        for one in (lead, carried, told, old):
            one.state, one.sent_at = DeliveryState.SENT, NOW - timedelta(hours=1)
        carried.carried_by_id, told.told_in_id, old.sent_at = lead.key, lead.key, NOW - timedelta(days=7)
        session.flush()
        assert bundles.enough_until(session, people.get(session, world.ids["emil"]), Subject.COMMITMENT, NOW) == NOW


def test_the_latest_copy_of_a_subject(world: World) -> None:
    """Of one reader."""
    with world.database.session() as session:
        first = queue(session, world, Subject.PROMPT)
        assert bundles.is_latest(session, first)
        second = queue(session, world, Subject.PROMPT)
        queue(session, world, Subject.PROMPT, "ada")
        assert [bundles.is_latest(session, one) for one in (first, second)] == [False, True]
        assert bundles.others_wait(session, first)
