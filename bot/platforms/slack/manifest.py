"""The Slack app's manifest, made of the commands and app.yaml: what one pastes into Slack to have the app. Pure, and without the SDK.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.commands import Command
from bot.platforms.slack.text import cut
from bot.settings import Settings, SettingsError, SlackSettings

Json = dict[str, Any]

PATH = "/slack/events"
"""Where Slack posts to in `http` mode, below web.base_url: commands, interactions, options and events alike."""

INSTALL, INSTALLED = "/slack/install", "/slack/installed"
"""Where an admin begins to install it in one workspace more, and where Slack sends them back to."""

SCOPES: Mapping[str, str] = {
    "channels:history": "To notice that a message in a public channel the bot is in was edited after a promise was made of it, "
    "and to find its own posts there again.",
    "channels:read": "To know who is in a public channel that an update is sent to.",
    "chat:write": "To write to people, and in the channels it was invited to, and to change or take back what it wrote.",
    "commands": "To offer its slash commands and shortcuts.",
    "groups:history": "The same as channels:history, in private channels it was invited to.",
    "groups:read": "The same as channels:read, in private channels it was invited to.",
    "im:history": "To read what people type to it in their conversation with it, and to find its own messages there again.",
    "im:write": "To open the conversation with a person it is to write to first.",
    "links:read": "To know that a message has a link to the dashboard; of other links Slack tells nothing.",
    "links:write": "To say below such a link what it is, and never what is behind it.",
    "users:read": "To tell guests from staff, and to know a mentioned person by name.",
    "users:read.email": "To know which of the company's people somebody is: the email says who is who.",
}
"""The bot token's scopes, each with what it is for; https://docs.slack.dev/reference/scopes. A test shows that none is missing or idle."""

OPTIONAL: Mapping[str, str] = {
    "channels:history": "No commitment says that its message in a public channel was edited, and a post there that was cut off stays unconfirmed.",
    "channels:read": "An update can't be sent to the members of a public channel.",
    "groups:history": "The same as without channels:history, in private channels.",
    "groups:read": "The same as without channels:read, in private channels.",
    "links:read": "Links to the dashboard aren't explained.",
    "links:write": "Links to the dashboard aren't explained.",
}
"""Those an admin may refuse and install all the same, each with what is missing then: https://docs.slack.dev/changelog/2026/03/16/optional-scopes"""

APP_SCOPES: Mapping[str, str] = {"connections:write": "To open the connection over which Slack sends what people do."}
"""The app-level token's scopes, in `socket` mode. A manifest has no place for them: the token is made by hand."""

EVENTS: Mapping[str, str] = {
    "app_home_opened": "To show a person their own page when they open the app's Home tab.",
    "link_shared": "To say below a link to the dashboard what it is.",
    "message.channels": "To notice edits in public channels the bot is in; nothing else said there is looked at.",
    "message.groups": "To notice edits in private channels it was invited to; nothing else said there is looked at.",
    "message.im": "To answer what a person types in their conversation with the bot.",
    "user_change": "To notice that an account was switched off, has become a guest's or has another address: it is nobody's here from then on.",
}
"""The events Slack is to send, each with what it is for; https://docs.slack.dev/reference/events."""

MANY_EVENTS: Mapping[str, str] = {
    "app_uninstalled": "To forget a workspace's token when the app is taken out there.",
    "tokens_revoked": "The same when its token is revoked.",
}
"""Those it needs besides when it is installed in more than one workspace."""

NAME = "Outside In"
_SHORT = "Keeps leaders close to customers, and tells staff what changes for them."
_LONG = (
    "Executives log a visit or call in under a minute, and are asked to when they haven't been out for a while: never at night, on a "
    "holiday or on leave. What they promise has an owner and a date until the customer has been told. Staff are told what changed, "
    "what it means for them and what they may now do. Set up for {company}."
)
# Lengths and counts: https://docs.slack.dev/reference/app-manifest. A description of 2,000 characters is taken, 100 are read.
_COMMANDS, _DESCRIPTION, _USAGE = 50, 100, 1_000
_SHORTCUTS, _SHORTCUT_NAME, _SHORTCUT_DESCRIPTION = 10, 24, 150


def manifest(settings: Settings, commands: Iterable[Command], on_messages: Collection[str]) -> Json:
    """Give the manifest as JSON. `on_messages` names the commands that make something of a message.

    In `http` mode every address is web.base_url's; in `socket` mode there is none. Where app.yaml has no `slack` section, it is made
    for one as it comes. SettingsError when `http` or many workspaces are chosen without an https address, or when there is more than Slack takes.
    """
    slack = settings.platforms.slack or SlackSettings()
    mode, many = slack.mode, slack.workspaces == "many"
    url = _address(settings, PATH) if mode == "http" else ""
    events = {**EVENTS, **(MANY_EVENTS if many else {})}
    back = {"redirect_urls": [_address(settings, INSTALLED)]} if many else {}
    listed = sorted((command for command in commands if command.listed), key=lambda one: (one.order, one.name))
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": _SHORT,
            "long_description": _LONG.format(company=settings.company.name),
            "background_color": "#0d6b66",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            # Small letters, digits, dash, underscore and dot are what the reference allows here.
            "bot_user": {"display_name": "outside-in", "always_online": True},
            "shortcuts": _limited(_shortcuts(listed, on_messages), _SHORTCUTS, "shortcuts"),
            "slash_commands": _limited([_slash(command, url) for command in listed], _COMMANDS, "slash commands"),
            **_unfurled(settings),
        },
        # Optional ones are listed in both: https://docs.slack.dev/reference/app-manifest
        "oauth_config": {"scopes": {"bot": sorted(SCOPES), "bot_optional": sorted(OPTIONAL)}} | back,
        "settings": {
            "event_subscriptions": {"bot_events": sorted(events)} | ({"request_url": url} if url else {}),
            "interactivity": {"is_enabled": True} | ({"request_url": url, "message_menu_options_url": url} if url else {}),
            "org_deploy_enabled": many,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": many,
        },
    }


def _unfurled(settings: Settings) -> Json:
    """The host whose links Slack tells the bot of: the dashboard's, once it has an address that others reach."""
    host = urlsplit(settings.web.base_url or "").hostname
    return {"unfurl_domains": [host]} if host else {}


def _address(settings: Settings, path: str) -> str:
    base = settings.web.base_url or ""
    if not base.startswith("https://"):
        msg = "Slack must be told an https address: set web.base_url in app.yaml, or choose platforms.slack.mode: socket and workspaces: one."
        raise SettingsError(msg)
    return f"{base.rstrip('/')}{path}"


def _slash(command: Command, url: str) -> Json:
    """One slash command. `should_escape` makes a mentioned person come as an id, which no two people share."""
    found: Json = {"command": f"/{command.name}", "description": cut(command.help, _DESCRIPTION), "should_escape": True}
    if command.usage:
        found["usage_hint"] = cut(command.usage, _USAGE)
    return found | ({"url": url} if url else {})


def _shortcuts(listed: list[Command], on_messages: Collection[str]) -> list[Json]:
    """What opens a form: from a message where it makes something of one, else from anywhere.

    Never both: the callback_id is the command's name, and nothing says that Slack takes the same one twice.
    """
    return [
        {
            "name": shortcut_name(command),
            "type": "message" if command.name in on_messages else "global",
            "callback_id": command.name,
            "description": cut(command.help, _SHORTCUT_DESCRIPTION),
        }
        for command in listed
        if command.form is not None
    ]


def shortcut_name(command: Command) -> str:
    """Give what a shortcut says, in at most 24 characters: what the help says before its colon, else the label, else the name."""
    verb, colon, _ = command.help.partition(":")
    if colon and len(verb) <= _SHORTCUT_NAME:
        return verb
    return cut(command.label or command.name, _SHORTCUT_NAME)


def _limited(found: list[Json], most: int, what: str) -> list[Json]:
    if len(found) > most:
        msg = f"There are {len(found)} {what}; Slack takes {most}. Set listed=False on those that people reach by a button."
        raise SettingsError(msg)
    return found
