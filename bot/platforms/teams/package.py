"""The Teams app's package, made of the commands and app.yaml: manifest and icons in one zip. Pure, and without the SDK.

https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema
"""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.commands import Command
from bot.platforms.teams import icons
from bot.platforms.teams.tab import resource
from bot.platforms.teams.text import cut
from bot.settings import Settings, SettingsError

Json = dict[str, Any]

VERSION = "1.30"
"""The manifest's schema. The newest that the tests' validator knows, which says when there is a newer one."""

PERMISSIONS: Mapping[str, str] = {
    "identity": "To know who is writing: the email says which of the company's people somebody is.",
    "messageTeamMembers": "To answer people, and to send them prompts and updates, in their own chat with the bot.",
}
"""What Teams shows to whoever installs the app, each with what it is for."""

GRAPH_PERMISSIONS: Mapping[str, str] = {
    "TeamsAppInstallation.ReadWriteSelfForUser.All": "To install itself for people who never met it, so that prompts and updates "
    "reach them; asked for only with platforms.teams.catalog_app_id.",
}
"""Application permissions of Microsoft Graph, each with what it is for; an admin grants them in Entra, the manifest has no place for them."""

_SHORT = "Keeps leaders close to customers, and tells staff what changes for them."
_FULL = (
    "Log a visit or call in under a minute, promise what has to be done about it, and see it through until the customer has been told. "
    "Read what changed for customers, what it means for you and what you may now do. In a chat with the bot type a command, such as "
    "help; in a channel type / and choose one, or mention it first. What is for you alone you alone can see. Set up for {company}."
)
_SCOPES = ("personal", "team", "groupChat")
# Twelve a scope; https://learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu gives 32 and 128
# characters, fewer than the schema, and all that is shown. The others are typed all the same.
_COMMANDS, _TITLE, _DESCRIPTION = 12, 32, 128
# In a chat of two a command is a prompt starter; among others a slash command too, which the bot alone sees, from manifest 1.29 on:
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/prompt-suggestions,
# https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands. `bot.platforms.teams.replies` answers likewise.
_DEVELOPER = 32


def manifest(
    settings: Settings,
    commands: Iterable[Command],
    on_messages: Collection[str],
    searches: Mapping[str, tuple[str, str]] | None = None,
    *,
    app_id: str,
    version: str = "1.0.0",
    about: str = "",
) -> Json:
    """Give the manifest as JSON.

    `on_messages` names the commands that make something of a message, `searches` what can be looked for from the message box: title and
    description by id.
    `app_id` is the bot's application id; `version` must rise with every upload of something else; `about` is the company's own page
    on the app, its privacy and terms, which Teams wants linked, and is web.base_url when empty. The dashboard is a tab where
    `platforms.teams.dashboard_tab` says so. SettingsError for what Teams would not take.
    """
    bot = _identifier(app_id)
    base = _https(settings.web.base_url, "web.base_url in app.yaml") if settings.web.base_url else ""
    page = _https(about or base, "web.base_url in app.yaml, or --about,")
    tab = settings.platforms.teams is not None and settings.platforms.teams.dashboard_tab
    if tab and not base:
        raise SettingsError("The dashboard can be a tab only where it has an address: set web.base_url in app.yaml.")
    listed = sorted((command for command in commands if command.listed), key=lambda one: (one.order, one.name))
    return {
        **_schema(),
        "version": _semantic(version),
        "id": bot,
        **_shown(settings.company.name, page),
        "bots": [_bot(bot, listed)],
        "composeExtensions": [_extension(bot, listed, on_messages, searches or {})],
        "permissions": sorted(PERMISSIONS),
        "defaultInstallScope": "personal",
        # Microsoft Graph lets no app install itself without it; `resource`, which only a tab's signing in uses, has to be there.
        # https://learn.microsoft.com/microsoftteams/platform/graph-api/proactive-bots-and-messages/graph-proactive-bots-and-messages
        "webApplicationInfo": {"id": bot, "resource": resource(base, bot) if tab else page},
        **({"validDomains": [urlsplit(base).netloc]} if base else {}),
        **({"staticTabs": _tabs(base)} if tab else {}),
    }


def _schema() -> Json:
    address = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
    return {"$schema": address, "manifestVersion": VERSION}


def _shown(company: str, page: str) -> Json:
    """What people see of the app before they install it: whose it is, its names, what it does and how it looks."""
    return {
        "developer": {"name": cut(company, _DEVELOPER), "websiteUrl": page, "privacyUrl": page, "termsOfUseUrl": page},
        "name": {"short": "Outside In", "full": cut(f"Outside In at {company}", 100)},
        "description": {"short": _SHORT, "full": cut(_FULL.format(company=company), 4_000)},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02x}{:02x}{:02x}".format(*icons.ACCENT),
    }


def package(manifest: Json) -> bytes:
    """Give the zip to upload: manifest.json, color.png (192 x 192) and outline.png (32 x 32). The same manifest gives the same bytes."""
    files = {
        "manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False).encode(),
        manifest["icons"]["color"]: icons.color(192),
        manifest["icons"]["outline"]: icons.outline(32),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # ZipInfo's own date: 1980, always
    return buffer.getvalue()


def _tabs(base: str) -> list[Json]:
    """The chat first, then the dashboard, which Teams opens at the page that signs in, and a browser at the dashboard itself."""
    dashboard = {
        "entityId": "dashboard",
        "name": "Dashboard",
        "contentUrl": f"{base.rstrip('/')}/dashboard/teams",
        "websiteUrl": f"{base.rstrip('/')}/dashboard/",
        "scopes": ["personal"],
    }
    return [{"entityId": "conversations", "scopes": ["personal"]}, dashboard, {"entityId": "about", "scopes": ["personal"]}]


def _bot(bot: str, listed: list[Command]) -> Json:
    shown = [{"title": cut(one.name, _TITLE), "description": cut(one.help, _DESCRIPTION)} for one in _menu(listed)]
    starters = [
        {
            "title": cut(one.label or one.name, _TITLE),
            "description": cut(one.help, _DESCRIPTION),
            "type": "prompt",
            "prompt": one.name,
        }
        for one in _menu(listed)
    ]
    return {
        "botId": bot,
        "scopes": list(_SCOPES),
        "supportsTargetedMessages": True,
        "commandLists": [
            {"scopes": ["personal"], "commands": starters},
            {"scopes": ["team", "groupChat"], "triggers": ["mention", "slash"], "commands": shown},
        ],
    }


def _menu(listed: list[Command]) -> list[Command]:
    """The first that fit, and help among them whatever its place: it tells of those left out."""
    if len(listed) <= _COMMANDS:
        return listed
    first = [one for one in listed if one.name != "help"][: _COMMANDS - 1]
    return first + [one for one in listed if one.name == "help"]


def _extension(bot: str, listed: list[Command], on_messages: Collection[str], searches: Mapping[str, tuple[str, str]]) -> Json:
    """What is offered in a message's own menu, whose dialog the bot fills with the message's words; and what can be looked for from the box."""
    offered = [
        {
            "id": command.name,
            "type": "action",
            "title": cut(command.help.partition(":")[0], _TITLE),
            "description": cut(command.help, _DESCRIPTION),
            "context": ["message"],
            "fetchTask": True,
        }
        for command in listed
        if command.name in on_messages
    ]
    return {"botId": bot, "commands": [*offered, *(_search(name, *words) for name, words in searches.items())]}


def _search(name: str, title: str, description: str) -> Json:
    typed = {"name": "query", "title": "Name or words", "description": "Part of a name, or words in it", "inputType": "text"}
    return {
        "id": name,
        "type": "query",
        "title": cut(title, _TITLE),
        "description": cut(description, _DESCRIPTION),
        "context": ["compose", "commandBox"],
        "initialRun": True,
        "parameters": [typed],
    }


def _identifier(app_id: str) -> str:
    try:
        return str(uuid.UUID(app_id))
    except ValueError as error:
        msg = (
            "The application id isn't one: it would be 32 hexadecimal digits in five groups. Copy it from Entra's app registration."
        )
        raise SettingsError(msg) from error


def _https(address: str, where: str) -> str:
    if not address.startswith("https://"):
        msg = f"Teams links to https addresses only: set {where} to one, such as https://outside-in.company.example."
        raise SettingsError(msg)
    return address


def _semantic(version: str) -> str:
    if not re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", version):
        msg = f"“{version}” is not a version Teams takes: three numbers with dots between, such as 1.0.1."
        raise SettingsError(msg)
    return version
