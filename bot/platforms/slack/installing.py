"""What many workspaces need, made of app.yaml and the environment: for the server, and for whoever administers it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.database import Database
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.oauth import Installer
from bot.platforms.slack.workspaces import AppKeys, ManyWorkspaces, TokenCipher
from bot.settings import Platforms, Settings, SettingsError, SlackSettings

_log = structlog.get_logger(__name__)


def keys(platforms: Platforms, environ: Mapping[str, str]) -> AppKeys:
    """What Slack knows the app by. SettingsError when a variable isn't set."""
    names = platforms.slack or SlackSettings()
    return AppKeys(platforms.secret(names.client_id_env, environ), platforms.secret(names.client_secret_env, environ))


async def many(database: Database, platforms: Platforms, environ: Mapping[str, str], base_url: str | None = None) -> ManyWorkspaces:
    """The workspaces in the database. SettingsError when a variable isn't set, or its key can't read a token: better now than at a message."""
    names = platforms.slack or SlackSettings()
    try:
        vault = TokenCipher(platforms.secret(names.token_key_env, environ))
    except ValueError as error:
        raise SettingsError(f"{names.token_key_env}: {error}") from error
    workspaces = ManyWorkspaces(database, vault, keys(platforms, environ), base_url)
    if unreadable := await asyncio.to_thread(workspaces.unreadable):
        msg = f"{names.token_key_env} can't read the token of {', '.join(unreadable)}: put the key it was kept with behind it, after a comma"
        raise SettingsError(msg)
    if not await workspaces.all():
        _log.warning("installed on slack nowhere yet", next="outside-in slack install")
    return workspaces


def pages(
    database: Database, settings: Settings, workspaces: ManyWorkspaces, environ: Mapping[str, str], base_url: str | None = None
) -> Installer:
    """The pages by which it is installed in one workspace more."""
    return Installer(database, workspaces, SlackClient("", base_url), keys(settings.platforms, environ), settings.web.address)
