"""What Slack and Teams are told of the app, from the command line: a manifest to paste, a package to upload."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import CONFIG, ConfigOption, fail, out, settings_in
from bot.settings import SettingsError, TeamsSettings

manifests = typer.Typer(
    help="Make what Slack or Teams needs to have the app: from the commands and app.yaml.", no_args_is_help=True
)


@manifests.command("slack")
def slack_manifest(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, not YAML.")] = False, config: ConfigOption = CONFIG
) -> None:
    """Print the Slack app's manifest: paste it where Slack asks for one when an app is made, or in an app's settings.

    It has every command as a slash command, the shortcuts, and the scopes and events the bot needs, no more. With
    `platforms.slack.mode: http` it has the address Slack is to call, from web.base_url. See docs/install-slack.md.
    """
    import yaml  # noqa: PLC0415

    from bot.platforms.slack.manifest import manifest  # noqa: PLC0415
    from bot.platforms.slack.shortcuts import ON_MESSAGES  # noqa: PLC0415
    from bot.process.wiring import commands  # noqa: PLC0415

    try:
        found = manifest(settings_in(config), commands().values(), ON_MESSAGES)
    except SettingsError as error:
        raise fail(str(error)) from error
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        typer.echo(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=120), nl=False)


@manifests.command("teams")
def teams_package(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="Where to write the package.")],
    version: Annotated[str, typer.Option("--version", help="Must rise whenever a changed package is uploaded.")] = "1.0.0",
    about: Annotated[
        str, typer.Option(metavar="URL", help="Your own page on the app, its privacy and terms; web.base_url when not given.")
    ] = "",
    config: ConfigOption = CONFIG,
) -> None:
    """Write the Teams app's package to FILE.zip: manifest and icons, to be uploaded in the Teams admin center.

    It offers the first twelve commands, the action on messages and, where platforms.teams.dashboard_tab is on, the dashboard as a tab. The bot's
    application id comes from the environment. See docs/install-teams.md.
    """
    from bot.platforms.teams.extension import ON_MESSAGES, SEARCHES  # noqa: PLC0415
    from bot.platforms.teams.package import manifest, package  # noqa: PLC0415
    from bot.process.wiring import commands  # noqa: PLC0415

    if file.suffix.lower() != ".zip":
        raise fail(f"Teams takes a .zip: give a name that ends so, such as {file.with_suffix('.zip')}.")
    settings = settings_in(config)
    name = (settings.platforms.teams or TeamsSettings()).app_id_env
    try:
        app_id = settings.platforms.secret(name, os.environ)
        searches = {name: (one.title, one.description) for name, one in SEARCHES.items()}
        found = manifest(settings, commands().values(), ON_MESSAGES, searches, app_id=app_id, version=version, about=about)
        file.write_bytes(package(found))
    except SettingsError as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"Can't write {file}: {error.strerror}") from error
    out.print(f"{file.name}: version {version}. Upload it in the Teams admin center: Teams apps, Manage apps.", markup=False)
