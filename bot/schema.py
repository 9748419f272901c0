"""The database's schema: made, brought up to date, or refused when it is newer than this program."""

from __future__ import annotations

from pathlib import Path

import procrastinate
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.database import Database

_LOCK = 7_203_118
"""Advisory lock: of several processes that start at once, one migrates and the others wait."""


class NewerDatabase(Exception):
    """The database was migrated by a newer version of this program."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def head() -> str:
    """The newest revision this program knows."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        msg = "there are no migrations"
        raise RuntimeError(msg)
    return found


def revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _known_revisions() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database to the newest revision; returns the ones before and after.

    Raises `NewerDatabase` when it is at a revision this program doesn't know: going on could damage it.
    """
    config = _config()
    with database.engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        before = MigrationContext.configure(connection).get_current_revision()
        if before is not None and before not in _known_revisions():
            msg = f"The database is at revision {before}, which this version doesn't know. Install the version that made it, or a newer one."
            raise NewerDatabase(msg)
        if not sa.inspect(connection).has_table("procrastinate_jobs"):
            connection.exec_driver_sql(procrastinate.schema.SchemaManager.get_schema().replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, head()


def draft(database: Database, message: str) -> None:
    """Write a new migration from the difference between the tables in code and in the database (for developers)."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True)
