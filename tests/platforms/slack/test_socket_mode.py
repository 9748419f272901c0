"""Socket Mode over real WebSockets: Slack moves the bot to another connection every few hours, and nothing is lost or done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from structlog.typing import EventDict

from bot.platforms import connections
from bot.platforms.slack.platform import SlackPlatform, build
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, Failure, FakeSlack, eventually
from tests.platforms.slack.world import SECRET, FakeDispatcher

Json = dict[str, Any]


@dataclass
class Line:
    """The bot over a socket, and Slack at its other end."""

    slack: FakeSlack
    dispatcher: FakeDispatcher
    platform: SlackPlatform

    def command(self, text: str) -> Json:
        """A slash command, as an envelope carries it."""
        return {
            "command": "/customer",
            "text": text,
            "user_id": "U1",
            "team_id": "T1",
            "channel_id": "C1",
            "trigger_id": self.slack.trigger(),
            "response_url": self.slack.response_url(text),
            "something_new": {"that": "Slack adds"},
        }

    async def connected(self, times: int) -> None:
        """Wait until the bot has connected so often."""
        await eventually(lambda: len(self.slack.sockets) >= times)


@pytest_asyncio.fixture
async def line() -> AsyncIterator[Line]:
    """A connection that is up."""
    slack, dispatcher = FakeSlack(), FakeDispatcher()
    await slack.server.start_server()
    platform = build(dispatcher, bot_token=BOT_TOKEN, signing_secret=SECRET, app_token=APP_TOKEN, base_url=slack.url)  # type: ignore[arg-type]
    await platform.start_socket_mode()
    found = Line(slack, dispatcher, platform)
    await found.connected(1)
    yield found
    await platform.close()
    await slack.server.close()
    assert slack.faults == []


async def test_asked_to_move_it_moves(line: Line) -> None:
    """`disconnect` comes with every refresh: a new address is asked for, and the next command is answered over it."""
    for number, reason in enumerate(("warning", "refresh_requested"), start=2):
        await line.slack.sockets[-1].send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "x"}})
        await line.connected(number)
        await line.slack.over_socket("slash_commands", line.command(reason))
        (answer,) = await line.slack.answers(reason)
        assert answer["text"] == f"you said customer {reason}"
    assert len(line.slack.called("apps.connections.open")) == 3
    await eventually(lambda: len(line.slack.acknowledged) == 2)


async def test_a_connection_that_breaks_is_made_anew(line: Line) -> None:
    """Without a word: a proxy's time-out, a cable."""
    transport = line.slack.transports[-1]
    transport.abort()
    await line.connected(2)
    await line.slack.over_socket("slash_commands", line.command("after"))
    assert len(await line.slack.answers("after")) == 1


async def test_a_refusal_on_the_way_is_tried_again(line: Line) -> None:
    """Slack gives no new address at first; the connection still comes back."""
    line.slack.failures["apps.connections.open"] = [Failure(status=503)]
    line.slack.transports[-1].abort()
    await line.connected(2)
    await line.slack.over_socket("slash_commands", line.command("after"))
    assert len(await line.slack.answers("after")) == 1


async def test_what_comes_again_over_the_new_connection_is_done_once(line: Line) -> None:
    """Slack had no acknowledgement before the move and sends the same command in another envelope: it's acknowledged, not done again."""
    command = line.command("once")
    await line.slack.over_socket("slash_commands", command)
    await line.slack.answers("once")
    await line.slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    await line.connected(2)
    await line.slack.over_socket("slash_commands", command)
    await eventually(lambda: len(line.slack.acknowledged) == 2)
    assert len(line.dispatcher.seen) == 1
    assert len(line.slack.responses["once"]) == 1


async def test_an_event_is_told_from_its_retry(line: Line) -> None:
    """What is typed in the bot's conversation, over a socket, with the retry's number in the envelope."""
    line.slack.channels["DU1"] = "U1"
    event = {"type": "message", "channel_type": "im", "channel": "DU1", "user": "U1", "text": "help", "ts": "1600000000.000100"}
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}
    for retry in (0, 1):
        await line.slack.over_socket("events_api", body, retry_attempt=retry, retry_reason="timeout" if retry else "")
        await eventually(lambda: len(line.slack.acknowledged) == retry + 1)  # noqa: B023 - awaited here
    await line.platform._listeners.running.settled()
    assert len(line.slack.messages["DU1"]) == 1


async def test_what_is_no_envelope_of_ours_is_no_harm(line: Line) -> None:
    """Nonsense, a kind nobody knows, an envelope without payload: the connection stays, and the next command is answered."""
    socket = line.slack.sockets[-1]
    await socket.send_str("no JSON")
    await socket.send_json({"type": "something_new", "envelope_id": "x", "payload": {}})
    await socket.send_json({"type": "slash_commands", "envelope_id": "y"})
    await line.slack.over_socket("slash_commands", line.command("after"))
    assert len(await line.slack.answers("after")) == 1


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("auth.test", "Slack refuses SLACK_BOT_TOKEN (token_revoked): it was revoked."),
        ("apps.connections.open", "Slack refuses SLACK_APP_TOKEN: token_revoked."),
    ],
)
async def test_a_token_that_is_refused_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, logged: list[EventDict], method: str, told: str
) -> None:
    """As `check --live` has it, once, without a traceback; nothing waits for it, and it connects when Slack takes it again."""
    for name in ("_FIRST", "_REFUSED"):
        monkeypatch.setattr(connections, name, 0.05)
    slack = FakeSlack()
    await slack.server.start_server()
    slack.failures[method] = [Failure(body='{"ok": false, "error": "token_revoked"}')] * 4
    platform = build(FakeDispatcher(), bot_token=BOT_TOKEN, signing_secret=SECRET, app_token=APP_TOKEN, base_url=slack.url)  # type: ignore[arg-type]
    await platform.start_socket_mode()
    await eventually(lambda: told in platform.connection.why)
    await eventually(lambda: platform.connection.up)
    assert len(slack.sockets) == 1
    assert [one["log_level"] for one in logged if "refuses" in one["event"]] == ["error"]
    assert not any(one.get("exc_info") for one in logged)
    await platform.close()
    await slack.server.close()


async def test_closing_ends_it_while_slack_does_not_answer() -> None:
    """Slack takes the call and says nothing: nothing waits for the end of it."""
    slack = FakeSlack()
    await slack.server.start_server()
    slack.failures["auth.test"] = [Failure(delay=30)]
    platform = build(FakeDispatcher(), bot_token=BOT_TOKEN, signing_secret=SECRET, app_token=APP_TOKEN, base_url=slack.url)  # type: ignore[arg-type]
    await platform.start_socket_mode()
    await eventually(lambda: not slack.failures["auth.test"])
    async with asyncio.timeout(10):
        await platform.close()
    await slack.server.close()
