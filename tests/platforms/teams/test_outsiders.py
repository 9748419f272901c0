"""Somebody outside the company with an executive's address, in every way into Teams: the access card or nothing, and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.domain.access.sign_ins import SignInLink
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from bot.domain.records.events import InboundEvent
from bot.platforms.teams.membership import address_of, doubt
from tests.conftest import World as Company
from tests.platforms.teams.fake_connector import KEY, TENANT
from tests.platforms.teams.world import World
from tests.platforms.teams.world import world as served

OTHER = "33333333-3333-3333-3333-333333333333"
MEMBER: dict[str, Any] = {
    "aadObjectId": "aad-ada",
    "email": "cleo@firm.example",
    "userPrincipalName": "cleo@firm.example",
    "userRole": "user",
    "tenantId": TENANT,
}


@pytest.fixture
async def teams(world: Company) -> AsyncIterator[World]:
    """Teams before the real dispatcher; whoever acts has the CX office's address."""
    async with served(world.application.dispatcher) as found:
        found.teams.members["29:ada"] = dict(MEMBER)
        yield found


def kept(world: Company) -> list[str]:
    """Whatever an activity may leave behind."""
    with world.database.session() as session:
        tables = (Account, InboundEvent, SignInLink)
        return [type(one).__name__ for table in tables for one in session.exec(select(table)).all()]


@pytest.mark.parametrize(
    "changes",
    [
        {"tenantId": OTHER},
        {"userRole": "guest"},
        {"userRole": "anonymous"},
        {"userRole": "something new"},
        {"userPrincipalName": "cleo_firm.example#EXT#@other.onmicrosoft.com"},
        {"userPrincipalName": "mallory@firm.example"},
        {"aadObjectId": "aad-somebody-else"},
        {"userPrincipalName": "", "userRole": ""},
        {"tenantId": 5},
        {"userRole": ["user"]},
        {"aadObjectId": {"id": "aad-ada"}},
        {"userPrincipalName": "ｃleo@firm.example"},
        {"userPrincipalName": "cleo_firm.example#ext#@other.example"},
    ],
    ids=json.dumps,
)
async def test_an_outsider_with_the_offices_address_gets_the_access_card(
    world: Company, teams: World, changes: dict[str, Any]
) -> None:
    """Typed, pressed, searched, from a message and at an install: no figure, no link, no row; the card says nothing of the address."""
    teams.teams.members["29:ada"] |= changes
    await teams.typed("dashboard")
    pressed = await teams.press({"command": "dashboard", "args": {}})
    found = await teams.invoke("application/search", {"queryText": "acme", "dataset": "customers"})
    offered = await teams.invoke("composeExtension/query", {"commandId": "customers", "parameters": []})
    before = len(teams.teams.sent())
    await teams.post(teams.activity("installationUpdate", action="add"))
    answers = json.dumps([*teams.teams.sent(), pressed, found, offered])
    assert "I don't know you yet" in answers
    assert "cleo@firm.example" not in answers
    assert "Acme" not in answers
    assert len(teams.teams.sent()) == before, "an install by somebody unknown is greeted by nothing"
    assert kept(world) == []


@pytest.mark.parametrize("channel", ["webchat", "directline", "emulator", "slack", "", "MSTEAMS"])
async def test_other_channels_are_not_let_in(world: Company, teams: World, channel: str) -> None:
    """Even with a good token: on those people call themselves what they like. Nobody is looked up, nothing is answered or kept."""
    token = KEY.token(teams.teams.service)
    with world.database.session() as session:
        _link(session, world)
    activity = teams.activity("message", text="dashboard", channelId=channel)
    activity["from"] = {"id": "aad-ada", "name": "Ada"}
    answer = await teams.post(activity, token)
    assert answer.status in {401, 403}
    assert teams.teams.calls == []
    assert kept(world) == ["Account"]


async def test_from_id_is_nobody(world: Company, teams: World) -> None:
    """Somebody's object id as `from.id`, and no `aadObjectId`: not that person, whoever the roster says it is."""
    with world.database.session() as session:
        _link(session, world)
    teams.teams.members["aad-ada"] = dict(MEMBER)
    activity = teams.activity("message", text="dashboard")
    activity["from"] = {"id": "aad-ada", "name": "Ada"}
    await teams.post(activity)
    assert "I don't know you yet" in json.dumps(teams.teams.sent())
    assert [call for call in teams.teams.calls if call[0] == "GET"] == []
    assert kept(world) == ["Account"]


def _link(session: Session, world: Company) -> None:
    people.get(session, world.ids["ada"]).link(Platform.TEAMS, TENANT, "aad-ada", world.clock())


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": {"id": "a:personal", "conversationType": "personal", "tenantId": OTHER}},
        {"channelData": {"tenant": {"id": OTHER}}},
        {"from": {"id": "29:ada", "aadObjectId": "aad-ada", "tenantId": OTHER}},
    ],
    ids=lambda one: next(iter(one)),
)
async def test_every_tenant_an_activity_names_must_be_ours(world: Company, teams: World, changes: dict[str, Any]) -> None:
    """One that isn't is enough."""
    assert (await teams.post(teams.activity("message", text="dashboard", **changes))).status == 403
    assert teams.teams.calls == []
    assert kept(world) == []


async def test_a_member_of_ours_is_linked_and_told_so(world: Company, teams: World) -> None:
    """By its sign-in name, with a line that says whose account it is now, once."""
    await teams.typed("help")
    await teams.typed("help")
    first, again = (json.dumps(one) for one in teams.teams.sent())
    assert "now linked to Cleo Marsh" in first
    assert "now linked" not in again
    with world.database.session() as session:
        (account,) = session.exec(select(Account)).all()
        assert (account.user_id, account.tenant, account.person_id) == ("aad-ada", TENANT, world.ids["cleo"])


async def test_one_that_becomes_a_guests_is_found_out_within_the_hour(world: Company, teams: World) -> None:
    """An hour after Teams' word it is asked again, at the account's next use."""
    await teams.typed("help")
    teams.teams.members["29:ada"] = MEMBER | {"userRole": "guest"}
    world.clock.forward(minutes=61)
    accounts = teams.platform._turns._answering._accounts  # type: ignore[attr-defined]
    accounts._members.clear()
    await teams.typed("dashboard")
    assert "I don't know you yet" in json.dumps(teams.teams.sent()[-1])
    assert "Account" not in kept(world)


@pytest.mark.parametrize(
    ("member", "by_email", "address"),
    [
        ({"email": "a@firm.example", "userPrincipalName": "a1@firm.example"}, False, "a1@firm.example"),
        ({"email": "a@firm.example", "userPrincipalName": "a1@firm.example"}, True, "a@firm.example"),
        ({"userPrincipalName": "a1@firm.example"}, True, "a1@firm.example"),
        ({"email": 5, "userPrincipalName": None}, False, ""),
    ],
)
def test_which_address_counts(member: dict[str, Any], by_email: bool, address: str) -> None:
    """The sign-in name; the email only where app.yaml says so (`platforms.teams.link_by: email`)."""
    assert address_of(member, by_email=by_email) == address


def test_ids_are_compared_whatever_their_case() -> None:
    """Microsoft writes them both ways."""
    assert doubt(MEMBER | {"tenantId": TENANT.upper()}, TENANT, "AAD-ADA") is None


async def test_a_picture_of_an_outsiders_gets_the_access_card(world: Company, teams: World) -> None:
    """As everything they send."""
    teams.teams.members["29:ada"] |= {"userRole": "guest"}
    await teams.typed("", attachments=[{"contentType": "image/png", "contentUrl": "https://x.example/1.png"}])
    assert "I don't know you yet" in json.dumps(teams.teams.sent())
    assert kept(world) == []


@pytest.mark.parametrize("place", ["19:abc@thread.v2", "19:abc@thread.tacv2;messageid=1", "19:meeting_x@thread.v2"])
async def test_a_chat_of_several_is_nobodys_own_though_it_does_not_say_what_it_is(world: Company, teams: World, place: str) -> None:
    """What is for one person alone doesn't go there, now or later."""
    teams.teams.conversations.add(place)
    await teams.typed("dashboard", conversation={"id": place, "tenantId": TENANT})
    with world.database.session() as session:
        assert [one.conversation for one in session.exec(select(Account)).all()] == [""]
    assert all("dashboard/enter" not in json.dumps(one) for one in teams.teams.sent() if place in json.dumps(one))


async def test_a_form_pressed_in_a_chat_of_several_is_answered_to_its_sender_alone(world: Company, teams: World) -> None:
    """Whatever card it was sent from, which everybody there reads, stays as it is."""
    data = {"command": "engagements", "args": {}, "inputs": [], "replaces": True}
    shown = await teams.press(data, shared=True)
    assert "Everyone's engagements" not in json.dumps(shown)
    assert [call for call in teams.teams.calls if call[0] == "PUT"] == []
