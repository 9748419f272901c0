"""The command line's `export`: tables and figures out, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from xlsxwriter.exceptions import XlsxWriterException

from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, err, fail, opened, out, settings_in

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.settings import Settings
    from bot.spreadsheets.exporting import Dialect, Span, Table

exporting = typer.Typer(help="Write tables for a spreadsheet: .csv or .xlsx, by the file's name.", no_args_is_help=True)


DelimiterOption = Annotated[
    str | None,
    typer.Option(
        help="What parts the cells of a CSV file: comma, semicolon, tab or pipe. Without it, what spreadsheets of the company's"
        " locale split at."
    ),
]


@exporting.command("commitments")
def export_commitments(
    file: Path, delimiter: DelimiterOption = None, config: ConfigOption = CONFIG, data: DataOption = DATA
) -> None:
    """Write every commitment to FILE: its dates, its age at each hop, on time by the first date and by the last.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It holds customers' names: keep it where they may be read.
    """
    from bot.spreadsheets.exporting import commitments  # noqa: PLC0415

    _export(file, delimiter, config, data, commitments, "commitments")


@exporting.command("deliveries")
def export_deliveries(
    file: Path, delimiter: DelimiterOption = None, config: ConfigOption = CONFIG, data: DataOption = DATA
) -> None:
    """Write every recipient of every update to FILE: whether it reached them and why not, and what they answered.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It names people: keep it where it may be read.
    """
    from bot.spreadsheets.exporting import deliveries  # noqa: PLC0415

    _export(file, delimiter, config, data, deliveries, "recipients")


FromOption = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Only from this day on.")]
ToOption = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Only up to this day.")]


@exporting.command("engagements")
def export_engagements(
    file: Path,
    first: FromOption = None,
    last: ToOption = None,
    delimiter: DelimiterOption = None,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Write every engagement to FILE, with what was heard: keep it where that may be read.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula.
    """
    from bot.spreadsheets.exporting import TABLES  # noqa: PLC0415

    span = _span(first, last)
    _export(file, delimiter, config, data, lambda session: TABLES["engagements"](session, span), "engagements")


@exporting.command("figures")
def export_figures(
    file: Path,
    first: FromOption = None,
    last: ToOption = None,
    delimiter: DelimiterOption = None,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Write every figure to FILE, of the company, each department and each executive: of the running quarter, or the days given."""
    _export_all(file, first, last, delimiter, config, data, only_figures=True)


@exporting.command("all")
def export_everything(
    path: Path,
    first: FromOption = None,
    last: ToOption = None,
    delimiter: DelimiterOption = None,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Write every table and figure to PATH: one .xlsx with a sheet for each, or a folder with a .csv file for each.

    Nothing anyone typed is run as a formula. It holds everything: keep it where everything may be read.
    """
    _export_all(path, first, last, delimiter, config, data, only_figures=False)


def _dialect(settings: Settings, delimiter: str | None) -> Dialect:
    from bot.spreadsheets.exporting import DELIMITERS, dialect  # noqa: PLC0415

    if delimiter is None or delimiter in DELIMITERS.values():
        return dialect(settings.company.locale, delimiter)
    if delimiter.lower() not in DELIMITERS:
        raise fail(f"--delimiter is {', '.join(DELIMITERS)}, not “{delimiter}”.")
    return dialect(settings.company.locale, DELIMITERS[delimiter.lower()])


def _span(first: datetime | None, last: datetime | None) -> Span:
    from bot.spreadsheets.exporting import Span  # noqa: PLC0415

    if first is not None and last is not None and last < first:
        raise fail("--from must not be after --to.")
    return Span(first.date() if first else None, last.date() if last else None)


def _export_all(
    path: Path,
    first: datetime | None,
    last: datetime | None,
    delimiter: str | None,
    config: Path,
    data: Path,
    *,
    only_figures: bool,
) -> None:
    from bot.spreadsheets.exporting import FIGURES, everything, write_book, write_folder  # noqa: PLC0415

    settings, span = settings_in(config), _span(first, last)
    form = _dialect(settings, delimiter)
    book = path.suffix.lower() == ".xlsx"
    if path.suffix and not book:
        raise fail(f"{path.name} must end in .xlsx, or be a folder for .csv files.")
    try:
        with opened(settings, data) as database, database.session() as session, _progress(path) as tick:
            tables = everything(session, settings, span, database.clock())
            chosen = {name: table for name, table in tables.items() if not only_figures or name in FIGURES}
            count = write_book(chosen, path, tick) if book else write_folder(chosen, path, tick, form)
    except (OSError, XlsxWriterException) as error:
        raise fail(f"Can't write {path}: {error}") from error
    out.print(f"{path.name}: {count:,} rows in {len(chosen)} tables.")


@contextmanager
def _progress(path: Path) -> Iterator[Callable[[], None]]:
    """A bar that counts rows: how many there will be isn't known while they are streamed."""
    columns = (
        SpinnerColumn(),
        TextColumn("Writing {task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(path.name, total=None)
        yield lambda: progress.advance(task)


def _export(file: Path, delimiter: str | None, config: Path, data: Path, table: Callable[[Session], Table], noun: str) -> None:
    from bot.spreadsheets.exporting import write  # noqa: PLC0415

    settings = settings_in(config)
    form = _dialect(settings, delimiter)
    try:
        with opened(settings, data) as database, database.session() as session, _progress(file) as tick:
            count = write(table(session), file, tick, form)
    except (OSError, ValueError, XlsxWriterException) as error:
        raise fail(f"Can't write {file}: {error}") from error
    out.print(f"{file.name}: {count} {noun}.")
