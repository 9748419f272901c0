"""A program that reads the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.access import api_tokens
from bot.web.api import Api
from tests.conftest import World


@dataclass
class Reader:
    """A program with a token."""

    world: World
    client: TestClient[web.Request, web.Application]
    token: str = ""

    def make(self, name: str = "BI", days: int = 90, *, notes: bool = False) -> str:
        """A token of this name."""
        with self.world.database.session() as session:
            return api_tokens.make(session, name, days, self.world.clock(), notes=notes)[1]

    async def get(self, path: str, token: str | None = None) -> tuple[int, Any]:
        """A status, and what was answered."""
        used = self.token if token is None else token
        headers = {"Authorization": f"Bearer {used}"} if used else {}
        answer = await self.client.get(f"/api/v1/{path}", headers=headers)
        return answer.status, await answer.json(content_type=None)


@pytest.fixture
async def reader(world: World) -> AsyncIterator[Reader]:
    """A program with a good token, one that opens no notes."""
    site = web.Application()
    Api(world.database, world.application.settings).add_routes(site)
    async with TestClient(TestServer(site)) as client:
        found = Reader(world, client)
        found.token = found.make()
        yield found
