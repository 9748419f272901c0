"""The schema: made, kept in step with the tables, and refused when it is newer."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

import bot.domain.tables
from bot.database import Database
from bot.domain.people.people import Role
from bot.process.opening import open_database
from bot.schema import NewerDatabase, head, migrate, revision
from tests.conftest import NOW
from tests.processes import new_database


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database with nothing in it, of its own."""
    database = open_database(new_database(database_url, "fresh"), lambda: NOW)
    yield database
    database.close()


def test_an_empty_database_is_made_ready(empty: Database) -> None:
    """From nothing to the newest revision; a second time changes nothing."""
    assert migrate(empty) == (None, head())
    assert migrate(empty) == (head(), head())


def test_the_migrations_make_the_tables_in_the_code(empty: Database) -> None:
    """What alembic makes and what the models say differ in nothing."""
    migrate(empty)
    assert bot.domain.tables.__all__
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not (kind == "table" and (name or "").startswith("procrastinate_"))},
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_newer_database_is_refused(empty: Database) -> None:
    """A revision this program doesn't know: it says so, and touches nothing."""
    migrate(empty)
    with empty.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="9999"):
        migrate(empty)
    assert revision(empty) == "9999"


def test_enums_are_stored_by_value(empty: Database) -> None:
    """The database checks the values that the code writes, never the names."""
    migrate(empty)
    with empty.engine.connect() as connection:
        checks = connection.exec_driver_sql(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = 'engagements'::regclass"
        ).scalars()
        assert any("'frontline_day'" in check for check in checks)
    assert Role.CX_OFFICE.value == "cx_office"
