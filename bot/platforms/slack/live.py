"""Ask Slack itself whether it takes our tokens, and what the app may do there. Changes nothing and sends nobody anything."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.database import Database
from bot.delivery.senders import Refused, Unreachable
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.installing import many
from bot.platforms.slack.manifest import OPTIONAL, SCOPES
from bot.platforms.slack.refusals import APP_TOKEN, BOT_TOKEN, explained
from bot.platforms.slack.validating import validate
from bot.platforms.slack.workspaces import Workspaces
from bot.settings import Platforms, SettingsError, SlackSettings


async def ask(
    platforms: Platforms, environ: Mapping[str, str], base_url: str | None = None, workspaces: Workspaces | None = None
) -> tuple[list[str], list[str]]:
    """Say what was found out and what is wrong, a line each; each wrong thing with what to do next. No token is repeated.

    Asks auth.test and, in `socket` mode, apps.connections.open. `base_url` replaces Slack's own, for a test's. The variables must be
    set (`bot.platforms.discovery.missing`): SettingsError else.
    """
    names = platforms.slack or SlackSettings()
    client = SlackClient("" if workspaces else platforms.secret(names.bot_token_env, environ), base_url)
    found: list[str] = []
    wrong: list[str] = []
    try:
        if workspaces is None:
            await _bot(client, names.bot_token_env, found, wrong)
        else:
            await _bots(client, workspaces, found, wrong)
        if names.mode == "socket":
            await _socket(client, platforms.secret(names.app_token_env, environ), names.app_token_env, found, wrong)
        else:
            found.append(f"Slack: whether {names.signing_secret_env} is right shows when Slack verifies the Request URL.")
    finally:
        await client.close()
    return found, wrong


async def ask_everywhere(
    database: Database, platforms: Platforms, environ: Mapping[str, str], base_url: str | None = None
) -> tuple[list[str], list[str]]:
    """The same of every workspace and organization in the database."""
    try:
        workspaces = await many(database, platforms, environ, base_url)
    except SettingsError as error:
        return [], [f"Slack: {error}."]
    return await ask(platforms, environ, base_url, workspaces)


async def _bots(client: SlackClient, workspaces: Workspaces, found: list[str], wrong: list[str]) -> None:
    """The same of each workspace or organization it is installed in."""
    there = await workspaces.all()
    for place in there:
        try:
            credentials = await workspaces.credentials(place)
        except (Refused, Unreachable) as error:
            wrong.append(f"Slack: {place}: {error}.")
            continue
        with client.speaking(credentials.token):
            await _bot(client, f"the token kept for {place}", found, wrong)
    if not there:
        wrong.append("Slack: the bot is in no workspace yet. Make a link to install it: outside-in slack install.")


async def _bot(client: SlackClient, name: str, found: list[str], wrong: list[str]) -> None:
    try:
        answer = await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        wrong.append(explained(error, name, BOT_TOKEN))
        return
    if not answer.get("bot_id"):
        wrong.append(f"Slack: {name} is a person's token, not the bot's. Copy the Bot User OAuth Token: OAuth & Permissions.")
        return
    who, where = f"@{answer.get('user')} ({answer.get('user_id')})", f"{answer.get('team')} ({answer.get('team_id')})"
    found.append(f"Slack: {name} is the bot {who} in the workspace {where}.")
    _scopes(granted(answer), found, wrong)
    await validate(client, found, wrong)


def _scopes(given: frozenset[str] | None, found: list[str], wrong: list[str]) -> None:
    if given is None:
        wrong.append("Slack: the answer doesn't say which scopes the app has. Is there a proxy that takes out x-oauth-scopes?")
        return
    lacking = sorted(SCOPES.keys() - given - OPTIONAL.keys())
    found += [f"Slack: the optional scope {scope} wasn't given. {OPTIONAL[scope]}" for scope in sorted(OPTIONAL.keys() - given)]
    wrong += [
        f"Slack: the scope {scope} is missing. {SCOPES[scope]} Add it (OAuth & Permissions, Bot Token Scopes), then install again."
        for scope in lacking
    ]
    found += [
        f"Slack: the scope {scope} isn't needed. Take it away (OAuth & Permissions), then install again."
        for scope in sorted(given - SCOPES.keys())
    ]
    if not lacking:
        there = len(SCOPES.keys() & given)
        every = there == len(SCOPES)
        found.append(
            f"Slack: all {there} scopes are there."
            if every
            else f"Slack: {there} of {len(SCOPES)} scopes are there, all that are needed."
        )


def granted(answer: AsyncSlackResponse) -> frozenset[str] | None:
    """Give the scopes that an answer's x-oauth-scopes names; None when it has no such header.

    https://docs.slack.dev/apis/web-api/#responses
    """
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" not in headers:
        return None
    return frozenset(scope.strip() for scope in headers["x-oauth-scopes"].split(",") if scope.strip())


async def _socket(client: SlackClient, token: str, name: str, found: list[str], wrong: list[str]) -> None:
    try:
        await client.apps_connections_open(app_token=token)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        wrong.append(explained(error, name, APP_TOKEN))
        return
    found.append(f"Slack: {name} opens the connection that Slack sends what people do over.")
