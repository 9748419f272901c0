"""Copies of people who lost the right to them: an edit leaves them as they were, a recall takes them back, and what waits isn't sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cards import Card
from bot.domain.outbox.deliveries import DeliveryState
from tests.conftest import Life, button, words
from tests.handlers.test_updates import deliveries_to, latest, sent

EMIL = "emil@firm.example"


def opened(life: Life) -> Card:
    """The update's card as the CX office sees it now."""
    card = life.world.press(button(life.world.say("/update", "cleo"), "Open"), "cleo")
    assert isinstance(card, Card)
    return card


async def edited(life: Life, changed: str) -> None:
    """New words, agreed to by the one they speak for."""
    life.world.fill(life.world.press(button(opened(life), "Edit"), "cleo"), "cleo", changed=changed)
    await life.settle()
    life.world.press(button(latest(life, "ada@firm.example", "May this go out?"), "Agree"), "ada")
    await life.settle()


@pytest.mark.parametrize("change", [{"active": False}, {"guest": True}, {"guest": True, "roles": ["executive", "cx_office"]}])
async def test_an_edit_shows_nothing_new_to_who_has_left(life: Life, change: dict[str, Any]) -> None:
    """Nor to who is a guest by now; others see it, and a recall reaches both."""
    await sent(life)
    life.change("emil", **change)
    await edited(life, "XNEW words")
    assert "XNEW" not in words(latest(life, EMIL))
    assert "XNEW" in words(latest(life, "bruno@firm.example", "The night line"))
    assert deliveries_to(life.world, "emil", "update")[0].change_reason == "no_longer"
    assert "XNEW" not in words(life.world.say("/updates", "emil"))
    life.world.press(button(opened(life), "Recall"), "cleo")
    await life.settle()
    assert deliveries_to(life.world, "emil", "update")[0].state == DeliveryState.RECALLED


async def test_what_waits_for_somebody_who_lost_the_right_is_not_sent(life: Life) -> None:
    """A question is on its way to Cleo when she leaves the CX office."""
    await sent(life)
    world = life.world
    before = len(life.outbox.sent_to)
    world.fill(world.press(button(latest(life, EMIL), "Ask a question"), "emil"), "emil", question="From when?")
    life.change("cleo", roles=[])
    await life.settle()
    assert "cleo@firm.example" not in life.outbox.sent_to[before:]


async def test_an_approval_that_lost_its_reader_is_shown_no_new_words(life: Life) -> None:
    """Ada is no executive any more: the request in her conversation stays as it was, and its buttons do nothing."""
    from tests.handlers.test_updates import aimed, asked  # noqa: PLC0415

    asked(life.world, aimed(life.world))
    await life.settle()
    request = latest(life, "ada@firm.example", "May this go out?")
    life.change("ada", roles=[])
    life.world.fill(life.world.press(button(opened(life), "Edit"), "cleo"), "cleo", changed="XNEW words")
    await life.settle()
    assert "XNEW" not in words(latest(life, "ada@firm.example"))
    for one in request.buttons:
        said = words(life.world.press(one, "ada"))
        assert "XNEW" not in said
        assert "for your approval any more" in said
