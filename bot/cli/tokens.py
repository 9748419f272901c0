"""The command line's `token`: keys with which other programs read the API."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, fail, opened, out, settings_in

tokens = typer.Typer(help="Keys with which other programs read the figures at /api/.", no_args_is_help=True)


@tokens.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Which program will use it, such as “Power BI”.")],
    days: Annotated[int, typer.Option(help="How long it is good.")] = 90,
    notes: Annotated[
        bool, typer.Option("--notes", help="Let it read what people typed: what was heard, promised, and why.")
    ] = False,
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Make a token, and print it: it is shown this once."""
    from bot.domain.access import api_tokens  # noqa: PLC0415 - everything heavy is imported by the command that needs it
    from bot.domain.errors import Refusal  # noqa: PLC0415

    try:
        with opened(settings_in(config), data) as database, database.session() as session:
            token, secret = api_tokens.make(session, name, days, database.clock(), notes=notes)
            expires = token.expires_at
    except Refusal as refusal:
        raise fail(f"{refusal}. {refusal.advice}".strip()) from refusal
    out.print(secret, markup=False)
    out.print(f"Good until {expires:%-d %B %Y}. It is shown this once: keep it where the program finds it, and nobody else does.")


@tokens.command("list")
def show(config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Show every token there ever was, the newest first; never the tokens themselves."""
    from bot.domain.access import api_tokens  # noqa: PLC0415

    table = Table("Name", "Good until", "Notes", "Last used", "State", box=None)
    with opened(settings_in(config), data) as database, database.session() as session:
        now = database.clock()
        for one in api_tokens.everyone(session):
            state = "revoked" if one.revoked_at else "good" if one.opens(now) else "over"
            used = f"{one.used_at:%Y-%m-%d %H:%M} UTC" if one.used_at else "never"
            table.add_row(one.name, f"{one.expires_at:%Y-%m-%d}", "yes" if one.notes else "no", used, state)
    out.print(table)


@tokens.command("revoke")
def revoke(name: str, config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Make a token useless at once."""
    from bot.domain.access import api_tokens  # noqa: PLC0415
    from bot.domain.errors import Refusal  # noqa: PLC0415

    try:
        with opened(settings_in(config), data) as database, database.session() as session:
            api_tokens.revoke(session, name, database.clock())
    except Refusal as refusal:
        raise fail(f"{refusal}. {refusal.advice}".strip()) from refusal
    out.print(f"“{name}” opens nothing any more.", markup=False)
