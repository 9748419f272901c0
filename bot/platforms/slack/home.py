"""The app's Home tab: a person's own page, published when they open it and when something on it changes.

https://docs.slack.dev/surfaces/app-home
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Card
from bot.commands import Inbound, Sender
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.dispatch.dispatcher import Dispatcher
from bot.platforms.slack import inbound as read
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.blocks import render_view
from bot.platforms.slack.failures import explained
from bot.platforms.slack.recent import Recent

COMMAND = "home"
_CONFLICT = "hash_conflict"
_log = structlog.get_logger(__name__)


class Homes:
    """People's own pages, over one client."""

    def __init__(self, dispatcher: Dispatcher, accounts: Accounts, client: AsyncWebClient) -> None:
        self._dispatcher = dispatcher
        self._accounts = accounts
        self._client = client
        self._recent = Recent()

    async def opened(self, body: Mapping[str, Any]) -> None:
        """Somebody opened the app: on its Home tab, their page is shown as it is now, and kept up from then on.

        That is remembered first: what changes while the page is made is then shown after it.
        """
        event = body["event"]
        if event.get("tab") != "home" or not event.get("user") or not self._recent.first(f"event:{body['event_id']}"):
            return
        channel = str(event.get("channel") or "")
        sender = await self._accounts.sender(event["user"], body, conversation=channel if channel.startswith("D") else "")
        await self._dispatcher.home_opened(sender)
        await self._show(sender, read.hash_of(event))

    async def pressed(self, body: Mapping[str, Any]) -> None:
        """Something was pressed on a page: it is shown as it is after that."""
        sender = await self._accounts.sender(body["user"]["id"], body)
        await self._show(sender, read.hash_of(body))

    async def _show(self, sender: Sender, seen: str) -> None:
        """Publish somebody's page over the one they had (`seen` is its hash).

        One that was published meanwhile is newer than what was made here, so it is made anew. Where Slack is busy or down, a job does it
        later; where it refuses, it stays as it was, and the log says why.
        """
        try:
            try:
                await publish(self._client, sender.user_id, await self._card(sender), seen)
            except Unreachable as error:
                if error.detail != _CONFLICT:
                    raise
                await publish(self._client, sender.user_id, await self._card(sender))
        except RetryLater as error:
            _log.warning("home postponed", user=sender.user_id, after=error.after, reason=str(error))
            await self._dispatcher.home_later(sender, error.after)
        except (Unreachable, Refused, Uncertain) as error:
            _log.warning("home not shown", user=sender.user_id, reason=str(error))

    async def _card(self, sender: Sender) -> Card:
        reply = await self._dispatcher(Inbound(sender, COMMAND))
        if not isinstance(reply, Card):
            raise TypeError(f"a home is a card, not {type(reply).__name__}")
        return reply


async def publish(client: AsyncWebClient, user_id: str, card: Card, seen: str = "") -> None:
    """Show `card` as somebody's page. With `seen`, only over the page of that hash: else Unreachable, with `hash_conflict`.

    An empty hash is left out: Slack takes it for one that doesn't match. Publishing twice does no harm, so what stays in doubt is
    `RetryLater`. https://docs.slack.dev/reference/methods/views.publish
    """
    view = {"type": "home", "blocks": render_view(card)}
    async with explained(repeatable=True):
        await client.views_publish(user_id=user_id, view=view, hash=seen or None)
