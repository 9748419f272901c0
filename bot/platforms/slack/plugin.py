"""Slack, as the rest of the house knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.cards import Card, Form
from bot.domain.people.people import Platform
from bot.platforms.plugin import Answers, Built, Environ, Host, Manifest, PlatformPlugin, Questioner, Release
from bot.platforms.variables import lacking, token, value
from bot.settings import DeliveryRules, Settings, SettingsError, SlackSettings

_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
"""A Fernet key: 32 bytes, in the alphabet fit for addresses. https://github.com/fernet/spec"""

_HOMES = 100
"""Pages of people's own a minute in a workspace: https://docs.slack.dev/reference/methods/views.publish, tier 4."""

_MANIFEST = """Print the Slack app's manifest: paste it where Slack asks for one when an app is made, or in an app's settings.

It has every command as a slash command, the shortcuts, and the scopes and events the bot needs, no more. With
`platforms.slack.mode: http` it has the address Slack is to call, from web.base_url. See docs/install-slack.md.
"""


def _section(settings: Settings) -> SlackSettings:
    """Its part of app.yaml, as it comes where there is none."""
    return settings.platforms.slack or SlackSettings()


def _unset(settings: Settings, environ: Environ) -> Iterator[str]:
    slack = _section(settings)
    if slack.workspaces == "one":
        yield from token(environ, slack.bot_token_env, "xoxb-", "Slack's bot token: app settings, OAuth & Permissions")
    else:
        yield from _unset_of_many(slack, environ)
    if slack.mode == "socket":
        yield from token(environ, slack.app_token_env, "xapp-", "Slack's app-level token: app settings, Basic Information")
    else:
        yield from lacking(environ, slack.signing_secret_env, "Slack's signing secret: app settings, Basic Information")


def _unset_of_many(slack: SlackSettings, environ: Environ) -> Iterator[str]:
    yield from lacking(environ, slack.client_id_env, "the app's client id: app settings, Basic Information")
    yield from lacking(environ, slack.client_secret_env, "the app's client secret: app settings, Basic Information")
    keys = value(environ, slack.token_key_env)
    if not keys:
        yield f"{slack.token_key_env} is not set (what tokens are encrypted with: outside-in slack key makes one)"
    elif not all(_KEY.fullmatch(one.strip()) for one in keys.split(",")):
        yield f"{slack.token_key_env} doesn't hold keys of 44 characters, with commas between: outside-in slack key makes one"


def _unaddressed(settings: Settings, _environ: Environ) -> Iterator[str]:
    slack = _section(settings)
    if settings.web.base_url is not None:
        return
    if slack.mode == "http":
        yield "web.base_url is not set in app.yaml: with mode: http, Slack must be told the address it calls"
    elif slack.workspaces == "many":
        yield "web.base_url is not set in app.yaml: with workspaces: many, Slack sends whoever installs it back there"


def _secrets(settings: Settings, environ: Environ) -> Iterator[str]:
    slack = _section(settings)
    for name in (slack.bot_token_env, slack.app_token_env, slack.signing_secret_env, slack.client_secret_env):
        yield value(environ, name)
    yield from (one.strip() for one in value(environ, slack.token_key_env).split(","))


def _rates(rules: DeliveryRules) -> dict[str, float]:
    """Slack counts changes and deletions, and people's own pages, apart from messages."""
    return {"send": rules.slack_per_minute / 60, "change": rules.slack_changes_per_minute / 60, "home": _HOMES / 60}


async def _build(host: Host) -> Built:
    """Slack, in one workspace or many; there with the pages it is installed by."""
    from bot.platforms.slack.installing import many, pages  # noqa: PLC0415 - Bolt is imported only where Slack is on
    from bot.platforms.slack.platform import build  # noqa: PLC0415

    slack, secret = _section(host.settings), host.settings.platforms.secret
    socket = slack.mode == "socket"
    workspaces = await many(host.database, host.settings.platforms, host.environ) if slack.workspaces == "many" else None
    try:
        running = build(
            host.dispatcher,
            bot_token="" if workspaces else secret(slack.bot_token_env, host.environ),
            # Socket Mode's messages come over a connection Slack authenticated; nothing is signed there.
            signing_secret="unused" if socket else secret(slack.signing_secret_env, host.environ),
            app_token=secret(slack.app_token_env, host.environ) if socket else None,
            dashboard=str(host.settings.web.base_url or ""),
            workspaces=workspaces,
            names=slack,
            rates=_rates(host.settings.delivery),
        )
    except ValueError as error:
        raise SettingsError(str(error)) from error
    installing = (pages(host.database, host.settings, workspaces, host.environ).add_routes,) if workspaces else ()
    return Built(
        running.sender,
        running.close,
        routes=installing if socket else (*installing, running.add_routes),
        begin=running.start_socket_mode if host.listen and socket else running.watch,
        connection=running.connection,
    )


def _preview(reply: Card | Form) -> dict[str, Any]:
    from bot.platforms.slack.blocks import render_card  # noqa: PLC0415 - what only shows a card needs no other platform's renderer
    from bot.platforms.slack.modals import render_form  # noqa: PLC0415

    return render_card(reply) if isinstance(reply, Card) else render_form(reply)


async def _live(asked: Questioner) -> Answers:
    from bot.platforms.slack.live import ask, ask_everywhere  # noqa: PLC0415 - the SDK

    platforms = asked.settings.platforms
    if _section(asked.settings).workspaces == "one":
        return await ask(platforms, asked.environ)
    with asked.opened() as database:
        return await ask_everywhere(database, platforms, asked.environ)


def _manifest(release: Release) -> dict[str, Any]:
    from bot.platforms.slack.manifest import manifest  # noqa: PLC0415
    from bot.platforms.slack.shortcuts import ON_MESSAGES  # noqa: PLC0415 - the SDK

    return manifest(release.settings, release.commands, ON_MESSAGES)


PLATFORM = PlatformPlugin(
    Platform.SLACK,
    called="Slack",
    build=_build,
    unset=_unset,
    unaddressed=_unaddressed,
    secrets=_secrets,
    preview=_preview,
    live=_live,
    manifest=Manifest(_MANIFEST, text=_manifest),
)
