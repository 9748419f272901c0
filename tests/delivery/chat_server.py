"""Slack's Web API and Teams' connector on loopback, as little of them as sending takes: for many messages, and for killed senders."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]


class ChatServer:
    """Keeps who got what. `delay` is how long, in seconds, an answer takes once the message is there."""

    def __init__(self, delay: float = 0.0, *, keep: bool = True) -> None:
        self.delay = delay
        self.keep = keep
        self.count = 0
        self.slack: defaultdict[str, list[Json]] = defaultdict(list)
        self.teams: defaultdict[str, int] = defaultdict(int)
        self._numbers = itertools.count(1)
        site = web.Application()
        site.router.add_route("*", "/api/{method}", self._slack)
        site.router.add_post("/teams/v3/conversations/{conversation}/activities", self._teams)
        self.server = TestServer(site)

    @property
    def slack_url(self) -> str:
        """The base of the Web API."""
        return str(self.server.make_url("/api/"))

    @property
    def teams_url(self) -> str:
        """The service address of the connector."""
        return str(self.server.make_url("/teams/"))

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
        self.count += 1
        self.teams[request.match_info["conversation"]] += 1
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.json_response({"id": f"m{next(self._numbers)}"}, status=201)
