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


DIGESTS = """
INSERT INTO people (id, email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers, picture,
  digest, working_days)
SELECT n, 'p' || n, 'P', '', 'Europe/London', 'en', '', '', '{}', false, true, false, '', '', n = 2, '' FROM generate_series(1, 3) n;
INSERT INTO updates (id, author_id, speaker_id, locale, link, picture, made_at, version, agreed_version)
VALUES (1, 1, 1, 'en', '', '', '2026-11-25', 3, NULL), (2, 1, 2, 'en', '', '', '2026-11-25', 3, 2);
INSERT INTO broadcasts (id, update_id, rule, "when", state, reason, size, version, approved_by_id, approved_version)
VALUES (1, 1, '{}', 'now', 'done', '', 60, 1, 2, 3);
INSERT INTO deliveries (id, person_id, subject, subject_id, part, state, reason, tenant, user_id, conversation, message_id,
  queued_at, sent_at, attempts, tried, shown, to_change, change_reason, broadcast_id)
SELECT id, person_id, subject, subject_id, 0, state, '', '', '', '', '', queued_at::timestamptz, sent_at::timestamptz, 1, '{}', 0, false, '',
  broadcast_id
FROM (VALUES (1, 1, 'update', 1, 'digest', '2026-11-25', NULL, 1), (2, 2, 'update', 1, 'sent', '2026-11-25', '2026-11-25', 1),
  (3, 3, 'update', 1, 'digest', '2026-11-25', NULL, 1), (4, 1, 'digest', 9, 'sent', '2026-11-30', '2026-11-30', NULL),
  (5, 1, 'digest', 10, 'sent', '2026-12-07', '2026-12-07', NULL), (6, 2, 'digest', 9, 'sent', '2026-11-30', '2026-11-30', NULL),
  (7, 3, 'digest', 9, 'failed', '2026-11-30', NULL, NULL)) AS d(id, person_id, subject, subject_id, state, queued_at, sent_at, broadcast_id);
"""


def test_what_was_held_before_is_told_once(database_url: str) -> None:
    """Told by the first digest that arrived after it, also where it came singly as well; whose digest failed is told by the next.

    Words that were agreed to stay so, and an approval is for as many as were asked for.
    """
    with older(database_url, "digested", "0011", DIGESTS) as database:
        migrate(database)
        with database.engine.connect() as connection:
            told = connection.exec_driver_sql("SELECT id, told_in_id FROM deliveries WHERE subject = 'update' ORDER BY id").all()
            words = connection.exec_driver_sql("SELECT worded, agreed_version FROM updates ORDER BY id").all()
            sizes = connection.exec_driver_sql("SELECT approved_size FROM broadcasts").all()
    assert [tuple(row) for row in told] == [(1, 4), (2, 6), (3, None)]
    assert [tuple(row) for row in words] == [(3, 3), (3, 2)]
    assert [tuple(row) for row in sizes] == [(60,)]
