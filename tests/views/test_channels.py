"""What an update's card says of its channels."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast
from bot.measures.audience_sizes import Inside
from bot.views import channels
from tests.conftest import NOW


class _Standing:
    """As much of one as its channels need."""

    def __init__(self, inside: Inside, *, never: bool) -> None:
        self.channels = [inside]
        name = f"channel:{inside.platform}:{inside.channel}"
        audience = Audience(who=("everyone",), never=(name,)) if never else Audience(who=(name,))
        self.broadcast = Broadcast(update_id=1, rule=audience.model_dump())


def said(*, never: bool = False, **more: Any) -> str:
    """The words of one channel's line."""
    usual: dict[str, Any] = {"platform": "slack", "channel": "C1", "people": 12, "outsiders": 0, "unknown": 0, "read_at": NOW}
    inside = Inside(**usual | more)
    ((label, found),) = channels.facts(_Standing(inside, never=never))  # type: ignore[arg-type]  # it asks for these two alone
    assert label == "Channel C1"
    return found


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, "12 people, 12 staff"),
        ({"people": 1}, "1 person, 1 staff"),
        ({"outsiders": 1}, "12 people, 11 staff; 1 is not staff and won't get it"),
        ({"outsiders": 5, "unknown": 2}, "12 people, 7 staff; 3 are not staff and won't get it; 2 couldn't be looked up"),
        ({"people": 1200}, "1,200 people, 1,200 staff"),
    ],
)
def test_who_is_there(more: dict[str, Any], wanted: str) -> None:
    """How many, and who of them isn't staff."""
    assert said(**more) == wanted


def test_one_that_was_not_read_says_what_to_do() -> None:
    """One that is left out holds everything up until it can be read."""
    assert said(read_at=None).endswith("Invite the bot there.")
    assert said(read_at=None, never=True).endswith("No one gets it until they are.")


def test_where_a_channel_is_left_out_the_unknown_may_be_anybody() -> None:
    """So nobody without a known account gets it."""
    assert "staff without a known Slack account won't get it either" in said(outsiders=2, unknown=2, never=True)
    assert "either" not in said(outsiders=2, never=True)
