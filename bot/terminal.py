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
from bot.database import Database, embedded_server
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


def fail(message: str) -> typer.Exit:
    """Say what is wrong; raise what this gives to end with exit code 1."""
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


def settings_in(config: Path) -> Settings:
    """What app.yaml says; the command ends with its mistakes when it is wrong."""
    try:
        return load(config)
    except SettingsError as error:
        raise fail(str(error)) from error


@contextmanager
def opened(settings: Settings, data: Path) -> Iterator[Database]:
    """The database, up to date. With the console on, its clock is the movable one."""
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    from bot.app import load_offset  # noqa: PLC0415 - everything heavy is imported by the command that needs it
    from bot.schema import NewerDatabase, migrate  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL") or embedded_server(data)
    movable = MovableClock()
    try:
        database = Database(url, movable if settings.platforms.console_on else utc_now)
        migrate(database)
    except (NewerDatabase, ValueError) as error:
        raise fail(str(error)) from error
    except OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise fail(f"The database does not answer: {reason}. Is it running, and is DATABASE_URL right?") from error
    if settings.platforms.console_on:
        load_offset(database, movable)
    try:
        yield database
    finally:
        database.close()
