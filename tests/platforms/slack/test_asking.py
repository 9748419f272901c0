"""What is chosen in a menu and asks first: a modal asks, its submission does it, once; without a modal a button asks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from bot.cards import Actions, Button, Card
from bot.platforms.slack.blocks import render_card
from tests.platforms.slack.block_rules import message_faults, view_faults
from tests.platforms.slack.fake_slack import Failure
from tests.platforms.slack.world import World, buttons, world

CARD = Card(
    title="Logged",
    blocks=(
        Actions(
            buttons=(
                Button(label="Edit", command="edit"),
                Button(label="Delete & go", command="done", args={"id": "7"}, confirm="Delete this?", later=True, replaces=True),
            )
        ),
    ),
)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Slack, and the bot."""
    async with world() as made:
        yield made


def entry() -> dict[str, Any]:
    """Delete, as it's chosen in the menu."""
    message = render_card(CARD)
    assert message_faults(message) == []
    return buttons(message)[1]


async def test_a_menu_asks_in_a_modal_first(slack: World) -> None:
    """Nothing is done at the choice; submitted twice, it is done once, and the answer takes the message's place."""
    slack.slack.channels["DU1"] = "U1"
    await slack.press(entry(), channel="DU1", ts="7.1")
    view = await slack.opened()
    assert view_faults(view) == []
    assert (view["title"]["text"], view["submit"]["text"]) == ("Delete &amp; go", "Delete &amp; go")
    assert "Delete this?" in json.dumps(view)
    assert slack.dispatcher.seen == []
    for _ in range(2):
        assert (await slack.submit(view)).status == 200
    await slack.platform.settled()
    assert [(one.command, one.args, one.form) for one in slack.dispatcher.seen][:1] == [("done", {"id": "7"}, {})]
    assert len({one.event_id for one in slack.dispatcher.seen}) == 1
    (answer,) = slack.slack.responses["press"]
    assert answer["replace_original"]


async def test_a_trigger_that_has_gone_leaves_a_button_that_asks(slack: World) -> None:
    """No modal opens: the question stands beside the message, on a button with Slack's own dialog."""
    slack.slack.failures["views.open"] = [Failure(body='{"ok": false, "error": "expired_trigger_id"}')]
    await slack.press(entry(), ts="")
    (answer,) = await slack.slack.answers("press")
    (button,) = buttons(answer)
    assert button["confirm"]["text"]["text"] == "Delete this?"
    assert not answer.get("replace_original")
    assert slack.dispatcher.seen == []
