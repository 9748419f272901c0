"""Slack's Web API and Teams' connector on loopback, as little of them as sending takes: for many messages, and for killed senders."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import defaultdict, deque
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]


class ChatServer:
    """Keeps who got what. `delay` is how long, in seconds, an answer takes once the message is there.

    With `per_second`, messages above so many in any second are answered 429 with Retry-After 1; `refused` are the seconds after the
    first message at which that happened. `/figures` tells the counts. `keep` off keeps nothing of single messages.
    """

    def __init__(self, delay: float = 0.0, *, keep: bool = True, per_second: int | None = None) -> None:
        self.delay = delay
        self.keep = keep
        self.per_second = per_second
        self.refused: list[float] = []
        self.taken: list[float] = []
        self._window: deque[float] = deque()
        self.count = 0
        self.slack: defaultdict[str, list[Json]] = defaultdict(list)
        self.teams: defaultdict[str, int] = defaultdict(int)
        self._numbers = itertools.count(1)
        site = web.Application()
        site.router.add_get("/figures", self._figures)
        site.router.add_route("*", "/api/{method}", self._slack)
        site.router.add_post("/teams/v3/conversations/{conversation}/activities", self._teams)
        site.router.add_post("/teams/v3/conversations/{conversation}/activities/{activity}", self._teams)
        self.server = TestServer(site)

    @property
    def slack_url(self) -> str:
        """The base of the Web API."""
        return str(self.server.make_url("/api/"))

    @property
    def teams_url(self) -> str:
        """The service address of the connector."""
        return str(self.server.make_url("/teams/"))

    def _over(self) -> bool:
        """Whether this message is one too many in the second before it."""
        if self.per_second is None:
            return False
        now = time.monotonic()
        while self._window and self._window[0] <= now - 1:
            self._window.popleft()
        if len(self._window) >= self.per_second:
            self.refused.append(now)
            return True
        self._window.append(now)
        self.taken.append(now)
        return False

    async def _figures(self, _request: web.Request) -> web.Response:
        return web.json_response({"count": self.count, "taken": self.taken, "refused": self.refused})

    async def _slack(self, request: web.Request) -> web.Response:
        raw = await request.text()
        is_json = request.content_type == "application/json"
        args: Json = json.loads(raw) if is_json else {**request.query, **dict(parse_qsl(raw))}  # the SDK uses each of the three
        method = request.match_info["method"]
        if method == "conversations.open":
            return web.json_response({"ok": True, "channel": {"id": f"D{args['users']}"}})
        if method == "conversations.history":
            return web.json_response({"ok": True, "messages": self.slack[args["channel"]]})
        assert method == "chat.postMessage", method
        if self._over():
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        self.count += 1
        stamp = f"1700000000.{next(self._numbers):06d}"
        if self.keep:
            mark = args["metadata"]
            self.slack[args["channel"]].append({"ts": stamp, "metadata": json.loads(mark) if isinstance(mark, str) else mark})
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.json_response({"ok": True, "ts": stamp, "channel": args["channel"]})

    async def _teams(self, request: web.Request) -> web.Response:
        await request.read()
        if self._over():
            return web.json_response({"error": {"code": "TooManyRequests"}}, status=429, headers={"Retry-After": "1"})
        self.count += 1
        self.teams[request.match_info["conversation"]] += 1
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.json_response({"id": f"m{next(self._numbers)}"}, status=201)


async def _serve(per_second: int | None) -> None:
    chat = ChatServer(keep=False, per_second=per_second)
    await chat.server.start_server()
    print(chat.server.make_url("/"), flush=True)  # noqa: T201 - whoever started it reads it
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else None))
