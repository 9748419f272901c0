"""What platforms are told of the app, from the command line: a manifest to paste, a package to upload."""

# Annotations are evaluated where they stand: those of `command` are made of what is around it.
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.terminal import CONFIG, ConfigOption, fail, out, settings_in
from bot.platforms.discovery import plugins
from bot.platforms.plugin import Manifest, Release
from bot.settings import SettingsError

manifests = typer.Typer(
    help="Make what Slack or Teams needs to have the app: from the commands and app.yaml.", no_args_is_help=True
)


def _printed(make: Callable[[Release], dict[str, Any]]) -> Callable[..., None]:
    """The command that prints a manifest."""

    def command(
        as_json: Annotated[bool, typer.Option("--json", help="As JSON, not YAML.")] = False, config: ConfigOption = CONFIG
    ) -> None:
        import yaml  # noqa: PLC0415 - everything heavy is imported by the command that needs it

        try:
            found = make(_release(config))
        except SettingsError as error:
            raise fail(str(error)) from error
        if as_json:
            typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        else:
            typer.echo(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=120), nl=False)

    return command


def _written(name: str, manifest: Manifest, make: Callable[[Release], bytes]) -> Callable[..., None]:
    """The command that writes a package."""

    def command(
        file: Annotated[Path, typer.Argument(metavar=f"FILE{manifest.suffix}", help="Where to write the package.")],
        version: Annotated[str, typer.Option("--version", help="Must rise whenever a changed package is uploaded.")] = "1.0.0",
        about: Annotated[
            str, typer.Option(metavar="URL", help="Your own page on the app, its privacy and terms; web.base_url when not given.")
        ] = "",
        config: ConfigOption = CONFIG,
    ) -> None:
        if file.suffix.lower() != manifest.suffix:
            raise fail(f"{name} takes a {manifest.suffix}: give a name that ends so, such as {file.with_suffix(manifest.suffix)}.")
        try:
            file.write_bytes(make(_release(config, version, about)))
        except SettingsError as error:
            raise fail(str(error)) from error
        except OSError as error:
            raise fail(f"Can't write {file}: {error.strerror}") from error
        out.print(f"{file.name}: version {version}. {manifest.done}", markup=False)

    return command


def _release(config: Path, version: str = "", about: str = "") -> Release:
    from bot.process.wiring import commands  # noqa: PLC0415

    return Release(settings_in(config), os.environ, commands().values(), version, about)


for _one in plugins():
    if _one.manifest is not None and _one.manifest.text is not None:
        manifests.command(_one.platform.value, help=_one.manifest.help)(_printed(_one.manifest.text))
    elif _one.manifest is not None and _one.manifest.package is not None:
        manifests.command(_one.platform.value, help=_one.manifest.help)(_written(_one.called, _one.manifest, _one.manifest.package))
