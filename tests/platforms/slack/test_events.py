"""What is typed in the conversation with the bot: events through Bolt on a real server, against a fake Slack."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.cards import Card, Facts, Tone
from tests.platforms.slack.world import FORM, World, buttons, world

SAVED = Card(title="Visit logged", tone=Tone.GOOD, blocks=(Facts(items=(("Customer", "Acme"),)),))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Serve a platform and its fake Slack."""
    async with world() as made:
        yield made


async def test_typed_text_is_answered_in_the_conversation(slack: World) -> None:
    """A command typed to the bot, slash or none, is answered by a message that stays."""
    await slack.typed("customer\u00a0Acme")
    (message,) = await slack.slack.until("chat.postMessage")
    assert (message["channel"], message["text"]) == ("DU1", "you said customer Acme")
    assert slack.dispatcher.seen[0].sender.conversation == "DU1"


async def test_typed_form_is_offered_and_opens_filled(slack: World) -> None:
    """Typed text brings no trigger: a button opens the form with the text, and the confirmation takes the button's place."""
    slack.dispatcher.replies["logvisit"] = lambda inbound: FORM if inbound.form is None else SAVED
    await slack.typed("logvisit Acme: slow onboarding")
    (message,) = await slack.slack.until("chat.postMessage")
    (button,) = buttons(message)
    await slack.press(button, channel="DU1", ts=slack.slack.messages["DU1"][0]["ts"])
    view = await slack.opened()
    assert slack.dispatcher.seen[1].text == "Acme: slow onboarding"
    await slack.submit(view, {"heard": "slow"})
    (replaced,) = await slack.slack.answers("press")
    assert replaced["replace_original"] is True
    assert "Visit logged" in replaced["text"]


async def test_long_typed_text_is_read_again_from_its_message(slack: World) -> None:
    """Text of 3,001 characters doesn't fit a button: at the press it is read again from the message it was typed in."""
    text = "logvisit " + "x" * 2992
    slack.slack.messages["DU1"].append({"ts": "1600000000.000100", "text": text})
    await slack.typed(text)
    (message,) = await slack.slack.until("chat.postMessage")
    await slack.press(buttons(message)[0], channel="DU1", ts="1.2")
    await slack.opened()
    assert slack.dispatcher.seen[1].text == "x" * 2992


@pytest.mark.parametrize("more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"user": "UBOT"}, {"channel_type": "channel"}])
async def test_other_messages_are_left_alone(slack: World, more: dict[str, Any]) -> None:
    """Edits, the bot's own messages, other bots' and channels' are acknowledged and not answered."""
    answer = await slack.typed("customer Acme", **more)
    await asyncio.sleep(0.05)
    assert answer.status == 200
    assert slack.dispatcher.seen == []


async def test_other_events_are_acknowledged(slack: World) -> None:
    """An event the bot has no use for is answered 200, so that Slack doesn't count it as a failure."""
    answer = await slack.event({"type": "app_home_opened", "user": "U1", "tab": "home"})
    assert answer.status == 200


async def test_event_twice_is_answered_once(slack: World) -> None:
    """The same event, again with a retry header, has one effect and one answer, and both deliveries are answered 200."""
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    answers = [await slack.typed("customer Acme"), await slack.typed("customer Acme", headers=retry)]
    await slack.slack.until("chat.postMessage")
    await asyncio.sleep(0.1)
    assert [answer.status for answer in answers] == [200, 200]
    assert len(slack.slack.messages["DU1"]) == 1


async def test_retry_after_a_restart_is_answered_once(slack: World) -> None:
    """A retry that finds the first answer in the conversation isn't answered again; one that doesn't, is."""
    retry = {"X-Slack-Retry-Num": "1"}
    await slack.typed("customer Acme", "Ev7", retry)
    await slack.slack.until("chat.postMessage")
    async with world() as restarted:
        restarted.slack.messages["DU1"] = slack.slack.messages["DU1"]
        await restarted.typed("customer Acme", "Ev7", retry)
        await restarted.slack.until("conversations.history")
        await restarted.platform.close()
        assert restarted.dispatcher.seen == []


async def test_what_comes_late_after_an_outage_is_answered_once(slack: World) -> None:
    """Delivered again hours later, without a retry's header, to a process that knows nothing of it: the first answer is found."""
    await slack.typed("customer Acme", "Ev7")
    await slack.slack.until("chat.postMessage")
    async with world() as restarted:
        restarted.slack.messages["DU1"] = slack.slack.messages["DU1"]
        restarted.happened = int(time.time()) - 3 * 3600
        await restarted.typed("customer Acme", "Ev7")
        await restarted.slack.until("conversations.history")
        await restarted.typed("customer Globex", "Ev8")
        await restarted.slack.until("chat.postMessage")
        assert [one.text for one in restarted.dispatcher.seen] == ["Globex"]


THREAD: dict[str, Any] = {"thread_ts": "1500000000.000100"}
FILES: list[dict[str, Any]] = [
    {"mimetype": "image/jpeg", "mode": "hosted"},
    {"mimetype": "audio/mp4", "subtype": "slack_audio"},
    {"mimetype": "video/mp4", "subtype": "slack_video"},
    {"mode": "snippet", "filetype": "text", "preview": "customer Acme"},
    {"mode": "tombstone"},
]


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "file_share", "files": FILES[:1]},
        {"subtype": "me_message"},
        {"subtype": "thread_broadcast", **THREAD},
        {"subtype": None},
        {"files": FILES[:1]},
        {"text": "\ufeffcustomer Acme"},
        {"text": "\u200b/customer\u200b Acme"},
        {"text": "\u2060 cus\u00adtomer \u200eAcme"},
        {"text": "\u202b/customer\u202c Acme"},
        {"text": "<@UBOT> customer Acme", "authorizations": True},
        {"text": "ｃｕｓｔｏｍｅｒ Acme"},
    ],
)
async def test_what_people_really_send_is_understood(slack: World, more: dict[str, Any]) -> None:
    """With a photo, as /me, also sent to the channel, with signs that nobody sees before it, or with the bot's name."""
    slack.slack.channels["DU1"] = "U1"
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "DU1",
        "user": "U1",
        "text": "customer Acme",
        "ts": "1600000000.000100",
    }
    named = {"authorizations": [{"user_id": "UBOT", "is_bot": True}]} if more.pop("authorizations", None) else {}
    await slack.post(json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event | more} | named))
    await slack.slack.until("chat.postMessage")
    (inbound,) = slack.dispatcher.seen
    assert (inbound.command, inbound.text) == ("customer", "Acme")


@pytest.mark.parametrize("files", [[one] for one in FILES])
@pytest.mark.parametrize("text", ["", "\u200b", None])
async def test_a_picture_alone_gets_one_line(slack: World, files: list[dict[str, Any]], text: str | None) -> None:
    """A picture, a recording or a snippet without a word says nothing to the bot, and it says so, once."""
    for _ in range(2):
        await slack.typed(text, subtype="file_share", files=files)  # type: ignore[arg-type]
    (message,) = await slack.slack.until("chat.postMessage")
    assert message["text"].startswith("I can only read typed text")
    assert len(message["blocks"]) == 1
    assert slack.dispatcher.seen == []


async def test_a_threaded_message_is_answered_in_its_thread(slack: World) -> None:
    """Cards, offers of forms and what follows from them stay below the message that was answered."""
    await slack.typed("customer Acme", "Ev1", **THREAD)
    await slack.typed("customer Acme", "Ev2", **THREAD, subtype="thread_broadcast")
    await slack.typed("logvisit Acme", "Ev3", **THREAD)
    messages = await slack.slack.until("chat.postMessage", 3)
    assert [one["thread_ts"] for one in messages] == [THREAD["thread_ts"]] * 3
    offered = slack.slack.messages["DU1"][-1]
    slack.dispatcher.replies["logvisit"] = Card(title="Not today")
    await slack.press(
        buttons(offered)[0] | {"value": json.dumps({"command": "logvisit"})},
        channel="DU1",
        ts=offered["ts"],
        thread="1500000000.000100",
    )
    messages = await slack.slack.until("chat.postMessage", 4)
    assert messages[-1]["thread_ts"] == THREAD["thread_ts"]


async def test_the_first_of_a_thread_is_answered_beside_it(slack: World) -> None:
    """Slack names a message's own thread once it has answers: that is no reason to hide the answer there."""
    await slack.typed("customer Acme", thread_ts="1600000000.000100")
    (message,) = await slack.slack.until("chat.postMessage")
    assert "thread_ts" not in message


async def test_long_text_in_a_thread_is_read_again(slack: World) -> None:
    """At the press it is looked for below its message, where Slack keeps it."""
    text = "logvisit " + "x" * 2_992
    slack.slack.channels["DU1"] = "U1"
    slack.slack.messages["DU1"] += [
        {"ts": THREAD["thread_ts"], "text": "above"},
        {"ts": "1600000000.000100", "text": text, **THREAD},
    ]
    await slack.typed(text, **THREAD)
    (message,) = await slack.slack.until("chat.postMessage")
    await slack.press(buttons(message)[0], channel="DU1", ts="1.2")
    await slack.opened()
    assert slack.dispatcher.seen[1].text == "x" * 2_992


async def test_a_retry_in_a_thread_after_a_restart_is_answered_once(slack: World) -> None:
    """The first answer is looked for in the thread."""
    await slack.typed("customer Acme", "Ev7", **THREAD)
    await slack.slack.until("chat.postMessage")
    async with world() as restarted:
        restarted.slack.messages["DU1"] = slack.slack.messages["DU1"]
        await restarted.typed("customer Acme", "Ev7", {"X-Slack-Retry-Num": "1"}, **THREAD)
        await restarted.slack.until("conversations.replies")
        await asyncio.sleep(0.1)
        assert len(restarted.slack.messages["DU1"]) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_deleted"}, {"subtype": "channel_join"}, {"subtype": "bot_message", "bot_id": "B2"}, {"hidden": True},
        {"subtype": "file_share", "files": [{}], "bot_id": "B1"}, {"subtype": "file_share", "files": [{}], "user": "UBOT"},
        {"subtype": "message_replied"}, {"text": None}, {"text": 5}, {"user": None}, {"ts": None}, {"text": "", "files": []},
        {"text": "", "files": 7}, {"thread_ts": 7, "text": ""}, {"files": None, "text": " "}, {"subtype": ["x"]}, {"user": {"id": "U1"}},
    ],
)  # fmt: skip
async def test_what_nobody_typed_is_left_alone(slack: World, more: dict[str, Any]) -> None:
    """No loop with the bot's own pictures, and no fault on odd events."""
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "DU1",
        "user": "U1",
        "text": "customer Acme",
        "ts": "1600000000.000100",
    }
    assert (await slack.event(event | more)).status == 200
    await asyncio.sleep(0.05)
    assert slack.dispatcher.seen == []
    assert slack.slack.messages["DU1"] == []
