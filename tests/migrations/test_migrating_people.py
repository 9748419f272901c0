"""What the migrations make of people and customers that were taken as they came."""

from collections.abc import Iterator

import pytest

from bot.database import Database
from bot.schema import migrate
from tests.processes import older

OLD = """
INSERT INTO people (id, email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers, picture,
  digest, working_days)
SELECT n, email, 'P', '', 'Europe/London', 'en', country, '', '{}', false, true, false, '', '', false, '' FROM (VALUES
  (1, 'ada@firm.example', 'United States'), (2, E'zoe\u0308@firm.example', 'de'), (3, E'bo\u200b@firm.example', 'Atlantis'),
  (4, E'ada\u00ad@firm.example', 'DE-BY')) made (n, email, country);
INSERT INTO customers (id, name, folded_name, aliases, segment, tier, unchecked)
SELECT n, name, lower(name), '{}', '', 'standard', false FROM (VALUES
  (1, 'Globex'), (2, E'Glo\u00adbex'), (3, E'Cafe\u0301')) made (n, name);
"""


@pytest.fixture
def filled(database_url: str) -> Iterator[Database]:
    """A database of its own, as it was before 0017."""
    with older(database_url, "whoiswho", "0016", OLD) as database:
        yield database


def test_what_looks_the_same_is_the_same_and_countries_are_codes(filled: Database) -> None:
    """Twins that stand there already both stay: which of them is meant only people know. So does a country nobody understands."""
    migrate(filled)
    with filled.engine.connect() as connection:
        people = connection.exec_driver_sql("SELECT email, country FROM people ORDER BY id").all()
        assert [tuple(row) for row in people] == [
            ("ada@firm.example", "US"),
            ("zo\u00eb@firm.example", "DE"),
            ("bo@firm.example", "Atlantis"),
            ("ada\u00ad@firm.example", "DE-BY"),
        ]
        customers = connection.exec_driver_sql("SELECT folded_name FROM customers ORDER BY id").scalars().all()
        assert customers == ["globex", "glo\u00adbex", "caf\u00e9"]
