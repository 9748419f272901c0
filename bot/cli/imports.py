"""The command line's `import`: people or customers in, from a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, err, fail, opened, out, settings_in
from bot.spreadsheets.importing.columns import CUSTOMER_COLUMNS, PEOPLE_COLUMNS, described

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.settings import Settings
    from bot.spreadsheets.importing import Imported, Rows
    from bot.spreadsheets.importing.systems import Aliases

importing = typer.Typer(help="Bring people or customers in from a CSV file, all of it or nothing.", no_args_is_help=True)


def _help(noun: str, needed: str, who: str) -> str:
    columns = PEOPLE_COLUMNS if noun == "people" else CUSTOMER_COLUMNS
    return f"""Add or change {noun} from FILE, a CSV with a line of column names: {who}.

{described(columns, needed)}

Exports of Entra, Microsoft 365, Slack, Workday, BambooHR, Salesforce and HubSpot are understood by their own column names, shown for a yes."""


DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Take the columns of another system's export as they are understood.")]


@importing.command("people", help=_help("people", "email", "the external_id, else the email, says who is who"))
def import_people_file(
    file: Path,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    deactivate_missing: Annotated[
        bool, typer.Option("--deactivate-missing", help="Mark staff who aren't in FILE as having left.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="How many at most; a tenth of the staff, and 20, without it.")] = None,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Add or change people."""
    from bot.spreadsheets.importing import ALIASES, PEOPLE_COLUMNS, Leavers, import_people, is_person  # noqa: PLC0415

    if limit is not None and not deactivate_missing:
        raise fail("--limit goes with --deactivate-missing.")
    leavers = Leavers(deactivate_missing, limit)

    def rows() -> tuple[Rows, bool]:
        return _rows(file, PEOPLE_COLUMNS, ("email", "name"), ALIASES, is_person, asked=not (yes or dry_run))

    _import(file, config, data, rows, partial(import_people, leavers=leavers), dry_run=dry_run)


@importing.command(
    "customers", help=_help("customers", "name", "the name says which is which; import people first, so that owners are known")
)
def import_customers_file(
    file: Path, dry_run: DryRunOption = False, yes: YesOption = False, config: ConfigOption = CONFIG, data: DataOption = DATA
) -> None:
    """Add or change customers."""
    from bot.spreadsheets.importing import CUSTOMER_ALIASES, CUSTOMER_COLUMNS, import_customers  # noqa: PLC0415

    def rows() -> tuple[Rows, bool]:
        return _rows(file, CUSTOMER_COLUMNS, ("name",), CUSTOMER_ALIASES, lambda _: True, asked=not (yes or dry_run))

    def take(session: Session, settings: Settings, rows: Rows, tick: Callable[[], None], *, foreign: bool) -> Imported:  # noqa: ARG001
        return import_customers(session, settings, rows, tick)

    _import(file, config, data, rows, take, dry_run=dry_run)


def _rows(
    file: Path,
    columns: dict[str, str],
    needed: tuple[str, ...],
    aliases: Aliases,
    whole: Callable[[dict[str, str]], bool],
    *,
    asked: bool,
) -> tuple[Rows, bool]:
    """A file's rows, and whether it is another system's export: taken only once somebody has seen how it is understood, and said yes."""
    from bot.spreadsheets.importing import foreign, known, own, read_sheet, rows_of  # noqa: PLC0415

    sheet = read_sheet(file, known(columns, aliases))
    plan = foreign(sheet, columns, needed, aliases)
    if plan is None:
        return rows_of(sheet, own(sheet, columns, needed[0])), False
    err.print(f"{file.name} has columns that aren't ours. They are understood so:", markup=False)
    for line in plan.shown():
        err.print(f"  {line}", markup=False, highlight=False)
    if asked and not (sys.stdin.isatty() and typer.confirm("Is that right?", err=True)):
        raise fail("Nothing was imported. If it is right, add --yes; if not, name the columns as --help says.")
    return rows_of(sheet, plan, whole), True


class _Undone(Exception):
    """A dry run is over: what was written goes back."""


def _import(
    file: Path, config: Path, data: Path, read: Callable[[], tuple[Rows, bool]], take: Callable[..., Imported], *, dry_run: bool
) -> None:
    from bot.spreadsheets.importing import Imported, ImportProblems  # noqa: PLC0415

    settings = settings_in(config)
    result = Imported(0, 0)
    try:
        rows, foreign = read()
        with opened(settings, data) as database, suppress(_Undone), database.session() as session:
            progress = iter(track(rows, description=f"Reading {file.name}", console=err, transient=True))
            result = take(session, settings, rows, lambda: next(progress, None), foreign=foreign)
            for _ in progress:
                pass
            if dry_run:
                raise _Undone
    except OSError as error:
        raise fail(f"Can't read {file}: {error.strerror}") from error
    except ImportProblems as error:
        raise fail(f"{error}\nNothing was imported.") from error
    first, *more = result.lines()
    out.print(f"{file.name}: {first}", markup=False, soft_wrap=True)
    for line in more:
        out.print(line, markup=False, soft_wrap=True)
    if dry_run:
        out.print("This was a dry run: nothing was written.")
