"""The command line's `slack`: where the bot is installed, when that is in several workspaces or a whole organization."""

from __future__ import annotations

import typer
from rich.table import Table

from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, fail, opened, out, settings_in
from bot.settings import Settings

workspaces = typer.Typer(help="Install it in several Slack workspaces, or a whole organization.", no_args_is_help=True)


@workspaces.command("key")
def key() -> None:
    """Make a key that tokens are encrypted with, for the environment."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - everything heavy is imported by the command that needs it

    out.print(Fernet.generate_key().decode(), markup=False)


@workspaces.command("install")
def install(config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Print a link by which somebody with the right to install apps there installs it: once, within an hour."""
    from bot.domain.records import slack_installations  # noqa: PLC0415
    from bot.platforms.slack.manifest import INSTALL  # noqa: PLC0415

    settings = _many(settings_in(config))
    with opened(settings, data) as database, database.session() as session:
        secret = slack_installations.link(session, database.clock())
    out.print(f"{settings.web.address}{INSTALL}?key={secret}", markup=False, soft_wrap=True)


@workspaces.command("list")
def show(config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Show where it is installed; never the tokens."""
    from bot.domain.records import slack_installations  # noqa: PLC0415

    table = Table("Id", "Name", "Installed", "Token good until", box=None)
    with opened(_many(settings_in(config)), data) as database, database.session() as session:
        for one in slack_installations.standing(session):
            kind = " (organization)" if one.whole_organization else ""
            until = f"{one.expires_at:%Y-%m-%d %H:%M} UTC, then exchanged" if one.expires_at else "always"
            table.add_row(one.team_id or one.enterprise_id, f"{one.name}{kind}", f"{one.installed_at:%Y-%m-%d}", until)
    out.print(table if table.row_count else "It is installed nowhere yet. Make a link: outside-in slack install.")


def _many(settings: Settings) -> Settings:
    """The command ends where app.yaml has one workspace, whose token is in the environment."""
    if settings.platforms.slack is None or settings.platforms.slack.workspaces != "many":
        raise fail(
            "app.yaml has it in one workspace. Set platforms.slack.workspaces: many; docs/install-slack.md says what else it takes."
        )
    return settings
