"""What the migrations make of a broadcast that was on its way when the program stopped."""

from collections.abc import Iterator

import pytest

from bot.database import Database
from bot.schema import migrate
from tests.processes import downgrade, older

OLD = """
INSERT INTO people (id, email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers, picture,
  digest, working_days)
SELECT n, 'p' || n, 'P', '', 'Europe/London', 'en', '', '', '{}', false, true, false, '', '', false, '' FROM generate_series(1, 4) n;
INSERT INTO updates (id, author_id, speaker_id, locale, link, picture, made_at, version) VALUES (1, 1, 1, 'en', '', '', '2026-11-25', 1);
INSERT INTO broadcasts (id, update_id, rule, "when", state, reason, size, version) VALUES (1, 1, '{}', 'now', 'sending', '', 2, 1);
INSERT INTO deliveries (id, person_id, subject, subject_id, part, state, reason, platform, tenant, user_id, conversation, message_id,
  queued_at, attempts, tried, shown, to_change, change_reason, broadcast_id)
SELECT n, n, 'update', 1, 0, CASE WHEN n < 4 THEN 'sending' ELSE 'queued' END, '', CASE WHEN n < 3 THEN 'slack' ELSE 'teams' END, 'T1', '',
  '', '', '2026-11-25', 1, '{}', 0, false, '', CASE WHEN n = 3 THEN NULL ELSE 1 END FROM generate_series(1, 4) n;
"""


@pytest.fixture
def filled(database_url: str) -> Iterator[Database]:
    """A database of its own, as it was before 0009, with two of a broadcast and one message of another kind on their way."""
    with older(database_url, "underway", "0008", OLD) as database:
        yield database


def test_what_was_on_its_way_stays_in_doubt(filled: Database) -> None:
    """A broadcast's are under way on their lane; going back undoes that."""
    migrate(filled)
    states = "SELECT id, state FROM deliveries ORDER BY id"
    with filled.engine.connect() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql("SELECT platform, tenant, delivery_ids FROM under_way")] == [
            ("slack", "T1", [1, 2])
        ]
        assert connection.exec_driver_sql(states).all() == [(1, "queued"), (2, "queued"), (3, "sending"), (4, "queued")]
    downgrade(filled, "0008")
    with filled.engine.connect() as connection:
        assert connection.exec_driver_sql(states).all() == [(1, "sending"), (2, "sending"), (3, "sending"), (4, "queued")]
