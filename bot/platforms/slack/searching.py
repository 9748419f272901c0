"""A search in a form: what fits what is being typed, within the 3 seconds that Slack waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog

from bot.cards import Option
from bot.dispatch.dispatcher import Dispatcher
from bot.platforms.slack import limits
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.modals import fits, read_search, render_option
from bot.platforms.slack.text import label

Ack = Callable[..., Awaitable[Any]]
Start = Callable[[Coroutine[Any, Any, tuple[Option, ...]]], asyncio.Task[tuple[Option, ...]]]
Payload = Mapping[str, Any]
# Of the 3 s Slack waits for options (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element).
SEARCH_BUDGET = 2.4
_log = structlog.get_logger(__name__)


class Searches:
    """Answers searches. `start` begins work that is waited for when the platform closes."""

    def __init__(self, dispatcher: Dispatcher, accounts: Accounts, start: Start) -> None:
        self._dispatcher = dispatcher
        self._accounts = accounts
        self._start = start

    async def answer(self, ack: Ack, body: Payload) -> None:
        """Answer a search while the person types; before they do, with what they had typed with the command."""
        try:
            source, hint = read_search(body["action_id"])
        except ValueError:  # a search of an older form, or of another's: it finds nothing
            await ack({"options": []})
            return
        task = self._start(self._found(body, source, body.get("value") or hint))
        done, _ = await asyncio.wait({task}, timeout=SEARCH_BUDGET)
        if not done:
            _log.warning("search took too long", source=source)
        await ack(_options(task.result() if done and not task.exception() else ()))
        if done and (fault := task.exception()):
            raise fault

    async def _found(self, body: Payload, source: str, query: str) -> tuple[Option, ...]:
        sender = await self._accounts.sender(body["user"]["id"], body)
        return await self._dispatcher.options(sender, source, query)


def _options(found: tuple[Option, ...]) -> Json:
    """Give the answer to a search: a full hundred says that there may be more, which Slack by itself doesn't."""
    for option in found:
        if not fits(option):
            _log.warning("option left out", option=option.label, reason="its value is too long for Slack")
    options = [render_option(option) for option in found[: limits.OPTIONS] if fits(option)]
    if len(options) < limits.OPTIONS:
        return {"options": options}
    return {
        "option_groups": [{"label": label("The first 100: keep typing to find others", limits.OPTION_TEXT), "options": options}]
    }
