"""A Slack Web API on loopback that refuses what Slack refuses: tokens, blocks, unknown channels, spent triggers, used up URLs."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.platforms.slack.block_rules import home_faults, message_faults, view_faults

Json = dict[str, Any]
BOT_TOKEN = "xoxb-fake"
APP_TOKEN = "xapp-fake"
CLIENT_ID, CLIENT_SECRET = "111.222", "client-secret"
TRIGGER_LIFE = 3.0  # seconds


class RefusedError(Exception):
    """An answer that isn't ok."""

    def __init__(self, code: str, detail: object = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass
class Failure:
    """How a method fails next: with a status, headers and body, or (`cut`) with the connection cut before or after the work."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = '{"ok": false, "error": "fatal_error"}'
    content_type: str = "application/json"
    cut: str = ""
    delay: float = 0.0

    @property
    def answers(self) -> bool:
        """Whether it answers in the method's place."""
        return self != Failure() and not self.cut and not self.delay


class FakeSlack:
    """The workspace: people, their conversations, messages, open views; and every call made, in order."""

    def __init__(self) -> None:
        self.users: dict[str, Json] = {}
        self.channels: dict[str, str] = {}  # id → the other person's id
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.members: dict[str, list[str]] = {}
        self.closed: dict[str, str] = {}  # channel → why nothing can be posted there
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}  # person → the page on their Home tab
        self.calls: list[tuple[str, Json]] = []
        self.failures: dict[str, list[Failure]] = defaultdict(list)
        self.triggers: dict[str, float] = {}
        self.responses: dict[str, list[Json]] = defaultdict(list)
        self.faults: list[str] = []
        self.charts = True  # whether Slack's own charts are rolled out here
        self.undrawn = 0  # charts that a response_url refused
        self.tokens: dict[str, str] = {BOT_TOKEN: ""}  # token → its workspace, "" sees everything
        self.teams: dict[str, str] = {}  # person or channel → the workspace it is in
        self.spoken: list[tuple[str, str]] = []  # method and the workspace whose token it was called with
        self.codes: dict[str, Json] = {}  # what a code, or a refresh token, is exchanged for, once
        self._here = ""
        self.sessions: set[Any] = set()
        self.sockets: list[web.WebSocketResponse] = []
        self.transports: list[asyncio.Transport] = []  # the sockets', to be cut
        self.acknowledged: list[str] = []
        self._numbers = itertools.count(1)
        self._envelopes = itertools.count(1)
        self.add_user("UBOT", bot=True)
        self.add_user("U1", email="ann@acme.example", name="Ann Wu")
        site = web.Application()
        site.router.add_route("*", "/api/{method}", self._api)
        site.router.add_post("/response/{name}", self._response)
        site.router.add_get("/socket", self._socket)
        self.server = TestServer(site)

    def add_user(self, user_id: str, *, email: str = "", name: str = "", bot: bool = False, **flags: Any) -> None:
        """Add a person, in the form users.info gives."""
        profile = {"real_name": name} | ({"email": email} if email else {})
        self.users[user_id] = {"id": user_id, "name": name.lower(), "is_bot": bot, "profile": profile} | flags

    @property
    def url(self) -> str:
        """The base of the Web API."""
        return str(self.server.make_url("/api/"))

    def trigger(self) -> str:
        """Make a trigger, good for one view within three seconds."""
        name = f"trigger.{next(self._numbers)}"
        self.triggers[name] = time.monotonic()
        return name

    def response_url(self, name: str) -> str:
        """Make a response_url, good for five uses."""
        return str(self.server.make_url(f"/response/{name}"))

    def called(self, method: str) -> list[Json]:
        """Give the arguments of every call of a method."""
        return [args for name, args in self.calls if name == method]

    async def until(self, method: str, count: int = 1) -> list[Json]:
        """Wait until a method was called so often."""
        await eventually(lambda: len(self.called(method)) >= count)
        return self.called(method)

    async def answers(self, name: str, count: int = 1) -> list[Json]:
        """Wait until a response_url was used so often."""
        await eventually(lambda: len(self.responses[name]) >= count)
        return self.responses[name]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        failure = self.failures[method].pop(0) if self.failures[method] else Failure()
        if failure.delay:
            await asyncio.sleep(failure.delay)
        if failure.cut == "before":
            _cut(request)
        if failure.answers:
            return web.Response(
                status=failure.status, headers=failure.headers, text=failure.body, content_type=failure.content_type
            )
        answer = self._answer(request, method, args)
        if failure.cut == "after":
            _cut(request)
        return web.json_response(answer)

    def _answer(self, request: web.Request, method: str, args: Json) -> Json:
        self.calls.append((method, args))
        self.sessions.add(request.transport.get_extra_info("peername") if request.transport else None)
        try:
            self._here = self._authorised(request, method)
            self.spoken.append((method, self._here))
            answer: Json = getattr(self, "_" + method.replace(".", "_"))(args)
        except RefusedError as refusal:
            if refusal.detail:
                self.faults.append(f"{method}: {refusal.code}: {refusal.detail}")
            return {"ok": False, "error": refusal.code, "detail": refusal.detail}
        return {"ok": True} | answer

    def _authorised(self, request: web.Request, method: str) -> str:
        """The workspace whose token a call carries."""
        given = request.headers.get("Authorization", "")
        if method == "oauth.v2.access":
            if given != f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}":
                raise RefusedError("bad_client_secret")
            return ""
        token = given.removeprefix("Bearer ")
        if method == "apps.connections.open":
            if token != APP_TOKEN:
                raise RefusedError("invalid_auth")
            return ""
        if token not in self.tokens:
            raise RefusedError("invalid_auth")
        return self.tokens[token]

    def _seen(self, name: str) -> bool:
        """Whether a person or channel is in the workspace that is spoken in."""
        return not self._here or self.teams.get(name, self._here) == self._here

    def _oauth_v2_access(self, args: Json) -> Json:
        name = args.get("refresh_token") or args.get("code") or ""
        if name not in self.codes:
            raise RefusedError("invalid_refresh_token" if args.get("refresh_token") else "invalid_code")
        answer = self.codes.pop(name)
        self.tokens[answer["access_token"]] = (answer.get("team") or {}).get("id", "")
        return answer

    def _conversations_info(self, args: Json) -> Json:
        self._channel(args)
        return {"channel": {"id": args["channel"]}}

    async def _response(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if len(self.responses[name]) >= 5:
            return web.Response(status=404, text="used_url")
        message = await request.json()
        if found := message_faults(message):
            self.faults.append(f"response_url: {found}")
            return web.Response(status=400, text="invalid_blocks")
        if not self.charts and any(block["type"] == "data_visualization" for block in message.get("blocks") or ()):
            self.undrawn += 1
            return web.Response(status=400, text="invalid_blocks")
        self.responses[name].append(message)
        return web.Response(text="ok")

    async def over_socket(self, kind: str, payload: Json, **more: object) -> None:
        """Send an envelope over the newest socket, once one is open."""
        await eventually(lambda: bool(self.sockets))
        envelope = {"envelope_id": f"envelope-{next(self._envelopes)}", "type": kind, "payload": payload} | more
        await self.sockets[-1].send_json(envelope)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        assert request.transport is not None
        self.transports.append(request.transport)
        self.sockets.append(socket)
        async for message in socket:
            self.acknowledged.append(message.json()["envelope_id"])
        return socket

    def _apps_connections_open(self, _args: Json) -> Json:
        return {"url": str(self.server.make_url("/socket")).replace("http", "ws", 1)}

    def _auth_test(self, _args: Json) -> Json:
        return {"user_id": "UBOT", "bot_id": "B1", "team_id": "T1", "team": "Acme", "user": "bot", "url": self.url}

    def _users_info(self, args: Json) -> Json:
        if args["user"] not in self.users or not self._seen(args["user"]):
            raise RefusedError("user_not_found")
        return {"user": self.users[args["user"]]}

    def _users_list(self, args: Json) -> Json:
        return _page([user for user in self.users.values() if self._seen(user["id"])], args | {"limit": 40}, "members")

    def _users_lookupByEmail(self, args: Json) -> Json:  # noqa: N802 - Slack's name
        for user in self.users.values():
            if user["profile"].get("email") == args["email"] and self._seen(user["id"]):
                return {"user": user}
        raise RefusedError("users_not_found")

    def _conversations_open(self, args: Json) -> Json:
        user = self.users.get(args["users"])
        if user is None or not self._seen(user["id"]):
            raise RefusedError("user_not_found")
        if user.get("deleted"):
            raise RefusedError("user_disabled")
        if user["is_bot"]:
            raise RefusedError("cannot_dm_bot")
        channel = f"D{args['users']}"
        self.channels[channel] = args["users"]
        if self._here:
            self.teams[channel] = self._here
        return {"channel": {"id": channel}}

    def _channel(self, args: Json) -> list[Json]:
        if args["channel"] not in self.channels or not self._seen(args["channel"]):
            raise RefusedError("channel_not_found")
        return self.messages[args["channel"]]

    def _conversations_history(self, args: Json) -> Json:
        """A conversation's newest messages; like Slack's, without the answers below them."""
        found = [message for message in self._channel(args) if args.get("latest") in {None, message["ts"]}]
        return _page([message for message in found if not message.get("thread_ts")][::-1], args)

    def _conversations_replies(self, args: Json) -> Json:
        found = [message for message in self._channel(args) if args["ts"] in {message["ts"], message.get("thread_ts")}]
        if not found:
            raise RefusedError("thread_not_found")
        return _page(found, args)

    def _checked(self, args: Json) -> None:
        if found := message_faults(args):
            raise RefusedError("invalid_blocks", found)
        if not self.charts and any(block["type"] == "data_visualization" for block in args.get("blocks") or ()):
            raise RefusedError("invalid_blocks")

    def _blocks_validate(self, args: Json) -> Json:
        """Exactly one of three arguments, each JSON as text. https://docs.slack.dev/reference/methods/blocks.validate ."""
        ((name, text),) = args.items()
        value = json.loads(text)
        faults = {"view": view_faults if value.get("type") == "modal" else home_faults, "message": message_faults}[name](value)
        if faults or (not self.charts and any(block["type"] == "data_visualization" for block in value["blocks"])):
            raise RefusedError(f"invalid_{name}", faults)
        return {}

    def _chat_postMessage(self, args: Json) -> Json:  # noqa: N802 - Slack's name
        messages = self._channel(args)
        if refusal := self.closed.get(args["channel"]):
            raise RefusedError(refusal)
        self._checked(args)
        message = {"ts": f"1700000000.{next(self._numbers):06d}"} | args
        messages.append(message)
        return {"ts": message["ts"], "channel": args["channel"], "message": message}

    def _chat_unfurl(self, args: Json) -> Json:
        if not {"unfurl_id", "source"} <= args.keys() and not {"channel", "ts"} <= args.keys():
            raise RefusedError("invalid_arguments", args)
        for shown in args["unfurls"].values():
            if found := message_faults(shown):
                raise RefusedError("invalid_blocks", found)
        return {}

    def _chat_getPermalink(self, args: Json) -> Json:  # noqa: N802 - Slack's name
        if all(message["ts"] != args["message_ts"] for message in self._channel(args)):
            raise RefusedError("message_not_found")
        name = args["message_ts"].replace(".", "")
        return {"channel": args["channel"], "permalink": f"https://acme.slack.com/archives/{args['channel']}/p{name}"}

    def _chat_update(self, args: Json) -> Json:
        self._checked(args)
        for message in self._channel(args):
            if message["ts"] == args["ts"]:
                message.update(args)
                return {"ts": args["ts"], "channel": args["channel"]}
        raise RefusedError("message_not_found")

    def _chat_delete(self, args: Json) -> Json:
        messages = self._channel(args)
        if all(message["ts"] != args["ts"] for message in messages):
            raise RefusedError("message_not_found")
        messages[:] = [message for message in messages if message["ts"] != args["ts"]]
        return {"ts": args["ts"], "channel": args["channel"]}

    def _conversations_members(self, args: Json) -> Json:
        if args["channel"] not in self.members or not self._seen(args["channel"]):
            raise RefusedError("channel_not_found")
        return _page(self.members[args["channel"]], args | {"limit": 2}, "members")  # small pages, as Slack may give

    def _views_open(self, args: Json) -> Json:
        made = self.triggers.get(args["trigger_id"])
        if made is None:
            raise RefusedError("exchanged_trigger_id")
        if time.monotonic() - made > TRIGGER_LIFE:
            raise RefusedError("expired_trigger_id")
        view = self._view(args)
        del self.triggers[args["trigger_id"]]
        return self._opened(f"V{next(self._numbers)}", view)

    def _views_update(self, args: Json) -> Json:
        if args["view_id"] not in self.views:
            raise RefusedError("not_found")
        return self._opened(args["view_id"], self._view(args))

    def _views_publish(self, args: Json) -> Json:
        user = args["user_id"]
        if user not in self.users:
            raise RefusedError("invalid_arguments", "invalid `user_id`")
        if found := home_faults(args["view"]):
            raise RefusedError("invalid_arguments", found)
        if "hash" in args and args["hash"] != self.homes.get(user, {}).get("hash"):
            raise RefusedError("hash_conflict")
        self.homes[user] = args["view"] | {"id": f"VH{user}", "hash": f"h{next(self._numbers)}"}
        return {"view": self.homes[user]}

    def _view(self, args: Json) -> Json:
        view: Json = args["view"]
        if found := view_faults(view):
            raise RefusedError("invalid_arguments", found)
        return view

    def _opened(self, view_id: str, view: Json) -> Json:
        self.views[view_id] = view | {"id": view_id, "hash": f"h{next(self._numbers)}"}
        return {"view": self.views[view_id]}


def _page(found: list[Any], args: Json, name: str = "messages") -> Json:
    start = int(args.get("cursor") or 0)
    end = start + int(args["limit"])
    return {name: found[start:end], "response_metadata": {"next_cursor": str(end) if end < len(found) else ""}}


async def eventually(true: Callable[[], bool]) -> None:
    """Wait until something holds; the limit only ends a test that would never end."""
    async with asyncio.timeout(40):
        while not true():  # noqa: ASYNC110 - what is waited for lies across a real socket
            await asyncio.sleep(0.01)


def _cut(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()
    raise web.HTTPInternalServerError


async def _arguments(request: web.Request) -> Json:
    """Read the arguments from wherever the SDK puts them; JSON texts inside a form are read too."""
    if request.content_type == "application/json":
        return dict(await request.json())
    given: Json = dict(request.query) | {name: str(value) for name, value in (await request.post()).items()}
    return {name: json.loads(value) if value[:1] in {"{", "["} else value for name, value in given.items()}
