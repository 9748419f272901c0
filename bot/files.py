"""Tables out and people or customers in, from files on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import track

from bot.terminal import CONFIG, DATA, ConfigOption, DataOption, err, fail, opened, out, settings_in

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.exporting import Table

exporting = typer.Typer(help="Write tables for a spreadsheet: .csv or .xlsx, by the file's name.", no_args_is_help=True)
importing = typer.Typer(help="Bring people or customers in from a CSV file, all of it or nothing.", no_args_is_help=True)


@exporting.command("commitments")
def export_commitments(file: Path, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Write every commitment to FILE: its dates, its age at each hop, on time by the first date and by the last.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It holds customers' names: keep it where they may be read.
    """
    from bot.exporting import commitments  # noqa: PLC0415

    _export(file, config, data, commitments, "commitments")


@exporting.command("deliveries")
def export_deliveries(file: Path, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Write every recipient of every update to FILE: whether it reached them and why not, and what they answered.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It names people: keep it where it may be read.
    """
    from bot.exporting import deliveries  # noqa: PLC0415

    _export(file, config, data, deliveries, "recipients")


def _export(file: Path, config: Path, data: Path, table: Callable[[Session], Table], noun: str) -> None:
    from bot.exporting import write  # noqa: PLC0415

    settings = settings_in(config)
    try:
        with opened(settings, data) as database, database.session() as session, err.status(f"Writing {file.name} …"):
            count = write(table(session), file)
    except (OSError, ValueError) as error:
        raise fail(f"Can't write {file}: {error}") from error
    out.print(f"{file.name}: {count} {noun}.")


@importing.command("people")
def import_people_file(file: Path, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Add or update people from FILE, a CSV with a line of column names. The email says who is who.

    Columns: email, name, title, zone, locale, country, department, roles, manager, delegates, guest, active, prompts_paused,
    working_days, works_from, works_until. A column left out leaves what is known as it is.
    """
    from bot.importing import PEOPLE_COLUMNS, import_people  # noqa: PLC0415

    _import(file, config, data, PEOPLE_COLUMNS, "email", import_people)


@importing.command("customers")
def import_customers_file(file: Path, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Add or update customers from FILE, a CSV with a line of column names. The name says which is which.

    Columns: name, aliases, segment, tier, owner, contacts. Import people first, so that owners are known.
    """
    from bot.importing import CUSTOMER_COLUMNS, import_customers  # noqa: PLC0415

    _import(file, config, data, CUSTOMER_COLUMNS, "name", import_customers)


def _import(file: Path, config: Path, data: Path, columns: dict[str, str], needed: str, take: object) -> None:
    from bot.importing import ImportProblems, read_rows  # noqa: PLC0415

    settings = settings_in(config)
    try:
        rows = read_rows(file, columns, needed)
        with opened(settings, data) as database, database.session() as session:
            progress = iter(track(rows, description=f"Reading {file.name}", console=err, transient=True))
            result = take(session, settings, rows, lambda: next(progress, None))  # type: ignore[operator]
    except OSError as error:
        raise fail(f"Can't read {file}: {error.strerror}") from error
    except ImportProblems as error:
        raise fail(f"{error}\nNothing was imported.") from error
    out.print(f"{file.name}: {result.added} added, {result.updated} updated.")
