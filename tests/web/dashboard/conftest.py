"""A browser's view of the dashboard, without a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.cards import Card, Link
from bot.web.dashboard import Dashboard
from tests.conftest import World

Client = TestClient[web.Request, web.Application]


@dataclass
class Visitor:
    """Somebody with a browser of their own."""

    world: World
    client: Client

    def link(self, actor: str) -> str:
        """The secret of a link that the bot gives to somebody."""
        reply = self.world.say("/dashboard", actor)
        assert isinstance(reply, Card)
        url = next(block.url for block in reply.blocks if isinstance(block, Link))
        return url.partition("?key=")[2]

    async def sign_in(self, actor: str) -> None:
        """Follow a fresh link."""
        self.client.session.cookie_jar.clear()
        answer = await self.client.post("/dashboard/enter", data={"key": self.link(actor)}, allow_redirects=False)
        assert answer.status == 303, await answer.text()

    async def get(self, path: str) -> tuple[int, str]:
        """A page's status and text."""
        answer = await self.client.get(path, allow_redirects=False)
        return answer.status, await answer.text()

    async def form_key(self) -> str:
        """What this session's forms carry."""
        found = re.search(r'name="form_key" value="([^"]+)"', (await self.get("/dashboard/"))[1])
        assert found
        return found[1]


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    """A browser at the dashboard of the tests' company."""
    site = web.Application()
    Dashboard(world.database, world.application.settings).add_routes(site)
    # Cookies are kept for an address without a name, too: the test's server has none.
    async with TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Visitor(world, client)
