"""What the Teams tests stand on: activities signed as the Bot Framework signs them, and a dispatcher that records what reaches it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.cards import Card, Form, Option, Reply, TextField
from bot.commands import Command, Inbound, Platform, Request, Sender
from bot.dispatch.dispatcher import Dispatcher
from bot.platforms.teams.platform import Addresses, Credentials, TeamsPlatform, build
from tests.platforms.teams.fake_connector import APP_ID, KEY, SECRET, TENANT, FakeConnector

Json = dict[str, Any]
BOT = f"28:{APP_ID}"
CHANNEL = "19:channel@thread.tacv2;messageid=1"
FORM = Form(
    title="Log a visit", command="logvisit", args={"form_id": "f1"}, fields=(TextField(name="heard", label="Heard", required=True),)
)


def unused(_request: Request) -> Reply:
    """Stand in for a command's work, which the fake dispatcher doesn't do."""
    raise AssertionError("the fake dispatcher runs no command")


def unused_form(_request: Request) -> Form | Card:
    """Stand in for a command's form."""
    raise AssertionError("the fake dispatcher builds no form")


class FakeDispatcher:
    """Answers as a test says (`replies`, by command) and remembers ids as the real one does."""

    def __init__(self) -> None:
        self.commands = {
            "help": Command("help", "What I can do", unused),
            "logvisit": Command("logvisit", "Log a visit", unused, form=unused_form),
            "journey": Command("journey", "The shared language", unused, public=True),
            "hidden": Command("hidden", "Only a button", unused, listed=False),
        }
        self.replies: dict[str, Reply | Callable[[Inbound], Reply]] = {}
        self.seen: list[Inbound] = []
        self.done: dict[str, Reply] = {}
        self.claimed: set[str] = set()
        self.searched: list[tuple[Sender, str, str]] = []
        self.found: tuple[Option, ...] = ()
        self.known = True
        self.admitted = True
        self.edited: list[str] = []

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer as told, an id seen before as the first time."""
        if inbound.event_id in self.done:
            return self.done[inbound.event_id]
        self.seen.append(inbound)
        told = self.replies.get(inbound.command, FORM if inbound.command == "logvisit" and inbound.form is None else None)
        reply = told or Card(title=f"you said {inbound.command} {inbound.text}".strip())
        answer = reply if isinstance(reply, Card | Form) else reply(inbound)
        if inbound.event_id:
            self.done[inbound.event_id] = answer
        return answer

    async def admits(self, _sender: Sender) -> bool:
        """Say whether somebody known is behind an account."""
        return self.admitted

    async def first(self, _platform: Platform, event_id: str, _sender: Sender | None = None) -> bool:
        """Say once of each id that it's new."""
        fresh = event_id not in self.claimed
        self.claimed.add(event_id)
        return fresh

    async def source_edited(self, source_ref: str) -> None:
        """Remember which message was said to be edited."""
        self.edited.append(source_ref)

    async def knows(self, _sender: Sender) -> bool:
        """Say whether accounts are linked."""
        return self.known

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """Give what there is to find."""
        self.searched.append((sender, source, query))
        return self.found


class World:
    """A platform served on loopback, the fake connector it calls, and the dispatcher behind it."""

    def __init__(
        self, teams: FakeConnector, dispatcher: FakeDispatcher, platform: TeamsPlatform, client: TestClient[Any, Any]
    ) -> None:
        self.teams = teams
        self.dispatcher = dispatcher
        self.platform = platform
        self.client = client
        self.count = 0
        self.shared: Json = {"id": CHANNEL, "conversationType": "channel", "isGroup": True}

    def activity(self, kind: str, *, shared: bool = False, **more: Any) -> Json:
        """Make an activity of Ada's."""
        self.count += 1
        conversation = self.shared if shared else {"id": "a:personal"}
        base: Json = {
            "type": kind,
            "id": f"activity-{self.count}",
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": "29:ada", "name": "Ada", "aadObjectId": "aad-ada"},
            "recipient": {"id": BOT, "name": "Outside In"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT} | conversation,
            "channelData": {"tenant": {"id": TENANT}},
        }
        return base | more

    async def post(self, activity: object, token: str | None = None) -> ClientResponse:
        """Post an activity with a token that fits it, or with `token`."""
        bearer = KEY.token(self.teams.service) if token is None else token
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        answer = await self.client.post("/api/messages", data=body, headers=headers)
        await self.platform.settled()
        return answer

    async def typed(self, text: str | None, *, shared: bool = False, **more: Any) -> ClientResponse:
        """Type a message."""
        return await self.post(self.activity("message", shared=shared, text=text, **more))

    async def invoke(self, name: str, value: Any, *, shared: bool = False, **more: Any) -> tuple[int, Any]:
        """Send an invoke; give status and JSON."""
        answer = await self.post(self.activity("invoke", shared=shared, name=name, value=value, **more))
        raw = await answer.read()
        return answer.status, json.loads(raw) if raw else None

    async def press(self, data: Json, *, shared: bool = False, **more: Any) -> Any:
        """Press an Action.Execute; give what the client is answered."""
        value = {"action": {"type": "Action.Execute", "verb": data.get("command"), "data": data}, "trigger": "manual"}
        status, body = await self.invoke("adaptiveCard/action", value, shared=shared, **({"replyToId": "m-card"} | more))
        assert status == 200
        return body


@asynccontextmanager
async def world(real: Dispatcher | None = None, *, playground: bool = False, secret: str = SECRET) -> AsyncIterator[World]:
    """Serve a platform against a fake connector, over a `real` dispatcher or a fake."""
    teams, dispatcher = FakeConnector(), FakeDispatcher()
    await teams.server.start_server()
    teams.authorized = not playground
    credentials = Credentials() if playground else Credentials(APP_ID, TENANT, secret)
    platform = build(
        real or dispatcher,  # type: ignore[arg-type]
        credentials,
        playground=playground,
        addresses=Addresses(teams.openid_url, teams.token_url),
    )
    site = web.Application()
    platform.add_routes(site)
    client = TestClient(TestServer(site))
    await client.start_server()
    await platform.start()
    try:
        yield World(teams, dispatcher, platform, client)
    finally:
        await client.close()
        await platform.close()
        await teams.server.close()


def card_of(message: Json) -> Json:
    """Give the card of a message."""
    card: Json = message["attachments"][0]["content"]
    return card
