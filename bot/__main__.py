"""The command line."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import structlog
import typer
from rich.console import Console
from rich.progress import track

from bot.clock import MovableClock, utc_now
from bot.database import Database, embedded_server
from bot.settings import Settings, SettingsError, json_schema, load, missing

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.exporting import Table

main = typer.Typer(
    name="outside-in",
    help="Outside In keeps a company's leaders close to customers, in Slack, Microsoft Teams, or a local web console.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
exporting = typer.Typer(help="Write tables for a spreadsheet: .csv or .xlsx, by the file's name.", no_args_is_help=True)
importing = typer.Typer(help="Bring people or customers in from a CSV file, all of it or nothing.", no_args_is_help=True)
main.add_typer(importing, name="import")
main.add_typer(exporting, name="export")

_err = Console(stderr=True)
_out = Console(highlight=False)

ConfigOption = Annotated[Path, typer.Option("--config", "-c", help="The company's settings.", envvar="OUTSIDE_IN_CONFIG")]
DataOption = Annotated[
    Path,
    typer.Option("--data", help="Where the embedded database lives; not used when DATABASE_URL is set.", envvar="OUTSIDE_IN_DATA"),
]
_CONFIG = Path("app.yaml")
_DATA = Path("data")


def _fail(message: str) -> typer.Exit:
    _err.print(message, style="red", markup=False)
    return typer.Exit(1)


def _settings(config: Path) -> Settings:
    try:
        return load(config)
    except SettingsError as error:
        raise _fail(str(error)) from error


@contextmanager
def _database(settings: Settings, data: Path) -> Iterator[Database]:
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
        raise _fail(str(error)) from error
    except OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise _fail(f"The database does not answer: {reason}. Is it running, and is DATABASE_URL right?") from error
    if settings.platforms.console_on:
        load_offset(database, movable)
    try:
        yield database
    finally:
        database.close()


def _sample(settings: Settings, database: Database) -> bool:
    """Fill an empty database with the sample company where app.yaml is the sample's; True when that was done."""
    if not settings.company.sample:
        return False
    from bot.sample import load_sample  # noqa: PLC0415

    return load_sample(database, settings)


def _log_to_terminal() -> None:
    """Readable lines on a terminal, JSON elsewhere."""
    tail: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer()]
        if sys.stderr.isatty()
        else [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *tail,
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@main.command()
def run(
    config: ConfigOption = _CONFIG,
    data: DataOption = _DATA,
    port: Annotated[int | None, typer.Option(help="Port to listen on; app.yaml's when not given.", envvar="PORT")] = None,
) -> None:
    """Run everything in one process: web server, platforms, scheduled jobs and worker.

    With neither Slack nor Teams set up in app.yaml, the console is served: open the printed address. An empty database
    is made ready, and filled with the sample company when app.yaml says `sample: true`. Stop with Ctrl-C.
    """
    from bot.app import Site, serve  # noqa: PLC0415
    from bot.house import build  # noqa: PLC0415

    _log_to_terminal()
    settings = _settings(config)
    with _database(settings, data) as database:
        if _sample(settings, database):
            _out.print("The sample company has been loaded.")
        address = f"http://{settings.web.host}:{port or settings.web.port}/"
        site = Site(settings.web.host, port or settings.web.port, lambda: _out.print(f"Outside In is at {address}", style="bold"))
        try:
            house = build(settings, database)
            asyncio.run(_until_stopped(lambda stop: serve(house, os.environ, site, stop)))
        except SettingsError as error:
            raise _fail(str(error)) from error
        except OSError as error:
            raise _fail(
                f"Can't listen at {address}: {error.strerror}. Is it running already? Choose another with PORT=…"
            ) from error


@main.command()
def worker(config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Run jobs only, beside a `run` on another machine. Needs nothing but the same app.yaml, secrets and DATABASE_URL."""
    from bot.app import work_alone  # noqa: PLC0415
    from bot.house import build  # noqa: PLC0415

    _log_to_terminal()
    settings = _settings(config)
    if settings.platforms.console_on:
        raise _fail("The console lives in one process: `run` does its jobs too. A worker helps where Slack or Teams is set up.")
    with _database(settings, data) as database:
        house = build(settings, database)
        asyncio.run(_until_stopped(lambda stop: work_alone(house, os.environ, stop)))


async def _until_stopped(what: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(sign, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    await what(stop)


@main.command()
def migrate(config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Bring the database to this version's schema. `run` does so by itself; a newer database is refused."""
    settings = _settings(config)
    with _database(settings, data) as database:
        from bot.schema import revision  # noqa: PLC0415

        _out.print(f"The database is at revision {revision(database)}.")


@main.command()
def check(config: ConfigOption = _CONFIG) -> None:
    """Check app.yaml and the environment, and say what is missing. Exit code 1 when something is."""
    from bot.house import check_schedules  # noqa: PLC0415

    settings = _settings(config)
    try:
        check_schedules(settings)
    except SettingsError as error:
        raise _fail(str(error)) from error
    lacking = missing(settings, os.environ)
    for line in lacking:
        _err.print(line, style="red", markup=False)
    if lacking:
        raise typer.Exit(1)
    on = settings.platforms
    names = [name for name, there in (("the console", on.console_on), ("Slack", on.slack), ("Teams", on.teams)) if there]
    _out.print(f"{config} is right. {settings.company.name} on {' and '.join(names)}; nothing is missing.", markup=False)


@main.command("draft-migration", hidden=True)
def draft_migration(message: str, config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Write a migration from what the tables in the code have and the database hasn't (for developers; read what it wrote)."""
    import bot.domain.tables  # noqa: F401, PLC0415
    from bot.schema import draft  # noqa: PLC0415

    with _database(_settings(config), data) as database:
        draft(database, message)


@main.command()
def schema() -> None:
    """Print the JSON schema of app.yaml, for editors."""
    _out.file.write(json_schema())


@exporting.command("commitments")
def export_commitments(file: Path, config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Write every commitment to FILE: its dates, its age at each hop, on time by the first date and by the last.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It holds customers' names: keep it where they may be read.
    """
    from bot.exporting import commitments  # noqa: PLC0415

    _export(file, config, data, commitments, "commitments")


@exporting.command("deliveries")
def export_deliveries(file: Path, config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Write every recipient of every update to FILE: whether it reached them and why not, and what they answered.

    FILE ends in .csv or .xlsx. Nothing anyone typed is run as a formula. It names people: keep it where it may be read.
    """
    from bot.exporting import deliveries  # noqa: PLC0415

    _export(file, config, data, deliveries, "recipients")


def _export(file: Path, config: Path, data: Path, table: Callable[[Session], Table], noun: str) -> None:
    from bot.exporting import write  # noqa: PLC0415

    settings = _settings(config)
    try:
        with _database(settings, data) as database, database.session() as session, _err.status(f"Writing {file.name} …"):
            count = write(table(session), file)
    except (OSError, ValueError) as error:
        raise _fail(f"Can't write {file}: {error}") from error
    _out.print(f"{file.name}: {count} {noun}.")


@importing.command("people")
def import_people_file(file: Path, config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Add or update people from FILE, a CSV with a line of column names. The email says who is who.

    Columns: email, name, title, zone, locale, country, department, roles, manager, delegates, guest, active, prompts_paused,
    working_days, works_from, works_until. A column left out leaves what is known as it is.
    """
    from bot.importing import PEOPLE_COLUMNS, import_people  # noqa: PLC0415

    _import(file, config, data, PEOPLE_COLUMNS, "email", import_people)


@importing.command("customers")
def import_customers_file(file: Path, config: ConfigOption = _CONFIG, data: DataOption = _DATA) -> None:
    """Add or update customers from FILE, a CSV with a line of column names. The name says which is which.

    Columns: name, aliases, segment, tier, owner, contacts. Import people first, so that owners are known.
    """
    from bot.importing import CUSTOMER_COLUMNS, import_customers  # noqa: PLC0415

    _import(file, config, data, CUSTOMER_COLUMNS, "name", import_customers)


def _import(file: Path, config: Path, data: Path, columns: dict[str, str], needed: str, take: object) -> None:
    from bot.importing import ImportProblems, read_rows  # noqa: PLC0415

    settings = _settings(config)
    try:
        rows = read_rows(file, columns, needed)
        with _database(settings, data) as database, database.session() as session:
            progress = iter(track(rows, description=f"Reading {file.name}", console=_err, transient=True))
            result = take(session, settings, rows, lambda: next(progress, None))  # type: ignore[operator]
    except OSError as error:
        raise _fail(f"Can't read {file}: {error.strerror}") from error
    except ImportProblems as error:
        raise _fail(f"{error}\nNothing was imported.") from error
    _out.print(f"{file.name}: {result.added} added, {result.updated} updated.")


@main.command()
def say(
    text: Annotated[str, typer.Argument(help="What to type, such as '/logvisit Acme yesterday: onboarding takes six weeks'.")],
    as_: Annotated[str, typer.Option("--as", metavar="EMAIL", help="Who types it.")],
    press: Annotated[str | None, typer.Option(metavar="BUTTON", help="Then press the button with this label.")] = None,
    fill: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Then fill in a field and save; may be repeated.")
    ] = None,
    json: Annotated[Literal["slack", "teams"] | None, typer.Option(help="Print the exact payload this platform would get.")] = None,
    config: ConfigOption = _CONFIG,
    data: DataOption = _DATA,
) -> None:
    """Talk to the bot on the terminal: type something, press a button, fill in the form, and see the answer.

    It's the console without a browser, for the same people and the same database. Example:

    outside-in say --as mara@tidewater.example '/logvisit Acme yesterday: onboarding takes six weeks' --fill surprised='They like the forms'
    """
    from bot.conversation import Conversation, Lost, shown  # noqa: PLC0415
    from bot.house import build  # noqa: PLC0415

    settings = _settings(config)
    if not settings.platforms.console_on:
        raise _fail("`say` lets anyone speak as anyone, so it works only where neither Slack nor Teams is set up.")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("warning"))
    with _database(settings, data) as database:
        _sample(settings, database)
        conversation = Conversation(build(settings, database).dispatcher, as_)
        try:
            conversation.type(text)
            if press is not None:
                conversation.press(press)
            if fill:
                conversation.fill(dict(_pair(one) for one in fill))
        except Lost as error:
            raise _fail(str(error)) from error
        typer.echo(shown(conversation.reply, json))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise _fail(f"--fill takes FIELD=VALUE, not {text!r}.")
    return name.strip(), value


if __name__ == "__main__":
    main()
