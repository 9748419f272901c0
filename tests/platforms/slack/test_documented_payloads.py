"""Every kind of thing Slack sends, in its documented shape and with fields nobody has heard of: taken, ignored or refused, never a fault.

https://docs.slack.dev/interactivity/ and https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.database import Database
from tests.platforms.slack.test_workspaces import installed, made
from tests.platforms.slack.world import World, world

NEW = {"is_enterprise_install": False, "enterprise": None, "api_app_id": "A1", "token": "legacy", "x_new": {"a": [1, None]}}
"""Fields that Slack adds, has or may come to have."""


@pytest.fixture(params=["one workspace", "many", "many, but not this one"])
async def slack(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[World]:
    """A platform in front of a fake dispatcher."""
    if request.param == "one workspace":
        async with world() as only:
            yield only
        return
    installed(database, None, "T1" if request.param == "many" else "T2")
    async with world(many=made(database)) as several:
        several.slack.tokens["xoxb-T1"] = "T1"
        yield several


def command(name: str, **more: str) -> str:
    """A slash command's body."""
    fields = {
        "token": "legacy", "team_id": "T1", "team_domain": "firm", "enterprise_id": "E1", "channel_id": "C1", "channel_name": "general",
        "user_id": "U1", "user_name": "ada", "command": name, "text": "", "api_app_id": "A1", "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/r", "trigger_id": "1.2.3", "x_new": "new",
    }  # fmt: skip
    return urlencode(fields | more)


def interaction(kind: str, **more: Any) -> str:
    """An interaction's body."""
    payload = {
        "type": kind, "user": {"id": "U1", "username": "ada", "name": "ada", "team_id": "T1"}, "team": {"id": "T1", "domain": "firm"},
        "trigger_id": "1.2.3", "action_ts": "1.1", **NEW,
    }  # fmt: skip
    return urlencode({"payload": json.dumps(payload | more)})


def event(kind: str, **more: Any) -> str:
    """An event's body."""
    inner = {"type": kind, "user": "U1", "ts": "1600000000.000100", "event_ts": "1600000000.000100", "x_new": 1} | more
    outer = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{kind}", "event_time": 1600000000, "event": inner, **NEW}
    return json.dumps(outer | {"authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}]})


VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "nothing-of-ours",
    "private_metadata": "",
    "hash": "h",
    "state": {"values": {}},
    "blocks": [],
}
MESSAGE = {"type": "message", "user": "U2", "ts": "1600000000.000200", "text": "six weeks <!channel>", "x_new": 1}

TAKEN = {
    "a command": command("/help"),
    "a command with text": command("/logvisit", text="Acme “yesterday”: hello"),
    "a command nobody has": command("/nothing"),
    "a button": interaction(
        "block_actions",
        container={"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": False},
        channel={"id": "C1", "name": "general"},
        message=MESSAGE,
        actions=[{"type": "button", "action_id": "help/0", "block_id": "b", "value": "{}", "text": {"type": "plain_text", "text": "x"}}],
    ),
    "a button of an old card": interaction(
        "block_actions", container={"type": "message"}, actions=[{"type": "button", "action_id": "gone", "value": "not json", "block_id": "b"}]
    ),
    "a button without a value": interaction("block_actions", container={}, actions=[{"type": "button", "action_id": "help/0"}]),
    "a view closed": interaction("view_closed", view=VIEW, is_cleared=True),
    "a search": interaction("block_suggestion", action_id="search/customers", block_id="customer", value="acm", view=VIEW),
    "a global shortcut": interaction("shortcut", callback_id="logvisit"),
    "a shortcut nobody has": interaction("shortcut", callback_id="nothing"),
    "a message shortcut": interaction(
        "message_action", callback_id="commit", channel={"id": "C1", "name": "general"}, message=MESSAGE, message_ts=MESSAGE["ts"],
        response_url="http://127.0.0.1:9/r",
    ),
    "a message to the bot": event("message", channel="D1", channel_type="im", text="help", blocks=[], client_msg_id="x"),
    "a message edited": event(
        "message", subtype="message_changed", channel="C1", channel_type="channel", message=MESSAGE, previous_message=MESSAGE
    ),
    "a message deleted": event("message", subtype="message_deleted", channel="C1", channel_type="channel", deleted_ts="1.1"),
    "a message of a bot": event("message", channel="D1", channel_type="im", text="help", bot_id="B1", subtype="bot_message"),
    "somebody came into a channel": event("member_joined_channel", channel="C1", channel_type="C", team="T1", inviter="U2"),
    "the app's home": event("app_home_opened", channel="D1", tab="home", view=VIEW),
    "the app's messages": event("app_home_opened", channel="D1", tab="messages"),
    "tokens taken away": event("tokens_revoked", tokens={"oauth": [], "bot": ["UBOT"]}),
    "the app taken away": event("app_uninstalled"),
    "an event nobody has heard of": event("brand_new_thing", payload={"deep": [{}]}),
    "the address being checked": json.dumps({"type": "url_verification", "challenge": "c", "token": "legacy"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
async def test_it_is_taken_or_ignored(slack: World, name: str) -> None:
    """200, whatever it carries beside: Slack would send anything else again."""
    answer = await slack.post(TAKEN[name])
    assert answer.status == 200, await answer.text()


@pytest.mark.parametrize("name", ["a command", "a message to the bot", "a global shortcut"])
async def test_the_same_event_again_is_taken_too(slack: World, name: str) -> None:
    """With the header Slack puts on a second try."""
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert [(await slack.post(TAKEN[name], headers)).status for headers in (None, again)] == [200, 200]


@pytest.mark.parametrize("seconds", [-600, 600])
async def test_an_old_time_is_refused(slack: World, seconds: int) -> None:
    """401: a request recorded ten minutes ago is a replay, and one from the future is no better."""
    assert (await slack.post(TAKEN["a command"], timestamp=str(int(time.time()) + seconds))).status == 401


@pytest.mark.parametrize("stamp", ["yesterday", "", "1e400", "٣"])
async def test_an_odd_time_is_refused(slack: World, stamp: str) -> None:
    """401: what is no number of seconds."""
    assert (await slack.post(TAKEN["a command"], {"X-Slack-Request-Timestamp": stamp}, timestamp=stamp or "0")).status == 401


async def test_a_wrong_signature_is_refused(slack: World) -> None:
    """401, and nothing runs."""
    assert (await slack.post(TAKEN["a command"], secret="another")).status == 401
    assert (await slack.post(TAKEN["a command"], {"X-Slack-Signature": ""})).status == 401
    assert slack.dispatcher.seen == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        "payload=%7B",
        "payload=null",
        "payload=%5B%5D",
        "payload=",
        "x=1",
        interaction("block_actions", actions=[]),
        json.dumps({"type": 7}),
        "{}",
    ],
)
async def test_what_is_no_payload_is_no_fault(slack: World, body: str) -> None:
    """Signed, and yet nonsense: taken and left alone, or refused."""
    assert (await slack.post(body)).status < 500


async def test_a_body_of_more_than_a_megabyte_is_refused(slack: World) -> None:
    """413, before anybody looks at it; a long one under it is taken."""
    assert (await slack.post(command("/help", text="x" * 1_100_000))).status == 413
    assert (await slack.post(command("/help", text="x" * 900_000))).status == 200
