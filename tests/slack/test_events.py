"""What is typed in the conversation with the bot: events through Bolt on a real server, against a fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.cards import Card, Facts, Tone
from tests.slack.world import FORM, World, buttons, world

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
