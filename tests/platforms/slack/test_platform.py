"""Slack's two ways in, HTTP and Socket Mode, and what is turned away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.platforms.slack import platform
from bot.platforms.slack.platform import build
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack, eventually
from tests.platforms.slack.world import SECRET, FakeDispatcher, World, world


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Serve a platform and its fake Slack."""
    async with world() as made:
        yield made


async def test_forged_requests_are_refused(slack: World) -> None:
    """A wrong signature, a stale, missing or non-numeric timestamp is 401, a body that isn't JSON 400, and nothing happens."""
    body = "command=%2Fcustomer&text=x&user_id=U1&channel_id=C1&trigger_id=t"
    statuses = [
        (await slack.post(body, secret="another")).status,
        (await slack.post(body, timestamp="1600000000")).status,
        (await slack.post(body, timestamp="soon")).status,
        (await slack.post(body, timestamp="١٢٣")).status,
        (await slack.post(body, {"X-Slack-Request-Timestamp": ""})).status,
        (await slack.post(body, {"X-Slack-Signature": "v0=ü"})).status,
        (await slack.post("{nothing")).status,
    ]
    assert statuses == [401, 401, 401, 401, 401, 401, 400]
    assert slack.dispatcher.seen == []


async def test_url_verification(slack: World) -> None:
    """Slack's challenge at set-up is given back."""
    answer = await slack.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert (await answer.json())["challenge"] == "abc"


async def test_closing_waits_for_answers(slack: World) -> None:
    """Closing lets an answer in work go out."""
    slack.dispatcher.delay = 0.5
    await slack.command("/customer")
    await eventually(lambda: bool(slack.dispatcher.seen))
    await slack.platform.close()
    assert len(slack.slack.responses["r"]) == 1


async def test_socket_mode_answers_like_http() -> None:
    """Over a socket a command is acknowledged in its envelope and answered; closing leaves nothing open."""
    slack, dispatcher = FakeSlack(), FakeDispatcher()
    await slack.server.start_server()
    platform = build(dispatcher, bot_token=BOT_TOKEN, signing_secret=SECRET, app_token=APP_TOKEN, base_url=slack.url)  # type: ignore[arg-type]
    await platform.start_socket_mode()
    command = {
        "command": "/customer",
        "text": "Acme",
        "user_id": "U1",
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": slack.trigger(),
        "response_url": slack.response_url("r"),
    }
    await slack.over_socket("slash_commands", command)
    (message,) = await slack.answers("r")
    await eventually(lambda: bool(slack.acknowledged))
    await platform.close()
    await slack.server.close()
    assert message["text"] == "you said customer Acme"
    assert slack.acknowledged == ["envelope-1"]


async def test_socket_mode_needs_its_token() -> None:
    """Without an app token, Socket Mode is refused by name."""
    platform = build(FakeDispatcher(), bot_token=BOT_TOKEN, signing_secret=SECRET)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="xapp"):
        await platform.start_socket_mode()


async def test_what_is_still_answered_at_the_end_opens_no_connection_after_it(
    slack: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is left when its moment is over; a connection opened then would be closed by nobody."""
    monkeypatch.setattr(platform, "_LAST_WORDS", 0.1)
    slack.dispatcher.delay = 60
    await slack.command("/customer", "Acme")
    await eventually(lambda: bool(slack.dispatcher.seen))
    await slack.platform.close()
    assert slack.slack.responses == {}
    with pytest.raises(RuntimeError, match="closed"):
        slack.platform._client.open()


def test_empty_secrets_are_refused() -> None:
    """An empty token or signing secret is refused when wired, not at the first request."""
    for token, secret in (("", SECRET), (BOT_TOKEN, " ")):
        with pytest.raises(ValueError, match="is empty"):
            build(FakeDispatcher(), bot_token=token, signing_secret=secret)  # type: ignore[arg-type]


def test_bolts_own_oauth_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With Bolt's OAuth variables set the bot token would go unused; that is said at once."""
    monkeypatch.setenv("SLACK_CLIENT_ID", "1")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "2")
    with pytest.raises(ValueError, match="unset SLACK_CLIENT_ID"):
        build(FakeDispatcher(), bot_token=BOT_TOKEN, signing_secret=SECRET)  # type: ignore[arg-type]
