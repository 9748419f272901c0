"""A conversation on the terminal, as its commands make it."""

from __future__ import annotations

import json

import pytest

from bot.cli.conversation import Conversation, Lost, shown
from bot.platforms.previews import PREVIEWS
from tests.conftest import World, words


@pytest.fixture
def talk(world: World) -> Conversation:
    """Ada's, typed with spaces and in capitals."""
    return Conversation(world.application.dispatcher, " ADA@firm.example ")


def test_what_is_typed_filled_in_and_pressed(world: World, talk: Conversation) -> None:
    """A customer is found by what is typed, over what is in the form already."""
    talk.type("/logvisit")
    talk.fill({"customer": "globex", "heard": "They wait for us."})
    assert "They wait for us." in words(talk.reply)
    talk.press("delete")
    assert "They wait for us." not in words(world.say("/engagements", "ada"))


def test_what_is_not_there_says_what_is(talk: Conversation) -> None:
    """A button, a form, a field."""
    talk.type("/help")
    with pytest.raises(Lost, match=r"no button “Nowhere”\. Buttons there: "):
        talk.press("Nowhere")
    with pytest.raises(Lost, match="no form to fill in"):
        talk.fill({"heard": "x"})
    talk.type("/logvisit")
    with pytest.raises(Lost, match=r"no field “hurd”\. Fields: .*heard"):
        talk.fill({"hurd": "x"})


@pytest.mark.parametrize("platform", sorted(PREVIEWS))
def test_a_reply_is_shown_as_a_platform_gets_it(talk: Conversation, platform: str) -> None:
    """As JSON; else as text."""
    talk.type("/help")
    assert json.loads(shown(talk.reply, platform))
    assert shown(talk.reply, None).strip()
    assert not shown(talk.reply, None).startswith("{")
