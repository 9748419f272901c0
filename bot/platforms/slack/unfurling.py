"""Links to the dashboard in messages: what they are, said below them to everybody there; never what is behind them.

https://docs.slack.dev/messaging/unfurling-links-in-messages
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from slack_sdk.errors import SlackApiError

from bot.cards import Card, Text, Tone
from bot.domain.access.accounts import Vouch
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.failures import error_code
from bot.platforms.slack.recent import Recent

_PATH = "/dashboard"
_ENTER = f"{_PATH}/enter"
# The message is gone, or Slack shows something else there by now: https://docs.slack.dev/reference/methods/chat.unfurl
_TOO_LATE = {"cannot_find_message", "cannot_find_channel", "cannot_unfurl_url", "cannot_unfurl_message", "cannot_auto_unfurl"}
_log = structlog.get_logger(__name__)


class Unfurls:
    """Says what links to the dashboard at `address` are, over one client."""

    def __init__(self, client: SlackClient, address: str, accounts: Accounts) -> None:
        self._client = client
        self._accounts = accounts
        self._host = urlsplit(address).netloc
        self._recent = Recent()

    async def shared(self, body: Mapping[str, Any]) -> None:
        """Somebody has put links into a message, or is about to (Bolt has acknowledged it)."""
        event = body["event"]
        found = {str(link["url"]): card for link in event.get("links") or () if (card := self._card(str(link.get("url") or "")))}
        if not found or not self._recent.first(f"event:{body['event_id']}") or not await self._is_ours(body):
            return
        where = {name: event[name] for name in ("unfurl_id", "source") if event.get(name)}
        if len(where) < 2:
            where = {"channel": event["channel"], "ts": event["message_ts"]}
        try:
            await self._client.chat_unfurl(unfurls={url: _blocks(card) for url, card in found.items()}, **where)
        except SlackApiError as error:
            if error_code(error) not in _TOO_LATE:
                raise
            _log.info("link not unfurled", reason=error_code(error))

    async def _is_ours(self, body: Mapping[str, Any]) -> bool:
        """Whether whoever wrote the message is one of ours, as far as Slack says: for an outsider nothing is said of a link."""
        sender = await self._accounts.sender(str(body["event"].get("user") or ""), body)
        return sender.vouch is Vouch.OURS or (sender.vouch is Vouch.UNSAID and await self._accounts.knows(sender))

    def _card(self, url: str) -> Card | None:
        """What to say of a link; None when it isn't the dashboard's."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        path = parts.path.rstrip("/")
        if parts.netloc.lower() != self._host.lower() or not (path == _PATH or path.startswith(f"{_PATH}/")):
            return None
        if path == _ENTER:
            return Card(
                title="A sign-in link to Outside In",
                tone=Tone.WARNING,
                blocks=(Text(text="It is for one person, works once and not for long. Type /dashboard to get your own."),),
            )
        page = path.removeprefix(_PATH).strip("/").partition("/")[0]
        name = f": {page}" if page.isalpha() and len(page) <= 20 else ""
        return Card(
            title=f"Outside In, the dashboard{name}",
            blocks=(
                Text(
                    text="Whoever opens it sees what is theirs to see. To sign in, type /dashboard: it gives you a link of your own."
                ),
            ),
        )


def _blocks(card: Card) -> Json:
    return {"blocks": render_card(card)["blocks"]}
