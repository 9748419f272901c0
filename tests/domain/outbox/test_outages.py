"""Times in which a platform refuses the bot: one at a time for each platform, however many notice."""

from __future__ import annotations

from datetime import timedelta

from bot.database import Database
from bot.domain.outbox import outages
from bot.domain.people.people import Platform
from tests.conftest import NOW


def test_one_begins_once_and_ends_once(database: Database) -> None:
    """The first to notice has its number; after its end another may begin."""
    with database.session() as session:
        first = outages.begin(session, Platform.SLACK, "token_revoked", NOW)
        assert first is not None
        assert outages.begin(session, Platform.SLACK, "again", NOW) is None
        assert outages.begin(session, Platform.TEAMS, "another platform's", NOW) not in (None, first)
        assert outages.end(session, Platform.SLACK, NOW + timedelta(hours=1)) == first
        assert outages.end(session, Platform.SLACK, NOW) is None
        over = outages.get(session, first)
        assert (over.reason, over.ended_at) == ("token_revoked", NOW + timedelta(hours=1))
        assert outages.begin(session, Platform.SLACK, "once more", NOW) not in (None, first)
