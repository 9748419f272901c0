"""The command line."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.accounts import accounts
from bot.cli.exports import exporting
from bot.cli.imports import importing
from bot.cli.manifests import manifests
from bot.cli.starting import serve_until_stopped
from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, err, fail, known_database, opened, out, settings_in, unanswered
from bot.cli.tokens import tokens
from bot.cli.workspaces import workspaces
from bot.database import Database
from bot.platforms.discovery import missing, plugins, switched_on
from bot.process import logs
from bot.process.embedded import EmbeddedError
from bot.settings import Settings, SettingsError, json_schema

if TYPE_CHECKING:
    from bot.process.census import Findings

main = typer.Typer(
    name="outside-in",
    help="Outside In keeps a company's leaders close to customers, in Slack, Microsoft Teams, or a local web console.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.add_typer(importing, name="import")
main.add_typer(exporting, name="export")
main.add_typer(tokens, name="token")
main.add_typer(accounts, name="accounts")
main.add_typer(manifests, name="manifest")
main.add_typer(workspaces, name="slack")


@main.callback()
def _begin() -> None:
    """Log what goes wrong in any command the same way: on standard error, beside what the command prints."""
    logs.to_terminal(logging.WARNING)


def _sample(settings: Settings, database: Database) -> bool:
    """Fill an empty database with the sample company where app.yaml is the sample's; True when that was done."""
    if not settings.company.sample:
        return False
    from bot.sample import load_sample  # noqa: PLC0415

    return load_sample(database, settings)


@main.command()
def run(
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
    port: Annotated[int | None, typer.Option(help="Port to listen on; app.yaml's when not given.", envvar="PORT")] = None,
) -> None:
    """Run everything in one process: web server, platforms, scheduled jobs and worker.

    With neither Slack nor Teams set up in app.yaml, the console is served: open the printed address. An empty database
    is made ready, and filled with the sample company when app.yaml says `sample: true`. Stop with Ctrl-C.
    """
    logs.to_terminal()
    settings = settings_in(config, code=2)
    if port is not None:
        settings = settings.model_copy(update={"web": settings.web.model_copy(update={"port": port})})
    address = f"http://{settings.web.host}:{settings.web.port}/"

    def prepare(database: Database) -> None:
        if _sample(settings, database):
            out.print("The sample company has been loaded.")

    async def serving(settings: Settings, database: Database, stop: asyncio.Event) -> None:
        from bot.app import Site, serve  # noqa: PLC0415
        from bot.platforms.language_model import language_model  # noqa: PLC0415
        from bot.process.wiring import build  # noqa: PLC0415

        site = Site(settings.web.host, settings.web.port, lambda: out.print(f"Outside In is at {address}", style="bold"))
        await serve(build(settings, database, language_model(settings, os.environ)), os.environ, site, stop)

    try:
        serve_until_stopped("run", settings, config, data, prepare, serving)
    except OSError as error:
        raise fail(f"Can't listen at {address}: {error.strerror}. Is it running already? Choose another with PORT=…") from error


@main.command()
def worker(config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Run jobs only, beside a `run` on another machine. Needs nothing but the same app.yaml, secrets and DATABASE_URL."""
    logs.to_terminal()
    settings = settings_in(config, code=2)
    if settings.platforms.console_on:
        raise fail("The console lives in one process: `run` does its jobs too. A worker helps where Slack or Teams is set up.")

    async def working(settings: Settings, database: Database, stop: asyncio.Event) -> None:
        from bot.app import work_alone  # noqa: PLC0415
        from bot.process.wiring import build  # noqa: PLC0415

        await work_alone(build(settings, database), os.environ, stop)

    serve_until_stopped("worker", settings, config, data, lambda _database: None, working)


@main.command()
def migrate(
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
    renamed: Annotated[bool, typer.Option("--renamed", help="The company has a new name: the one in app.yaml.")] = False,
) -> None:
    """Bring the database to this version's schema. `run` does so by itself; a newer database is refused."""
    settings = settings_in(config)
    with opened(settings, data, renamed=renamed) as database:
        from bot.schema import revision  # noqa: PLC0415

        out.print(f"The database is at revision {revision(database)}.")


@main.command()
def check(
    config: ConfigOption = CONFIG,
    live: Annotated[
        bool, typer.Option("--live", help="Then ask Slack and Microsoft, with the real secrets, what is missing there.")
    ] = False,
    data: DataOption = DATA,
) -> None:
    """Check app.yaml, the environment and the database, and say what is missing. Exit code 1 when something is.

    It looks whether everybody named in app.yaml is known, and whether somebody is in the CX office and an administrator. Nothing is changed.
    """
    from bot.platforms import network  # noqa: PLC0415
    from bot.process.wiring import check_schedules  # noqa: PLC0415

    settings = settings_in(config)
    lacking = [*missing(settings, os.environ), *network.problems(os.environ)]
    try:
        check_schedules(settings)
    except SettingsError as error:
        lacking.insert(0, str(error))
    found = _database_found(settings, data)
    lacking += found.wrong
    for line in found.odd:
        err.print(line, style="yellow", markup=False)
    for line in lacking:
        err.print(line, style="red", markup=False)
    if found.counted:
        out.print(found.counted, markup=False)
    company = f"{settings.company.name} on {' and '.join(one.called for one in switched_on(settings))}"
    if lacking:
        out.print(f"{company}: something is missing.", markup=False)
        raise typer.Exit(1)
    out.print(f"{config} is right. {company}; nothing is missing.", markup=False)
    if live:
        _ask(settings, data)


def _database_found(settings: Settings, data: Path) -> Findings:
    """What is in the database, or why that can't be said."""
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    from bot.process.census import Findings, look  # noqa: PLC0415

    try:
        database = known_database(settings, data)
        if database is None:
            return Findings(f"There is no database yet: `run` makes one in {data}.")
        try:
            return look(database, settings)
        finally:
            database.close()
    except OperationalError as error:
        return Findings("", (unanswered(error),))
    except (EmbeddedError, ValueError) as error:
        return Findings("", (str(error),))


def _ask(settings: Settings, data: Path) -> None:
    """Ask each platform that is on what it lacks; exit code 1 when something is. An SDK is imported only where its platform is on."""
    from bot.platforms.plugin import Questioner  # noqa: PLC0415

    asked = Questioner(settings, os.environ, lambda: opened(settings, data))
    answers = [asyncio.run(live(asked)) for one in switched_on(settings) if (live := one.live) is not None]
    for line in (line for found, _ in answers for line in found):
        out.print(line, markup=False)
    for line in (lacking := [line for _, wrong in answers for line in wrong]):
        err.print(line, style="red", markup=False)
    if lacking:
        raise typer.Exit(1)
    if not answers:
        out.print("Neither Slack nor Teams is set up: there is nobody to ask.")


@main.command()
def why(
    what: Annotated[
        str, typer.Argument(metavar="DELIVERY|EMAIL", help="A delivery's number, post- and a post's, or somebody's email.")
    ],
    last: Annotated[int, typer.Option(min=1, help="How many of somebody's latest messages are told.")] = 5,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Tell the story of a message: what it is, who caused it, why it waited, each try, where it stands and what happens next."""
    from bot.cli.why import told  # noqa: PLC0415

    with opened(settings_in(config), data) as database, database.session() as session:
        try:
            for line in told(session, what, last):
                typer.echo(line)
        except LookupError as error:
            raise fail(f"{error}.") from error


@main.command("draft-migration", hidden=True)
def draft_migration(message: str, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Write a migration from what the tables in the code have and the database hasn't (for developers; read what it wrote)."""
    import bot.domain.tables  # noqa: F401, PLC0415
    from bot.schema import draft  # noqa: PLC0415

    with opened(settings_in(config), data) as database:
        draft(database, message)


@main.command()
def schema() -> None:
    """Print the JSON schema of app.yaml, for editors."""
    out.file.write(json_schema())


_PREVIEWED = [one.platform.value for one in plugins() if one.preview is not None]


def _previewed(name: str) -> str:
    """The name of a platform that gets JSON."""
    if name not in _PREVIEWED:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, _PREVIEWED))}.")
    return name


@main.command()
def say(
    text: Annotated[str, typer.Argument(help="What to type, such as '/logvisit Acme yesterday: onboarding takes six weeks'.")],
    as_: Annotated[str, typer.Option("--as", metavar="EMAIL", help="Who types it.")],
    press: Annotated[str | None, typer.Option(metavar="BUTTON", help="Then press the button with this label.")] = None,
    fill: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Then fill in a field and save; may be repeated.")
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(
            help="Print the exact payload this platform would get.", metavar=f"[{'|'.join(_PREVIEWED)}]", parser=_previewed
        ),
    ] = None,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Talk to the bot on the terminal: type something, press a button, fill in the form, and see the answer.

    It's the console without a browser, for the same people and the same database. Example:

    outside-in say --as mara@tidewater.example '/logvisit Acme yesterday: onboarding takes six weeks' --fill surprised='They like the forms'
    """
    from bot.cli.conversation import Conversation, Lost, shown  # noqa: PLC0415
    from bot.process.wiring import build  # noqa: PLC0415

    settings = settings_in(config)
    if not settings.platforms.console_on:
        raise fail("`say` lets anyone speak as anyone, so it works only where neither Slack nor Teams is set up.")
    with opened(settings, data) as database:
        _sample(settings, database)
        conversation = Conversation(build(settings, database).dispatcher, as_)
        try:
            conversation.type(text)
            if press is not None:
                conversation.press(press)
            if fill:
                conversation.fill(dict(_pair(one) for one in fill))
        except Lost as error:
            raise fail(str(error)) from error
        typer.echo(shown(conversation.reply, json))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise fail(f"--fill takes FIELD=VALUE, not {text!r}.")
    return name.strip(), value


if __name__ == "__main__":
    main()
