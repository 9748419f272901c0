"""Shortcuts: a message somebody acts on, and what of it goes along. What they open is named by the shortcut's callback_id."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Inbound
from bot.domain.promises.commitments import LIMIT
from bot.domain.words.addresses import is_address
from bot.platforms.slack import inbound as read
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.buttons import weight
from bot.platforms.slack.edits import source_ref
from bot.platforms.slack.failures import error_code

ON_MESSAGES = frozenset({"commit"})
"""The commands that make something of a message; others would take a whole message for what is typed after them."""

_EXCERPT = 1_500  # characters of the message that are kept with what is made from it
# Of the 3,000 characters of private_metadata, as JSON: the rest is for the link, the response_url and the names.
_ROOM = 1_900
_LONGEST_LINK = 300
# A link is worth less than the form it would hold up.
_LINK_BUDGET = 2.0  # seconds
_log = structlog.get_logger(__name__)


class Shortcuts:
    """Reads what a shortcut asks for."""

    def __init__(self, accounts: Accounts, client: AsyncWebClient) -> None:
        self._accounts = accounts
        self._client = client

    async def asked(self, body: Mapping[str, Any], command: str, event_id: str) -> Inbound:
        """Give what is asked: on a message with its text (2,000 characters), its link and an excerpt to be kept."""
        sender = await self._accounts.sender(body["user"]["id"], body)
        place = read.place_of((body.get("channel") or {}).get("id") or "")
        if body["type"] != "message_action" or command not in ON_MESSAGES:
            return Inbound(sender, command, event_id=event_id, place=place)
        message = body["message"]
        text, link = await asyncio.gather(
            self._accounts.typed(str(message.get("text") or "").strip()), self._link(body["channel"]["id"], message["ts"])
        )
        found = {
            "source_link": link,
            "source_text": excerpt(text),
            "source_ref": source_ref(body["channel"]["id"], message["ts"]),
        }
        kept = {name: value for name, value in found.items() if value}
        return Inbound(sender, command, text=shortened(text, LIMIT), args=kept, event_id=event_id, place=place)

    async def _link(self, channel: str, ts: str) -> str:
        """Ask for the message's address; "" when Slack can't or won't say in time: what is promised matters more."""
        try:
            async with asyncio.timeout(_LINK_BUDGET):
                answer = await self._client.chat_getPermalink(channel=channel, message_ts=ts)
        except SlackApiError as error:
            _log.warning("message without a link", reason=error_code(error))
            return ""
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("message without a link", reason=str(error) or type(error).__name__)
            return ""
        link = str(answer.get("permalink") or "")
        return link if len(link) <= _LONGEST_LINK and is_address(link) else ""


def shortened(text: str, most: int) -> str:
    """Give `text`, or its first `most` characters, the last of them a "…"."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def excerpt(text: str) -> str:
    """Give as much of `text` as a form carries: 1,500 characters, fewer where most are quotes, brackets or emoji."""
    kept = shortened(text, _EXCERPT)
    while (heavy := weight({"": kept})) > _ROOM:
        kept = shortened(text, len(kept) * _ROOM // heavy)
    return kept
