"""Bolt where the bot is in many workspaces: whose token a request is answered with, and what is forgotten when the bot is taken out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.delivery.senders import Refused
from bot.slack.client import SlackClient
from bot.slack.workspaces import ManyWorkspaces

_log = structlog.get_logger(__name__)

NOT_HERE = "Outside In isn't installed in this workspace (any more). Ask whoever runs it for a link to install it."


def authorizer(client: SlackClient, workspaces: ManyWorkspaces) -> Callable[..., Awaitable[Any]]:
    """What Bolt asks before anything else. From then on `client` speaks in that workspace, in this request and all it starts."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        try:
            voice = await workspaces.voice(team_id or "", enterprise_id or "")
        except Refused as error:
            _log.warning("slack request refused", team=team_id, enterprise=enterprise_id, reason=str(error))
            return None
        client.speak(voice.token)
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=voice.token, bot_user_id=voice.bot_user_id)

    return authorize


def register_removals(app: AsyncApp, workspaces: ManyWorkspaces) -> None:
    """Forget a workspace's token when the app is taken out there, or the bot's token is revoked."""

    async def uninstalled(body: dict[str, Any]) -> None:
        await workspaces.remove(*_place(body))

    async def revoked(body: dict[str, Any]) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            await workspaces.remove(*_place(body))

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)


def _place(body: Mapping[str, Any]) -> tuple[str, str]:
    """The workspace and organization an event is of; no workspace where it is of the whole organization's installation."""
    whole = any(one.get("is_enterprise_install") for one in body.get("authorizations") or ())
    return "" if whole else str(body.get("team_id") or ""), str(body.get("enterprise_id") or "")
