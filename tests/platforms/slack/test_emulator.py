"""The whole Slack side against a peer's emulator of the Web API (npm `emulate`), which nobody here wrote.

Requests come as Slack documents them, with fields it may add, signed, over HTTP, through Bolt; answers are read back from the emulator. It
makes its own triggers, keeps files, views and messages; it checks no blocks, throttles nothing, takes any token and sends no events: those
our own fake enforces.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
import sqlalchemy as sa
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Card, Text
from bot.delivery.senders import Destination
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Platform
from bot.platforms.slack.platform import SlackPlatform, build
from bot.platforms.slack.sender import EVENT_TYPE
from tests.conftest import World
from tests.places import CLIENTS
from tests.platforms.slack.fake_slack import eventually
from tests.platforms.slack.world import as_opened, buttons, state_of
from tests.processes import free_port, running

Json = dict[str, Any]
NODE, EMULATE = CLIENTS / "node" / "bin" / "node", CLIENTS / "emulate" / "package.json"
TOKEN, SECRET = "xoxb-any", "a signing secret"
ADA = "ada@firm.example"

pytestmark = pytest.mark.skipif(
    not (NODE.exists() and EMULATE.exists()), reason="Slack's emulator and its Node 24 are not there: npm ci --prefix tests/clients"
)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The emulator with one person in its workspace; its address."""
    folder, port = tmp_path_factory.mktemp("emulate"), free_port()
    people = [{"name": "ada", "real_name": "Ada Lovell", "email": ADA}]
    (folder / "seed.json").write_text(json.dumps({"slack": {"users": people, "bots": [{"name": "outside-in"}]}}))
    command = [str(NODE), str(CLIENTS / ".bin" / "emulate"), "start", "-s", "slack", "-p", str(port), "--seed", "seed.json"]
    with running(command, f"http://127.0.0.1:{port}/", folder / "log", folder, ours=False):
        yield f"http://127.0.0.1:{port}"


def proxy(emulator: str, answers: list[tuple[str, Json]]) -> web.Application:
    """What slack_sdk sends by GET, or beside the body in the address, as the form posts that the emulator takes; its answers are noted."""

    async def passed_on(request: web.Request) -> web.Response:
        headers = {"Authorization": request.headers.get("Authorization", "")}
        data: Any = dict(request.query) | dict(await request.post())
        if request.content_type == "application/json":
            data, headers["Content-Type"] = await request.read(), "application/json"
        async with ClientSession() as session, session.post(f"{emulator}{request.path}", data=data, headers=headers) as answer:
            found = await answer.json()
            answers.append((request.match_info["method"], found))
            return web.json_response(found, status=answer.status)

    site = web.Application()
    site.router.add_route("*", "/api/{method}", passed_on)
    return site


@dataclass
class Workspace:
    """The product, Slack's emulator behind it, and Ada's account there."""

    world: World
    slack: AsyncWebClient
    platform: SlackPlatform
    client: TestClient[Any, Any]
    answers: list[tuple[str, Json]]
    ada: str
    team: str

    def answered(self, method: str) -> list[Json]:
        """What the emulator answered to a method, in order."""
        return [answer for name, answer in self.answers if name == method]

    async def post(self, fields: Json) -> int:
        """A form as Slack posts it."""
        return await self.signed(urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    async def signed(self, body: str, headers: dict[str, str]) -> int:
        """A request as Slack signs it; its status."""
        stamp = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        given = headers | {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        async with self.client.post("/slack/events", data=body, headers=given) as answer:
            return answer.status

    async def trigger(self) -> str:
        """A trigger that the emulator gives Ada."""
        answer = await self.slack.api_call("views.generateTriggerId", data={"user_id": self.ada})
        return str(answer["trigger_id"])

    async def command(self, name: str, text: str = "", channel: str = "C000000001") -> int:
        """A slash command of Ada's."""
        documented = {
            "token": "deprecated",
            "team_id": self.team,
            "team_domain": "firm",
            "enterprise_id": "",
            "channel_id": channel,
            "channel_name": "directmessage",
            "user_id": self.ada,
            "user_name": "ada",
            "command": f"/{name}",
            "text": text,
            "api_app_id": "A000000001",
            "is_enterprise_install": "false",
            "response_url": "",
            "trigger_id": await self.trigger(),
            "something_new": "that Slack adds one day",
        }
        return await self.post(documented)

    async def interaction(self, payload: Json) -> int:
        """An interaction of Ada's."""
        common = {
            "user": {"id": self.ada, "username": "ada", "team_id": self.team},
            "team": {"id": self.team, "domain": "firm"},
            "api_app_id": "A000000001",
            "is_enterprise_install": False,
            "enterprise": None,
            "something_new": {"that": "Slack adds"},
        }
        return await self.post({"payload": json.dumps(common | payload)})

    async def event(self, event: Json, headers: dict[str, str] | None = None, event_id: str = "Ev1") -> int:
        """An event of the Events API."""
        body = {
            "token": "deprecated",
            "team_id": self.team,
            "api_app_id": "A000000001",
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": 1_700_000_000,
            "authorizations": [{"enterprise_id": None, "team_id": self.team, "user_id": "U000000001", "is_bot": True}],
            "is_ext_shared_channel": False,
            "something_new": {"that": "Slack adds"},
        }
        return await self.signed(json.dumps(body), {"Content-Type": "application/json"} | (headers or {}))

    async def conversation(self) -> str:
        """Ada's conversation with the bot."""
        return str((await self.slack.conversations_open(users=self.ada))["channel"]["id"])

    async def messages(self) -> list[Json]:
        """What is in it, newest first."""
        found = await self.slack.conversations_history(channel=await self.conversation(), include_all_metadata=True, limit=100)
        return list(found["messages"])


@pytest_asyncio.fixture
async def workspace(world: World, emulator: str) -> AsyncIterator[Workspace]:
    """The product wired to the emulator."""
    answers: list[tuple[str, Json]] = []
    between = TestServer(proxy(emulator, answers))
    await between.start_server()
    base = str(between.make_url("/api/"))
    platform = build(world.application.dispatcher, bot_token=TOKEN, signing_secret=SECRET, base_url=base)
    site = web.Application()
    platform.add_routes(site)
    slack = AsyncWebClient(token=TOKEN, base_url=base)
    ada = (await slack.users_lookupByEmail(email=ADA))["user"]
    async with TestClient(TestServer(site)) as client:
        yield Workspace(world, slack, platform, client, answers, ada["id"], ada["team_id"])
        await platform.close()
    await between.close()


async def test_a_card_reaches_a_person_known_by_email_and_is_found_changed_and_taken_back(workspace: Workspace) -> None:
    """As a prompt or an update goes: looked up, a conversation opened, sent with its mark, found by it, edited, deleted."""
    sender, to = workspace.platform.sender, Destination(Platform.SLACK, "", ADA)
    sent = await sender.send(to, Card(title="What changed", blocks=(Text(text="Refunds <!channel> & more"),)), "d-1")
    assert sent.user_id == workspace.ada
    assert sent.conversation == await workspace.conversation()
    (message,) = [one for one in await workspace.messages() if one["ts"] == sent.message_id]
    assert message["metadata"] == {"event_type": EVENT_TYPE, "event_payload": {"id": "d-1"}}
    assert await sender.find(to, "d-1") == sent
    assert await sender.find(to, "d-2") is None
    await sender.update(sent, Card(title="What changed since"))
    assert "What changed since" in str([one["blocks"] for one in await workspace.messages() if one["ts"] == sent.message_id])
    await sender.delete(sent)
    await sender.delete(sent)
    assert sent.message_id not in [one["ts"] for one in await workspace.messages()]


async def test_a_visit_from_the_command_to_the_confirmation(workspace: Workspace) -> None:
    """`/logvisit` opens the filled form with the command's own trigger; submitted, it's saved once and confirmed in the conversation."""
    assert await workspace.command("logvisit", "Globex yesterday with their CFO: onboarding takes six weeks") == 200
    await eventually(lambda: bool(workspace.answered("views.open")))
    view = workspace.answered("views.open")[0]["view"]
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: state_of(block, as_opened(block["element"])) for block in inputs}
    submission = {"type": "view_submission", "view": view | {"state": {"values": values}}, "response_urls": []}
    assert [await workspace.interaction(submission) for _ in range(2)] == [200, 200]
    await eventually(lambda: bool(workspace.answered("chat.postMessage")))
    await workspace.platform.settled()
    (confirmed,) = [one for one in await workspace.messages() if "Globex" in one["text"]]
    assert "Edit" in [button["text"]["text"] for button in buttons(confirmed)]
    with workspace.world.database.session() as session:
        (engagement,) = session.scalars(sa.select(Engagement)).all()
        assert "onboarding takes six weeks" in engagement.heard


async def test_what_is_typed_to_the_bot_is_answered_once(workspace: Workspace) -> None:
    """A message event as documented, and its retry, which finds the answer by its mark."""
    channel = await workspace.conversation()
    before = len(await workspace.messages())
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": workspace.ada,
        "text": "help",
        "ts": "1700000000.000100",
    }
    for retry in ({}, {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}):
        assert await workspace.event(event, retry) == 200
        await eventually(lambda: bool(workspace.answered("chat.postMessage")))
        await workspace.platform.settled()
    assert len(await workspace.messages()) == before + 1


async def test_the_home_tab_is_published(workspace: Workspace) -> None:
    """Somebody opens the app: the event as documented, and their page is there, again over the one they have seen."""
    event = {"type": "app_home_opened", "user": workspace.ada, "channel": await workspace.conversation(), "tab": "home"}
    assert await workspace.event(event) == 200
    await eventually(lambda: len(workspace.answered("views.publish")) == 1)
    shown = workspace.answered("views.publish")[0]
    assert shown["ok"]
    assert shown["view"]["type"] == "home"
    assert "Your participation" in json.dumps(shown["view"]["blocks"])
    assert await workspace.event(event | {"view": shown["view"]}, event_id="Ev2") == 200
    await eventually(lambda: len(workspace.answered("views.publish")) == 2)
    assert all(answer["ok"] for answer in workspace.answered("views.publish"))
