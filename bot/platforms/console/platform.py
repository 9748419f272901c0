"""The console, wired."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.cards import Card, Form
from bot.platforms.console.contract import Answering, ConsolePerson, Guide, Parts
from bot.platforms.console.log import Log
from bot.platforms.console.pages import Pages
from bot.platforms.console.sender import ConsoleSender
from bot.platforms.plugin import Clock


class ConsolePlatform:
    """The third platform, beside Slack and Teams."""

    def __init__(self, parts: Parts) -> None:
        log = Log()
        self._pages = Pages(parts, log)
        self.sender = ConsoleSender(log, parts.clock)

    def add_routes(self, site: web.Application) -> None:
        """Serve the console's pages on `site`; closing the site ends their streams."""
        self._pages.add_routes(site)

    async def close(self) -> None:
        """End the open event streams."""
        await self._pages.close()


def build(
    dispatcher: Answering,
    *,
    people: Callable[[], Awaitable[list[ConsolePerson]]],
    completions: Callable[[str], Awaitable[list[tuple[str, str, str]]]],
    previews: Mapping[str, Callable[[Card | Form], dict[str, Any]]],
    clock: Clock,
    sample: bool,
    company: str,
    guide: Guide | None = None,
) -> ConsolePlatform:
    """Wire the console.

    `people` lists who one can be; `completions` gives the (name, usage, help) of each command an email's person may use; `previews`
    turn a reply into a platform's JSON, by platform name. With `sample`, the page says that everything is made up.
    """
    return ConsolePlatform(Parts(dispatcher, people, completions, previews, clock, sample, company, guide or Guide()))
