"""What the Slack tests stand on: requests signed as Slack signs them, and a dispatcher that records what reaches it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.cards import Card, Form, Option, Reply, TextField
from bot.commands import Command, Inbound, Request, Sender
from bot.dispatch.dispatcher import Dispatcher
from bot.platforms.slack.platform import SlackPlatform, build
from bot.platforms.slack.workspaces import ManyWorkspaces
from tests.platforms.slack.fake_slack import BOT_TOKEN, FakeSlack, eventually

Json = dict[str, Any]
SECRET = "a signing secret"
DASHBOARD = "https://outside-in.firm.example"
FORM = Form(title="Log a visit", command="logvisit", fields=(TextField(name="heard", label="What you heard", multiline=True),))


def unused(_request: Request) -> Reply:
    """Stand in for a command's work, which the fake dispatcher doesn't do."""
    raise AssertionError("the fake dispatcher runs no command")


def unused_form(_request: Request) -> Form | Card:
    """Stand in for a command's form."""
    raise AssertionError("the fake dispatcher builds no form")


class FakeDispatcher:
    """Answers as a test says (`replies`, by command), after `delay` seconds, and remembers ids as the real one does."""

    def __init__(self) -> None:
        self.commands = {
            "logvisit": Command("logvisit", "Log a visit", unused, form=unused_form),
            "commit": Command("commit", "Add a commitment", unused, form=unused_form),
            "customer": Command("customer", "Show a customer", unused),
            "hidden": Command("hidden", "Only a button", unused, listed=False),
        }
        self.replies: dict[str, Reply | Exception | Callable[[Inbound], Reply]] = {"logvisit": FORM}
        self.delay = 0.0
        self.seen: list[Inbound] = []
        self.done: dict[str, Reply] = {}
        self.searched: list[tuple[Sender, str, str]] = []
        self.found: tuple[Option, ...] = ()
        self.known = True
        self.edited: list[str] = []
        self.opened: list[Sender] = []
        self.later: list[tuple[str, float | None]] = []
        self.changed: list[Sender] = []

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer as told, an id seen before as the first time."""
        self.seen.append(inbound)
        await asyncio.sleep(self.delay)
        if inbound.event_id in self.done:
            return self.done[inbound.event_id]
        reply = self.replies.get(inbound.command, Card(title=f"you said {inbound.command} {inbound.text}"))
        if isinstance(reply, Exception):
            raise reply
        answer = reply if isinstance(reply, Card | Form) else reply(inbound)
        self.done[inbound.event_id] = answer
        return answer

    async def source_edited(self, source_ref: str) -> None:
        """Remember which message was said to be edited."""
        self.edited.append(source_ref)

    async def home_opened(self, sender: Sender) -> None:
        """Remember who opened their page."""
        self.opened.append(sender)

    async def home_later(self, sender: Sender, after: float | None) -> None:
        """Remember whose page is to be shown later."""
        self.later.append((sender.user_id, after))

    async def account_changed(self, sender: Sender) -> None:
        """Remember whose account was said to have changed."""
        self.changed.append(sender)

    async def knows(self, _sender: Sender) -> bool:
        """Say whether accounts are linked."""
        return self.known

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """Give what there is to find."""
        self.searched.append((sender, source, query))
        await asyncio.sleep(self.delay)
        return self.found


Many = Callable[[str], Awaitable[ManyWorkspaces]]


class World:
    """A platform served on loopback, the fake Slack it calls, and the dispatcher behind it."""

    def __init__(self, slack: FakeSlack, dispatcher: FakeDispatcher, platform: SlackPlatform, client: TestClient[Any, Any]) -> None:
        self.slack = slack
        self.dispatcher = dispatcher
        self.platform = platform
        self._client = client
        self.happened: object = int(time.time())

    async def post(
        self, body: str, headers: dict[str, str] | None = None, *, timestamp: str = "", secret: str = SECRET
    ) -> ClientResponse:
        """Post a signed request."""
        stamp = timestamp or str(int(time.time()))
        signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}", "Content-Type": kind}
        data = body.encode()
        # aiohttp's client wants more than a megabyte as a file.
        given = data if len(data) < 2**20 else io.BytesIO(data)
        return await self._client.post("/slack/events", data=given, headers=signed | (headers or {}))

    async def command(
        self, name: str, text: str = "", *, channel: str = "C1", trigger: str = "", response: str = "r"
    ) -> ClientResponse:
        """Type a slash command."""
        fields = {
            "command": name,
            "text": text,
            "user_id": "U1",
            "team_id": "T1",
            "channel_id": channel,
            "trigger_id": trigger or self.slack.trigger(),
            "response_url": self.slack.response_url(response),
        }
        return await self.post(urlencode(fields))

    async def event(self, event: Json, event_id: str = "Ev1", headers: dict[str, str] | None = None) -> ClientResponse:
        """Deliver an event."""
        body = {"type": "event_callback", "team_id": "T1", "event_id": event_id, "event": event, "event_time": self.happened}
        return await self.post(json.dumps(body), headers)

    async def typed(self, text: str, event_id: str = "Ev1", headers: dict[str, str] | None = None, **more: Any) -> ClientResponse:
        """Type in the conversation with the bot."""
        self.slack.channels["DU1"] = "U1"
        event = {"type": "message", "channel_type": "im", "channel": "DU1", "user": "U1", "text": text, "ts": "1600000000.000100"}
        return await self.event(event | more, event_id, headers)

    async def interact(self, payload: Json) -> ClientResponse:
        """Deliver an interaction."""
        body = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}} | payload
        return await self.post(urlencode({"payload": json.dumps(body)}))

    async def press(
        self,
        button: Json,
        *,
        channel: str = "C1",
        ts: str = "",
        view: Json | None = None,
        at: str = "1.1",
        user: Json | None = None,
        thread: str = "",
    ) -> ClientResponse:
        """Press a button as it was rendered, on a message (below `thread`) or in a view; as U1, unless `user` says who."""
        sent = ("action_id", "type", "selected_option" if button["type"] == "overflow" else "value")
        action = {name: button[name] for name in sent} | {"action_ts": at}
        payload: Json = {"type": "block_actions", "trigger_id": self.slack.trigger(), "actions": [action]}
        payload |= {"user": user} if user else {}
        if view is not None:
            return await self.interact(payload | {"view": view, "container": {"type": "view", "view_id": view["id"]}})
        container = {"type": "message", "channel_id": channel, "message_ts": ts, "is_ephemeral": not ts}
        container |= {"thread_ts": thread} if thread else {}
        return await self.interact(payload | {"container": container, "response_url": self.slack.response_url("press")})

    async def on_message(
        self, message: Json, callback: str = "commit", *, at: str = "5.1", trigger: str = "", channel: str = "C1"
    ) -> ClientResponse:
        """Use a message shortcut on a message, which then stands in its channel."""
        self.slack.channels[channel] = "U2"
        self.slack.messages[channel].append(message)
        payload = {
            "type": "message_action",
            "callback_id": callback,
            "action_ts": at,
            "trigger_id": trigger or self.slack.trigger(),
            "response_url": self.slack.response_url("r"),
            "channel": {"id": channel, "name": "general"},
            "message_ts": message["ts"],
            "message": message,
        }
        return await self.interact(payload)

    async def shortcut(self, callback: str, *, at: str = "5.1") -> ClientResponse:
        """Use a global shortcut."""
        payload = {"type": "shortcut", "callback_id": callback, "action_ts": at, "trigger_id": self.slack.trigger()}
        return await self.interact(payload)

    async def submit(self, view: Json, values: Json | None = None) -> ClientResponse:
        """Submit a view with what was typed, by block id; what isn't given is null, as Slack sends it."""
        state = {
            block["block_id"]: state_of(block, (values or {}).get(block["block_id"]))
            for block in view["blocks"]
            if block["type"] == "input"
        }
        return await self.interact({"type": "view_submission", "view": view | {"state": {"values": state}}})

    async def search(self, action_id: str, value: str = "") -> ClientResponse:
        """Type in a search."""
        return await self.interact({"type": "block_suggestion", "action_id": action_id, "block_id": "customer", "value": value})

    async def opened(self, updates: int = 0, *, stand_in: bool = False) -> Json:
        """Wait for a modal, and so many updates of it; give the view as it stands.

        What isn't ready within 0.8 s, on a busy machine, has a stand-in first: it is only given where that is asked for.
        """
        await self.slack.until("views.open")
        if updates:
            await self.slack.until("views.update", updates)
        shown = self.slack.views  # a modal that was refused is none
        await eventually(lambda: bool(shown) and (stand_in or not is_stand_in(list(shown.values())[-1])))
        return list(self.slack.views.values())[-1]


def is_stand_in(view: Json) -> bool:
    """Whether a view only holds the place of one that isn't ready yet."""
    return bool(view["title"]["text"] == "One moment…")


def state_of(block: Json, value: object) -> Json:
    """What a submission says of an input block into which `value` was put."""
    kind = block["element"]["type"]
    key = {"plain_text_input": "value", "datepicker": "selected_date"}.get(kind, "selected_option")
    if kind.startswith("multi_"):
        return {block["element"]["action_id"]: {"type": kind, "selected_options": value or []}}
    return {block["element"]["action_id"]: {"type": kind, key: value}}


def as_opened(element: dict[str, Any]) -> object:
    """What an input holds when its form opens."""
    return (
        element.get("initial_value")
        or element.get("initial_date")
        or element.get("initial_option")
        or element.get("initial_options")
    )


@asynccontextmanager
async def world(real: Dispatcher | None = None, many: Many | None = None) -> AsyncIterator[World]:
    """Serve a platform against a fake Slack, over a `real` dispatcher or a fake; at the end, nothing sent may have been faulty.

    `many` makes what speaks in many workspaces, from Slack's address.
    """
    slack, dispatcher = FakeSlack(), FakeDispatcher()
    await slack.server.start_server()
    workspaces = await many(slack.url) if many else None
    platform = build(
        real or dispatcher,  # type: ignore[arg-type]
        bot_token="" if many else BOT_TOKEN,
        signing_secret=SECRET,
        base_url=slack.url,
        dashboard=DASHBOARD,
        workspaces=workspaces,
    )
    site = web.Application()
    platform.add_routes(site)
    client = TestClient(TestServer(site))
    await client.start_server()
    try:
        yield World(slack, dispatcher, platform, client)
    finally:
        await client.close()
        await platform.close()
        await slack.server.close()
    assert slack.faults == []


def buttons(message: Json) -> list[Json]:
    """Every button of a message or view, and every entry of its menus as what a press of it sends."""
    elements = [element for block in message["blocks"] if block["type"] == "actions" for element in block["elements"]]
    return [each for element in elements for each in _entries(element)]


def _entries(element: Json) -> list[Json]:
    if element["type"] != "overflow":
        return [element]
    kept = {name: element[name] for name in ("type", "action_id")}
    return [kept | {"text": one["text"], "value": one["value"], "selected_option": one} for one in element["options"]]
