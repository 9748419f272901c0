"""Bolt where the bot is in many workspaces: whose token a request is answered with, and what is forgotten when the bot is taken out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.delivery.senders import Refused, Unreachable
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.workspaces import ManyWorkspaces

_log = structlog.get_logger(__name__)

REMOVALS = frozenset({"app_uninstalled", "tokens_revoked"})
"""The events that say the bot isn't there any more: nobody's token is needed for them."""

NOT_HERE = "Outside In isn't installed in this workspace (any more). Ask whoever runs it for a link to install it."


def installation_guard(client: SlackClient, workspaces: ManyWorkspaces) -> Callable[..., Awaitable[Any]]:
    """What Bolt runs before it authorizes. From then on `client` speaks in that workspace, in this request and all it starts.

    Where the bot isn't (any more), a command is told so in the answer itself: Bolt would post it, and fail where that does.
    """

    async def known(body: dict[str, Any], context: AsyncBoltContext, next: Callable[[], Awaitable[Any]]) -> BoltResponse | None:  # noqa: A002 - Bolt's name
        if (body.get("event") or {}).get("type") in REMOVALS:
            await next()
            return None
        try:
            credentials = await workspaces.credentials(context.team_id or "", context.enterprise_id or "")
        except (Refused, Unreachable) as error:
            _log.warning("slack request refused", team=context.team_id, enterprise=context.enterprise_id, reason=str(error))
            told = {"response_type": "ephemeral", "text": NOT_HERE}
            return BoltResponse(status=200, body=told if body.get("command") else "")
        client.speak(credentials.token)
        await next()
        return None

    return known


def authorizer(workspaces: ManyWorkspaces) -> Callable[..., Awaitable[Any]]:
    """Tell Bolt who the bot is there."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        credentials = await workspaces.credentials(team_id or "", enterprise_id or "")
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=credentials.token, bot_user_id=credentials.bot_user_id
        )

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
