"""What happened to a copy or a post on its way, in order."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.outbox import deliveries, delivery_events, posts
from bot.domain.outbox.delivery_events import HOURS, WAITS, DeliveryEvent
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from tests.conftest import NOW, World


def test_each_has_its_own_story(world: World) -> None:
    """Oldest first; a copy's isn't a post's of the same number, and nothing is written of nothing."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        copy = deliveries.queue(session, ada, Subject.PROMPT, 1, NOW)
        post = posts.queue(session, Subject.QUESTION, 1, (Platform.SLACK, "C1"), ada, NOW)
        delivery_events.waits(session, copy.key, HOURS, NOW + timedelta(hours=1), NOW)
        session.flush()
        tried = DeliveryEvent(delivery_id=copy.key, at=NOW, what="retry", reason="HTTP 500")
        delivery_events.record(session, [tried, DeliveryEvent(post_id=post.key, at=NOW, what="failed")])
        delivery_events.record(session, [])
        told = [(one.what, one.reason) for one in delivery_events.of(session, copy.key)]
        assert told == [(WAITS, HOURS), ("retry", "HTTP 500")]
        assert [one.what for one in delivery_events.of_post(session, post.key)] == ["failed"]
        assert delivery_events.of(session, copy.key)[0].next_at == NOW + timedelta(hours=1)
