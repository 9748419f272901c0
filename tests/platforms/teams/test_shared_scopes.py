"""Channels and group chats alike: what is for one person is answered to that person alone, what is for all stays where it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.commands import Place
from bot.platforms.teams.activities import WELCOME
from bot.platforms.teams.replies import POINTER
from tests.platforms.teams.shown import Json, inputs, texts
from tests.platforms.teams.test_activities import MENTION, REFUSED, SAVED
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.world import BOT, CHANNEL, FORM, World, card_of, world

GROUP = "19:group@thread.v2"
PLACES: dict[str, Json] = {
    "channel": {"id": CHANNEL, "conversationType": "channel", "isGroup": True},
    "thread": {"id": f"{CHANNEL};messageid=1700000000000", "conversationType": "channel", "isGroup": True},
    "group chat": {"id": GROUP, "conversationType": "groupChat", "isGroup": True},
    "group chat that says only so": {"id": GROUP, "conversationType": "", "isGroup": True},
}


@pytest.fixture(params=PLACES)
async def teams(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Teams, where something is said among several."""
    async with world() as teams:
        teams.shared = PLACES[request.param]
        yield teams


def said(teams: World) -> list[Json]:
    """What was said where all can read it."""
    return list(teams.teams.sent(teams.shared["id"]))


async def test_a_private_command(teams: World) -> None:
    """The form comes to the person's own chat; the others see that it went there, and no word of it."""
    await teams.typed("<at>Bot</at> logvisit Acme", shared=True, entities=[MENTION])
    assert teams.dispatcher.seen[0].place is Place.SHARED
    assert inputs(card_of(teams.teams.sent("a:new")[0]))
    assert [message["text"] for message in said(teams)] == [POINTER]


async def test_a_public_command(teams: World) -> None:
    """What everyone may read is shown to all, as an answer in its thread where there is one."""
    await teams.typed("<at>Bot</at> journey", shared=True, entities=[MENTION])
    assert [message["summary"] for message in said(teams)] == ["you said journey"]
    assert teams.teams.sent("a:new") == []


async def test_a_private_press(teams: World) -> None:
    """A card all can see isn't turned into one person's answer."""
    body = await teams.press({"command": "hidden", "replaces": True}, shared=True)
    assert body["value"] == POINTER
    assert (said(teams), teams.teams.updated()) == ([], [])
    assert len(teams.teams.sent("a:new")) == 1


async def test_a_dialog(teams: World) -> None:
    """A form opens for whoever pressed; a mistake stays in it; what it saved is told to them alone, once."""
    _, body = await teams.invoke("task/fetch", {"data": {"command": "logvisit", "args": {}}}, shared=True)
    form = body["task"]["value"]["card"]["content"]
    data = submitted(form, {"text-heard": "they are leaving"})
    teams.dispatcher.replies["logvisit"] = FORM.model_copy(update={"errors": {"heard": "More, please"}})
    _, body = await teams.invoke("task/submit", {"data": data}, shared=True)
    assert "⚠️ More, please" in texts(body["task"]["value"]["card"]["content"])
    teams.dispatcher.replies["logvisit"] = SAVED
    for _ in range(2):
        assert await teams.invoke("task/submit", {"data": data}, shared=True, id="same") == (200, None)
    assert said(teams) == []
    assert [message["summary"] for message in teams.teams.sent("a:new")] == ["Logged"]


async def test_a_dialog_on_a_card_for_all(teams: World) -> None:
    """A button that would replace its card doesn't, where others read it: the confirmation is one person's."""
    asked = {"data": {"command": "logvisit", "args": {}, "replaces": True}}
    _, body = await teams.invoke("task/fetch", asked, shared=True, replyToId="m-prompt")
    teams.dispatcher.replies["logvisit"] = SAVED
    await teams.invoke("task/submit", {"data": submitted(body["task"]["value"]["card"]["content"])}, shared=True)
    assert (said(teams), teams.teams.updated()) == ([], [])
    assert len(teams.teams.sent("a:new")) == 1


async def test_a_refusal(teams: World) -> None:
    """That somebody may not do something is their own affair."""
    teams.dispatcher.replies["customer"] = REFUSED
    await teams.typed("<at>Bot</at> customer Acme", shared=True, entities=[MENTION])
    assert [message["text"] for message in said(teams)] == [POINTER]


async def test_nothing_without_a_mention_of_a_command(teams: World) -> None:
    """An unknown word is answered with help, in private."""
    await teams.typed("<at>Bot</at> what can you do?", shared=True, entities=[MENTION])
    assert [message["text"] for message in said(teams)] == [POINTER]
    assert len(teams.teams.sent("a:new")) == 1


async def test_added_and_removed(teams: World) -> None:
    """Said hello once, to all; being taken out, or somebody joining, brings nothing."""
    for _ in range(2):
        await teams.post(teams.activity("conversationUpdate", shared=True, membersAdded=[{"id": BOT}]))
    await teams.post(teams.activity("installationUpdate", shared=True, action="add"))
    await teams.post(teams.activity("conversationUpdate", shared=True, membersAdded=[{"id": "29:ben"}]))
    await teams.post(teams.activity("installationUpdate", shared=True, action="remove"))
    await teams.post(teams.activity("conversationUpdate", shared=True, membersRemoved=[{"id": BOT}]))
    assert [message["summary"] for message in said(teams)] == [WELCOME.title]
    assert teams.dispatcher.seen == []


async def test_a_doubled_message(teams: World) -> None:
    """One pointer, one answer."""
    for _ in range(2):
        await teams.typed("<at>Bot</at> logvisit", shared=True, entities=[MENTION], id="same")
    assert len(said(teams)) == len(teams.teams.sent("a:new")) == 1
