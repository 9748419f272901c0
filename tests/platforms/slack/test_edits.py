"""Messages edited in Slack: what was made of one is told, once it's really other words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.platforms.slack.world import World, world


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Serve a platform and its fake Slack."""
    async with world() as made:
        yield made


def changed(before: Any, after: Any) -> dict[str, Any]:
    """The event of a message that changed."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "channel",
        "hidden": True,
        "message": after,
        "previous_message": before,
        "new_in_2027": {"surprise": True},
    }


async def test_an_edit_is_told(slack: World) -> None:
    """Other words: the message's own time names it, not the event's."""
    answer = await slack.event(changed({"text": "by Friday", "ts": "1.1"}, {"text": "by Monday", "ts": "1.1"}))
    assert answer.status == 200
    assert slack.dispatcher.edited == ["slack:C1:1.1"]
    assert slack.dispatcher.seen == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"text": "see it", "ts": "1.1"}, {"text": "see it", "ts": "1.1", "attachments": [{}]}),
        (None, {"text": "x", "ts": "1.1"}),
        ({"text": "x"}, None),
        ("x", ["y"]),
    ],
)
async def test_what_is_no_edit(slack: World, before: Any, after: Any) -> None:
    """A link that was unfurled, or an event that lacks its parts: acknowledged, and nothing told."""
    answer = await slack.event(changed(before, after))
    assert answer.status == 200
    assert slack.dispatcher.edited == []


@pytest.mark.parametrize("subtype", ["message_deleted", "channel_join", "bot_message", "file_share"])
async def test_other_kinds_of_message_are_passed_over(slack: World, subtype: str) -> None:
    """Events the bot has no use for are acknowledged."""
    answer = await slack.event({"type": "message", "subtype": subtype, "channel": "C1", "ts": "2.2", "text": "x", "bot_id": "B9"})
    assert answer.status == 200
    assert (slack.dispatcher.edited, slack.dispatcher.seen) == ([], [])
