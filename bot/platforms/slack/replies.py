"""Bring an answer back to where the question was asked: an ephemeral message, a message, a modal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.cards import Card, Form
from bot.platforms.slack.blocks import muted, render_card
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.failures import error_code
from bot.platforms.slack.offers import Again, offer
from bot.platforms.slack.origin import Origin
from bot.platforms.slack.sender import EVENT_TYPE

_log = structlog.get_logger(__name__)
# https://docs.slack.dev/reference/methods/views.open: a trigger lives 3 s and opens one view
_TRIGGER_GONE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}
# https://docs.slack.dev/reference/methods/views.update: the person closed the view meanwhile
_VIEW_GONE = {"not_found", "view_not_found"}
Place = tuple[str, str]
"""A channel, and a message's timestamp in it."""

_MOVED = "Sent here because the answer could no longer be shown where you asked."


class Replies:
    """Answers, over one `SlackClient`."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def card(self, origin: Origin, card: Card, mark: str = "") -> None:
        """Show `card` where it was asked for; where that isn't possible any more, in the person's direct messages, and say so.

        `mark` is kept with a message in the conversation as metadata, so that a retry can find it.
        """
        if card.aside:
            origin = replace(origin, replaces=False)
        await self._show(origin, render_card(card), mark)

    async def fault(self, origin: Origin, card: Card) -> None:
        """The same for a fault of ours, which is in the log already. Where Slack won't have this either, the log says so too."""
        try:
            await self.card(origin, card)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("nobody told of the fault", reason=error_code(error) if isinstance(error, SlackApiError) else str(error))

    async def offer(self, origin: Origin, form: Form, again: Again, mark: str = "") -> None:
        """Show what is filled in and a button that opens `form`, where there is no trigger to open it with."""
        await self._show(origin, offer(form, again), mark)

    async def open(self, trigger_id: str, view: Json) -> str:
        """Open a modal and give its id; "" when the trigger has expired or was used."""
        try:
            answer = await self._client.views_open(trigger_id=trigger_id, view=view)
        except SlackApiError as error:
            if error_code(error) not in _TRIGGER_GONE:
                raise
            _log.warning("form not opened", reason=error_code(error))
            return ""
        return str(answer["view"]["id"])

    async def update(self, view_id: str, view: Json) -> bool:
        """Put `view` in the place of an open one; False when the person has closed it."""
        try:
            await self._client.views_update(view_id=view_id, view=view)
        except SlackApiError as error:
            if error_code(error) not in _VIEW_GONE:
                raise
            return False
        return True

    async def typed_in(self, source: str) -> str:
        """Read again what was typed in the message `source` (`channel:ts`, and `:thread` where it stands below one) names; "" when it's gone."""
        channel, ts, thread = (*source.split(":"), "", "")[:3]
        one: dict[str, Any] = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": True}
        if thread:  # Slack gives the message above with it
            answer = await self._client.conversations_replies(ts=thread, limit=2, **one)
        else:
            answer = await self._client.conversations_history(limit=1, **one)
        return next((str(message.get("text", "")) for message in answer["messages"] if message.get("ts") == ts), "")

    async def _show(self, origin: Origin, message: Json, mark: str) -> Place | None:
        """Show a message; where it is, unless only the person sees it there."""
        if origin.replaces and await self._replace(origin, message):
            return (origin.channel, origin.message) if origin.message and not origin.ephemeral else None
        if origin.in_conversation and not origin.replaces:
            return await self._post(origin.channel, message, mark, origin.thread)
        if origin.replaces or not await self._respond(origin, message, {"response_type": "ephemeral", "replace_original": False}):
            await self._move(origin, message)
        return None

    async def _respond(self, origin: Origin, message: Json, how: Json) -> bool:
        return bool(origin.response_url) and await self._client.respond(origin.response_url, message | how)

    async def _replace(self, origin: Origin, message: Json) -> bool:
        if await self._respond(origin, message, {"replace_original": True}):
            return True
        if origin.ephemeral or not origin.message:
            return False
        try:
            await self._client.chat_update(channel=origin.channel, ts=origin.message, **message)
        except SlackApiError as error:
            _log.warning("message not replaced", reason=error_code(error))
            return False
        return True

    async def _move(self, origin: Origin, message: Json) -> None:
        """Send to the person's direct messages; with a word on why, when it was meant for elsewhere."""
        opened = await self._client.conversations_open(users=origin.user_id)
        note = muted(_MOVED) if origin.response_url else []
        await self._post(opened["channel"]["id"], message | {"blocks": [*message["blocks"], *note]}, "")

    async def _post(self, channel: str, message: Json, mark: str, thread: str = "") -> Place:
        extra: dict[str, Any] = {"metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": mark}}} if mark else {}
        extra |= {"thread_ts": thread} if thread else {}
        sent = await self._client.chat_postMessage(channel=channel, unfurl_links=False, unfurl_media=False, **message, **extra)
        return channel, str(sent["ts"])
