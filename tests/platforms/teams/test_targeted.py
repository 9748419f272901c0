"""Slash commands and what is for one person alone, in channels and group chats: seen by whoever asked, there, and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.cards import Card
from bot.platforms.teams.replies import POINTER
from tests.platforms.teams.fake_connector import refusal
from tests.platforms.teams.shown import Json, inputs
from tests.platforms.teams.test_activities import MENTION, SAVED
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.test_shared_scopes import PLACES, said
from tests.platforms.teams.world import BOT, World, card_of, world

ALONE = {"id": BOT, "isTargeted": True}


@pytest.fixture(params=PLACES)
async def teams(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Teams of the commercial cloud, where something is said among several."""
    async with world() as teams:
        teams.shared = PLACES[request.param]
        teams.teams.conversations.add(teams.shared["id"])
        teams.teams.targets = True
        yield teams


async def test_a_slash_command_is_answered_below_itself(teams: World) -> None:
    """Only whoever typed it sees it; the answer names what it is to, and no word of either is said to the others."""
    await teams.typed("/logvisit Acme", shared=True, recipient=ALONE, id="1772129782775")
    (answer,) = teams.teams.targeted
    assert inputs(card_of(answer))
    assert (answer["recipient"]["id"], answer["conversation"]["id"]) == ("29:ada", teams.shared["id"])
    assert answer["entities"] == [{"type": "targetedMessageInfo", "messageId": "1772129782775"}]
    assert said(teams) == teams.teams.sent("a:") == []


async def test_a_public_command_asked_alone_is_answered_alone(teams: World) -> None:
    """What all may read isn't shown to all when it was asked where nobody read it."""
    await teams.typed("/journey", shared=True, recipient=ALONE)
    assert [one["summary"] for one in teams.teams.targeted] == ["you said journey"]
    assert said(teams) == []


async def test_a_mention_asks_before_all_and_is_answered_to_one(teams: World) -> None:
    """What is private comes there, seen by one; what is public comes for all, as before."""
    await teams.typed("<at>Bot</at> customer Acme", shared=True, entities=[MENTION])
    await teams.typed("<at>Bot</at> journey", shared=True, entities=[MENTION])
    assert [one["summary"] for one in teams.teams.targeted] == ["you said customer Acme"]
    assert "entities" not in teams.teams.targeted[0]
    assert [one["summary"] for one in said(teams)] == ["you said journey"]


async def test_where_teams_does_not_take_it_their_own_chat_has_it(teams: World) -> None:
    """A slash command's answer goes to the chat with the bot, and the others aren't told that there was one."""
    teams.teams.targets = False
    await teams.typed("/customer Acme", shared=True, recipient=ALONE)
    assert (teams.teams.targeted, said(teams)) == ([], [])
    assert len(teams.teams.sent("a:new")) == 1


async def test_in_doubt_it_is_not_said_twice(teams: World) -> None:
    """A lost answer may have arrived: it isn't sent to the chat as well."""
    teams.teams.script = [refusal(500)]
    await teams.typed("/customer Acme", shared=True, recipient=ALONE)
    assert said(teams) == teams.teams.sent("a:") == []


async def test_a_press_on_what_one_sees_alone_changes_it_there(teams: World) -> None:
    """The card is replaced, as a message that only they see; a form's confirmation too."""
    teams.dispatcher.replies["done"] = SAVED
    await teams.press({"command": "done", "replaces": True}, shared=True, recipient=ALONE)
    asked: Json = {"data": {"command": "logvisit", "args": {}, "replaces": True}}
    _, body = await teams.invoke("task/fetch", asked, shared=True, recipient=ALONE, replyToId="m-prompt")
    teams.dispatcher.replies["logvisit"] = Card(title="Logged")
    await teams.invoke("task/submit", {"data": submitted(body["task"]["value"]["card"]["content"])}, shared=True, recipient=ALONE)
    changed = [path.rsplit("/", 1)[1] for method, path, _ in teams.teams.calls if method == "PUT"]
    assert changed == ["m-card?isTargetedActivity=true", "m-prompt?isTargetedActivity=true"]
    assert said(teams) == []


@pytest.mark.parametrize("flag", ["yes", 1, None, False])
async def test_an_odd_mark_is_none(teams: World, flag: object) -> None:
    """Only Teams' own `true` says that nobody else reads; of anything else the others are told where the answer went."""
    teams.teams.targets = False
    await teams.typed("<at>Bot</at> customer Acme", shared=True, entities=[MENTION], recipient=ALONE | {"isTargeted": flag})
    assert [one["text"] for one in said(teams)] == [POINTER]


async def test_a_chat_of_two_is_never_targeted() -> None:
    """There Teams refuses it, and nobody else reads anyway."""
    async with world() as teams:
        teams.teams.targets = True
        await teams.typed("/customer Acme", recipient=ALONE)
        assert (len(teams.teams.sent("a:personal")), teams.teams.targeted) == (1, [])


async def test_the_playground_would_show_it_to_all() -> None:
    """It doesn't know the parameter: there the answer goes to the person's own chat."""
    async with world(playground=True) as teams:
        teams.teams.targets = True
        await teams.typed("<at>Bot</at> customer Acme", shared=True, entities=[MENTION])
        assert teams.teams.targeted == []
