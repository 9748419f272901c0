"""The console on a small bot, served on the loopback interface."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.platforms.console.platform import ConsolePlatform
from tests.platforms.console import fake_bot
from tests.platforms.console.fake_bot import MARA, FakeClock, FakeDispatcher

_ids = iter(range(10_000_000, 99_999_999))


@dataclass
class Console:
    """The console, and what is behind it."""

    dispatcher: FakeDispatcher
    clock: FakeClock
    platform: ConsolePlatform
    client: TestClient[web.Request, web.Application]

    async def post(self, path: str, *, who: str = MARA.email, headers: dict[str, str] | None = None, **body: Any) -> ClientResponse:
        """Post as the page does."""
        if not path.startswith("/clock"):
            body = {"event_id": f"event-{next(_ids)}", **body}
        return await self.client.post(path, json={"as": who, **body}, headers=headers)

    async def outcome(self, path: str, **body: Any) -> dict[str, Any]:
        """Post, and what the page is to show."""
        response = await self.post(path, **body)
        assert response.status == 200, await response.text()
        found = await response.json()
        assert isinstance(found, dict)
        return found

    def stream(self, who: str = MARA.email, last: str = "") -> Stream:
        """An open event stream."""
        return Stream(self, who, last)


@dataclass
class Stream:
    """Reads server-sent events."""

    console: Console
    who: str
    last: str
    response: ClientResponse | None = None

    async def __aenter__(self) -> Stream:
        headers = {"Last-Event-ID": self.last} if self.last else {}
        self.response = await self.console.client.get("/events", params={"as": self.who}, headers=headers)
        assert self.response.status == 200
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.response is not None
        self.response.close()

    async def next(self) -> tuple[str, dict[str, Any], str]:
        """The next event: its name, data and id."""
        assert self.response is not None
        fields: dict[str, str] = {}
        while True:
            line = (await self.response.content.readline()).decode()
            if not line:
                return "end", {}, ""
            if line == "\n" and fields:
                return fields["event"], json.loads(fields["data"]), fields.get("id", "")
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                fields[name] = value

    async def until_ready(self) -> tuple[list[dict[str, Any]], str]:
        """Everything that was said before, and the id to go on from."""
        found: list[dict[str, Any]] = []
        while True:
            name, data, identity = await self.next()
            if name == "ready":
                return found, identity
            found.append(data)


@pytest.fixture
async def console() -> AsyncIterator[Console]:
    """A console that nobody has used yet."""
    dispatcher, clock = FakeDispatcher(), FakeClock()
    platform = fake_bot.platform(dispatcher, clock)
    site = web.Application()
    platform.add_routes(site)
    async with TestClient(TestServer(site)) as client:
        yield Console(dispatcher, clock, platform, client)
