"""What a message is about, as the database and jobs of other versions name it."""

from __future__ import annotations

from sqlmodel import select

from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from tests.conftest import NOW, World


def test_one_that_this_version_does_not_know_is_none() -> None:
    """A job of a newer version's is left alone."""
    assert [Subject.known(one) for one in ("prompt", "PROMPT", "", "hologram")] == [Subject.PROMPT, None, None, None]


def test_every_one_comes_back_from_the_database_as_itself(world: World) -> None:
    """Not as a text that only looks like it."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        for one in Subject:
            deliveries.queue(session, ada, one, 1, NOW)
    with world.database.session() as session:
        found = session.exec(select(Delivery.subject).order_by(Delivery.id)).all()  # type: ignore[arg-type]  # a column, at run time
        assert list(found) == list(Subject)
        assert all(isinstance(one, Subject) for one in found)
