"""A card that is looked at again shows how things stand by now: Teams asks for it by itself (Universal Actions' refresh)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.delivery.shown.copies import LOOK_AGAIN, card_for
from bot.domain.engagements import prompts
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from bot.measures.reasons import why_ask
from bot.platforms.teams.adaptive import render_card
from tests.conftest import World as Company
from tests.platforms.teams.shown import Json, check, texts
from tests.platforms.teams.world import World
from tests.platforms.teams.world import world as served


@pytest.fixture
async def teams(world: Company) -> AsyncIterator[World]:
    """Teams over the real dispatcher; who acts there is Ada."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        yield teams


def prompt_to(world: Company, name: str) -> tuple[int, int]:
    """A prompt to an executive, as a copy: both ids."""
    with world.database.session() as session:
        person = people.get(session, world.ids[name])
        prompt = prompts.ask(session, person, world.application.settings, world.clock(), why_ask)
        assert prompt is not None
        return prompt.key, deliveries.queue(session, person, Subject.PROMPT, prompt.key, world.clock()).key


def drawn(world: Company, copy_id: int) -> Json:
    """The copy as Teams gets it."""
    with world.database.session() as session:
        return render_card(card_for(session, session.get_one(Delivery, copy_id), world.application.settings, world.clock()))


async def looked_at(teams: World, card: Json) -> Any:
    """What Teams is answered when it shows a card again."""
    action = card["refresh"]["action"]
    value = {"action": {name: action[name] for name in ("type", "verb", "data")}, "trigger": "automatic"}
    status, body = await teams.invoke("adaptiveCard/action", value, replyToId="m-card")
    assert status == 200
    return body


async def test_a_card_shows_how_things_stand(world: Company, teams: World) -> None:
    """A prompt that was closed meanwhile says so, keeps to the schema, and can be refreshed again; no message is written."""
    prompt_id, copy_id = prompt_to(world, "ada")
    card = drawn(world, copy_id)
    check(card)
    assert card["refresh"]["action"]["verb"] == LOOK_AGAIN
    before = await looked_at(teams, card)
    assert texts(before["value"]) == texts(card)
    with world.database.session() as session:
        prompts.get(session, prompt_id).skip("nobody to see", world.clock())
    after = await looked_at(teams, card)
    check(after["value"])
    assert texts(after["value"]) != texts(card)
    assert after["value"]["refresh"] == card["refresh"]
    assert (teams.teams.sent(), teams.teams.updated()) == ([], [])


async def test_somebody_elses_card_stays_as_it_is(world: Company, teams: World) -> None:
    """A forwarded card, or a guessed number, tells nothing of what it is about."""
    _, copy_id = prompt_to(world, "bruno")
    body = await looked_at(teams, drawn(world, copy_id))
    assert body["type"] == "application/vnd.microsoft.error"
    assert "Bruno" not in str(body)


@pytest.mark.parametrize("delivery", ["", "x", "-1", "9" * 12, "99999"])
async def test_an_odd_number(world: Company, teams: World, delivery: str) -> None:
    """Nothing is found, and nothing fails."""
    _, copy_id = prompt_to(world, "ada")
    card = drawn(world, copy_id)
    card["refresh"]["action"]["data"]["args"] = {"delivery": delivery}
    assert (await looked_at(teams, card))["type"] == "application/vnd.microsoft.error"


async def test_only_looking_happens_by_itself(world: Company, teams: World) -> None:
    """Whatever else is asked for automatically changes nothing: nobody pressed it."""
    with world.database.session() as session:
        ada, bruno = (people.get(session, world.ids[name]) for name in ("ada", "bruno"))
        made = promises.promise(session, Promise("Call back", world.clock().date(), ada, bruno), bruno, world.clock())
        key, version = made.key, made.version
    data = {"command": "accept-commitment", "args": {"commitment": str(key), "version": str(version)}}
    action = {"type": "Action.Execute", "verb": "accept-commitment", "data": data}
    _, body = await teams.invoke("adaptiveCard/action", {"action": action, "trigger": "automatic"})
    assert body["type"] == "application/vnd.microsoft.error"
    with world.database.session() as session:
        assert promises.get(session, key).version == version
    await teams.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"})
    with world.database.session() as session:
        assert promises.get(session, key).version > version
