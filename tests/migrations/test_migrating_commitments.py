"""What the migrations make of the commitments that a company has already."""

from collections.abc import Iterator

import pytest

from bot.database import Database
from bot.schema import migrate
from tests.processes import older

OLD = """
INSERT INTO people (id, email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, working_days)
VALUES (1, 'aroha@firm.example', 'Aroha', '', 'Pacific/Auckland', 'en', 'NZ', '', '{}', false, true, false, ''),
       (2, 'odd@firm.example', 'Odd', '', 'Nowhere/Known', 'en', 'NZ', '', '{}', false, true, false, '');
INSERT INTO engagements (id, kind, happened_on, logged_at, logged_by_id, stage, heard, surprised, follow_up, evidence_target)
VALUES (1, 'visit', '2026-11-02', '2026-11-04T09:00Z', 1, 'onboard', 'x', '', '', 'trust');
INSERT INTO commitments
  (id, what, promised_by_id, owner_id, engagement_id, source_link, source_text, made_at, first_due, due, state, done_note, link, version)
VALUES (1, 'a', 1, 1, 1, '', '', '2026-11-04T09:00Z', '2026-12-01', '2026-12-01', 'open', '', '', 1),
       (2, 'b', 1, 1, NULL, '', '', '2026-11-04T20:00Z', '2026-12-01', '2026-12-01', 'open', '', '', 1),
       (3, 'c', 2, 1, NULL, '', '', '2026-11-04T20:00Z', '2026-12-01', '2026-12-01', 'open', '', '', 1);
"""


@pytest.fixture
def filled(database_url: str) -> Iterator[Database]:
    """A database of its own, as it was before 0004, with commitments in it."""
    with older(database_url, "grown", "0003", OLD) as database:
        yield database


def test_older_commitments_learn_when_they_were_heard(filled: Database) -> None:
    """The visit's day, stage and target; else the day it was made, in the zone of whoever promised where that is known."""
    migrate(filled)
    with filled.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT heard_on::text, stage, target, source_ref FROM commitments ORDER BY id").all()
    assert [tuple(row) for row in found] == [
        ("2026-11-02", "onboard", "trust", ""),
        ("2026-11-05", "", "", ""),
        ("2026-11-04", "", "", ""),
    ]
