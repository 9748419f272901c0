"""What every command of the command line needs: its options, settings, the database, and a way to say that something is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.clock import MovableClock, utc_now
from bot.database import Database
from bot.platforms.discovery import secrets
from bot.process import logs
from bot.process.embedded import EmbeddedError, embedded_server
from bot.settings import Settings, SettingsError, load

err = Console(stderr=True)
out = Console(highlight=False)

ConfigOption = Annotated[Path, typer.Option("--config", "-c", help="The company's settings.", envvar="OUTSIDE_IN_CONFIG")]
DataOption = Annotated[
    Path,
    typer.Option("--data", help="Where the embedded database lives; not used when DATABASE_URL is set.", envvar="OUTSIDE_IN_DATA"),
]
CONFIG = Path("app.yaml")
DATA = Path("data")


def fail(message: str, code: int = 1) -> typer.Exit:
    """Say what is wrong; raise what this gives to end with an exit code."""
    err.print(message, style="red", markup=False)
    return typer.Exit(code)


def settings_in(config: Path, code: int = 1) -> Settings:
    """What app.yaml says; the command ends with its mistakes, and an exit code, when it is wrong."""
    try:
        settings = load(config)
    except SettingsError as error:
        raise fail(str(error), code) from error
    logs.hide(secrets(settings, os.environ))
    return settings


def known_database(settings: Settings, data: Path) -> Database | None:
    """The database as it is, neither made nor migrated; None where there is none yet. Raises what `connected` raises."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url and not (data / "postgres" / "PG_VERSION").exists():
        return None
    from bot.process.opening import open_database  # noqa: PLC0415 - everything heavy is imported by the command that needs it

    return open_database(url or embedded_server(data), MovableClock() if settings.platforms.console_on else utc_now)


def connected(settings: Settings, data: Path) -> Database:
    """The database, up to date. With the console on, its clock is the movable one.

    Raises sqlalchemy's OperationalError when it doesn't answer, ValueError, EmbeddedError and NewerDatabase, with words, when it can't be.
    """
    from bot.app import load_offset  # noqa: PLC0415 - everything heavy is imported by the command that needs it
    from bot.process.opening import open_database  # noqa: PLC0415
    from bot.schema import migrate  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", "").strip() or embedded_server(data)
    movable = MovableClock()
    database = open_database(url, movable if settings.platforms.console_on else utc_now)
    try:
        migrate(database)
        if settings.platforms.console_on:
            load_offset(database, movable)
    except BaseException:
        database.close()
        raise
    return database


# As PostgreSQL says it; in another language of the server's it is waited for, which does no harm.
_REFUSALS = (
    "authentication failed",
    "does not exist",
    "no pg_hba.conf entry",
    "no password supplied",
    "permission denied",
    "must be owner",
)


def unusable(error: Exception) -> str:
    """What the server's answer means where no waiting helps, and what to do; "" where it may come back by itself."""
    reason = str(getattr(error, "orig", error)).partition("\n")[0].rstrip(".")
    if any(words in str(error) for words in _REFUSALS):
        return f"The database refuses: {reason}. Look at user, password and name in DATABASE_URL, and at the server's rights."
    return ""


def unanswered(error: Exception) -> str:
    """The same where nothing is waited for: what is wrong, whatever it is."""
    reason = str(getattr(error, "orig", error)).partition("\n")[0].rstrip(".")
    return unusable(error) or f"The database does not answer: {reason}. Is it running, and is DATABASE_URL right?"


@contextmanager
def opened(settings: Settings, data: Path, *, renamed: bool = False) -> Iterator[Database]:
    """The database, up to date and this company's, for a command that does one thing: it waits for nothing.

    With `renamed` the company has app.yaml's name from now on.
    """
    from sqlalchemy.exc import OperationalError, ProgrammingError  # noqa: PLC0415

    from bot.domain.records import company_settings  # noqa: PLC0415
    from bot.schema import NewerDatabase  # noqa: PLC0415

    try:
        database = connected(settings, data)
        with database.session() as session:
            if renamed:
                company_settings.rename(session, settings, database.clock())
            company_settings.check(session, settings)
    except (NewerDatabase, EmbeddedError, ValueError, SettingsError) as error:
        raise fail(str(error)) from error
    except (OperationalError, ProgrammingError) as error:
        raise fail(unanswered(error)) from error
    try:
        yield database
    finally:
        database.close()
