"""Files of people and customers, imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.database import Database
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.settings import Settings
from bot.spreadsheets.importing import (
    CUSTOMER_COLUMNS,
    PEOPLE_COLUMNS,
    Imported,
    ImportProblems,
    Leavers,
    import_customers,
    import_people,
    read_rows,
)


class Files:
    """Imports texts as files, and says who is known."""

    def __init__(self, database: Database, settings: Settings, path: Path) -> None:
        self.database, self.settings, self.path = database, settings, path / "x.csv"

    def people(self, text: str, leavers: Leavers | None = None) -> Imported:
        """Import people."""
        self.path.write_text(text, encoding="utf-8")
        rows = read_rows(self.path, PEOPLE_COLUMNS, "email")
        with self.database.session() as session:
            return import_people(session, self.settings, rows, leavers=leavers)

    def customers(self, text: str) -> Imported:
        """Import customers."""
        self.path.write_text(text, encoding="utf-8")
        rows = read_rows(self.path, CUSTOMER_COLUMNS, "name")
        with self.database.session() as session:
            return import_customers(session, self.settings, rows)

    def refused(self, text: str, take: Callable[[str], Imported] | None = None) -> str:
        """Why a file is refused."""
        with pytest.raises(ImportProblems) as raised:
            (take or self.people)(text)
        return str(raised.value)

    def person(self, email: str) -> Person:
        """Somebody as they are now."""
        with self.database.session() as session:
            person = people.by_email(session, email)
            assert person is not None, email
            _ = person.delegates, person.manager
            return person


@pytest.fixture
def files(database: Database, settings: Settings, tmp_path: Path) -> Files:
    """An empty company to import into."""
    return Files(database, settings, tmp_path)
