"""Somebody outside the company with an executive's address, in every way in: the access card, and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.cards import Button
from bot.domain.access.sign_ins import SignInLink
from bot.domain.people.people import Account, Platform
from bot.domain.records.events import InboundEvent
from bot.platforms.slack.buttons import render_button
from tests.conftest import World as Company
from tests.platforms.slack.test_unfurling import shared
from tests.platforms.slack.world import DASHBOARD, World
from tests.platforms.slack.world import world as served

ADDRESS = "cleo@firm.example"
PRESS = render_button(Button(label="Open", command="dashboard"), 0)
OUTSIDERS: list[dict[str, Any]] = [
    {"team_id": "T2"},
    {"is_stranger": True},
    {"is_restricted": True},
    {"is_ultra_restricted": True},
    {"deleted": True},
    {"is_bot": True},
    {"is_email_confirmed": False},
]


@pytest.fixture
async def slack(world: Company) -> AsyncIterator[World]:
    """Slack before the real dispatcher; U1 has the CX office's address."""
    async with served(world.application.dispatcher) as found:
        found.slack.users["U1"]["profile"]["email"] = ADDRESS
        yield found


def kept(world: Company) -> list[str]:
    """Whatever an event may leave behind."""
    with world.database.session() as session:
        tables = (Account, InboundEvent, SignInLink)
        return [type(one).__name__ for table in tables for one in session.exec(select(table)).all()]


def account(world: Company) -> Account | None:
    """U1's account."""
    with world.database.session() as session:
        return session.exec(select(Account).where(Account.user_id == "U1")).first()


async def said(slack: World, command: str, response: str) -> str:
    """What a command is answered."""
    await slack.command(command, response=response)
    return json.dumps((await slack.slack.answers(response))[-1])


@pytest.mark.parametrize("flags", OUTSIDERS, ids=lambda one: next(iter(one)))
async def test_an_outsider_with_the_offices_address_gets_the_access_card(
    world: Company, slack: World, flags: dict[str, Any]
) -> None:
    """By a command, a message and a press: the card, which says nothing of the address, known or not; no row."""
    slack.slack.users["U1"] |= flags
    slack.slack.add_user("U2", email="nobody@firm.example", **flags)
    first = await said(slack, "/dashboard", "r")
    await slack.typed("participation")
    await slack.slack.until("chat.postMessage")
    await slack.press(PRESS)
    await slack.slack.answers("press")
    for answer in (first, json.dumps(slack.slack.responses["press"])):
        assert "I don't know you yet" in answer
        assert ADDRESS not in answer
    assert "dashboard" not in json.dumps(slack.slack.messages["DU1"])
    assert kept(world) == []


@pytest.mark.parametrize(
    "signs",
    [{"user_team": "T2"}, {"source_team": "T2"}, {"user_profile": {"team": "T2"}}],
    ids=lambda one: next(iter(one)),
)
async def test_an_event_that_names_another_workspace_is_enough(world: Company, slack: World, signs: dict[str, Any]) -> None:
    """Whatever users.info would say: it isn't even asked."""
    await slack.typed("dashboard", **signs)
    (message,) = await slack.slack.until("chat.postMessage")
    assert "I don't know you yet" in json.dumps(message)
    assert slack.slack.called("users.info") == []
    assert kept(world) == []


async def test_a_press_of_another_workspaces_user_gets_the_access_card(world: Company, slack: World) -> None:
    """In a shared channel, on any card, with any id."""
    user = {"id": "U1", "team_id": "T2"}
    await slack.press(PRESS, user=user)
    assert "I don't know you yet" in json.dumps(await slack.slack.answers("press"))
    assert kept(world) == []


async def test_nothing_is_found_shown_or_said_of_a_link_for_an_outsider(world: Company, slack: World) -> None:
    """Searches, the Home tab, and links to the dashboard."""
    slack.slack.users["U1"]["is_restricted"] = True
    answer = await slack.search("search:customers::", "acme")
    assert "Acme" not in await answer.text()
    await shared(slack, f"{DASHBOARD}/dashboard/customers", calls=0)
    await slack.event({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}, "EvHome")
    (page,) = await slack.slack.until("views.publish")
    assert "I don't know you yet" in json.dumps(page)
    assert slack.slack.called("chat.unfurl") == []
    assert kept(world) == []


async def test_an_account_of_ours_is_linked_and_told_so(world: Company, slack: World) -> None:
    """The same address on a member's account of the workspace: an answer, with a line that says whose account it is now, once."""
    slack.slack.users["U1"] |= {"team_id": "T1", "is_email_confirmed": True}
    assert "now linked to Cleo Marsh" in await said(slack, "/help", "r")
    assert "now linked" not in await said(slack, "/help", "again")
    assert account(world) is not None


@pytest.mark.parametrize("flags", OUTSIDERS[2:5], ids=lambda one: next(iter(one)))
async def test_an_account_that_becomes_a_guests_or_ends_is_nobodys_from_then_on(
    world: Company, slack: World, flags: dict[str, Any]
) -> None:
    """Slack says so by user_change; the person is signed out everywhere."""
    await said(slack, "/dashboard", "r")
    assert "SignInLink" in kept(world)
    slack.slack.users["U1"] |= flags
    await slack.event({"type": "user_change", "user": slack.slack.users["U1"]}, "EvChange")
    await slack.platform.settled()
    assert "SignInLink" not in kept(world)
    assert account(world) is None
    assert "I don't know you yet" in await said(slack, "/dashboard", "after")


async def test_without_the_event_it_is_found_out_within_the_hour(world: Company, slack: World) -> None:
    """An hour after Slack's word it is asked again, at the account's next use."""
    await said(slack, "/help", "r")
    slack.slack.users["U1"] = slack.slack.users["U1"] | {"is_restricted": True}
    world.clock.forward(minutes=59)
    assert "I don't know" not in await said(slack, "/help", "before")
    world.clock.forward(minutes=2)
    slack.platform._listeners._accounts._users.clear()
    assert "I don't know you yet" in await said(slack, "/help", "after")
    assert account(world) is None


async def test_an_account_linked_before_is_checked_at_its_next_use(world: Company, slack: World) -> None:
    """One that was another workspace's all along is unlinked; one that is right stays, and is vouched for."""
    with world.database.session() as session:
        for key, name in (("U1", "cleo"), ("U2", "ada")):
            person = world.ids[name]
            session.add(Account(person_id=person, platform=Platform.SLACK, tenant="T1", user_id=key, seen_at=world.clock()))
    slack.slack.users["U1"]["team_id"] = "T2"
    assert "I don't know you yet" in await said(slack, "/dashboard", "r")
    assert account(world) is None


async def test_somebody_elses_address_moves_the_account(world: Company, slack: World) -> None:
    """An account whose address has become another person's is that person's; one whose address is nobody's on the list stays."""
    await said(slack, "/help", "r")
    for address, whose in (("nobody@firm.example", "cleo"), ("ada@firm.example", "ada")):
        changed = slack.slack.users["U1"] | {"profile": {"email": address}}
        await slack.event({"type": "user_change", "user": changed}, f"Ev{address}")
        await slack.platform.settled()
        found = account(world)
        assert found is not None
        assert found.person_id == world.ids[whose]


async def test_while_slack_does_not_answer_who_was_vouched_for_goes_on(world: Company, slack: World) -> None:
    """For seven days; whoever was never vouched for is told that it can't be checked now, and nothing is kept."""
    from tests.platforms.slack.fake_slack import Failure  # noqa: PLC0415

    slack.slack.failures["users.info"] = [Failure(status=500)]
    assert "can't check who you are" in await said(slack, "/help", "first")
    assert kept(world) == []
    await said(slack, "/help", "second")
    accounts = slack.platform._listeners._accounts
    for days, goes in ((6, True), (8, False)):
        accounts._users.clear()
        with world.database.session() as session:
            session.execute(sa.update(Account).values(vouched_at=world.clock()))
        world.clock.forward(days=days)
        slack.slack.failures["users.info"] = [Failure(status=500)]
        assert ("can't check" not in await said(slack, "/help", f"{days}")) is goes


@pytest.mark.parametrize(
    "address",
    ["ｃleo@firm.example", "cleo@ﬁrm.example", "c\u200bleo@firm.example", "mailto:cleo@firm.example", "cleo+x@firm.example"],
    ids=ascii,
)
async def test_an_address_that_only_looks_like_the_offices_is_not_hers(world: Company, slack: World, address: str) -> None:
    """A member of our own workspace may have such a mailbox, and confirm it."""
    slack.slack.users["U1"]["profile"]["email"] = address
    assert "I don't know you yet" in await said(slack, "/dashboard", "r")
    assert kept(world) == []


async def test_what_a_shared_channel_shows_stays_while_slack_does_not_say_who_pressed(world: Company, slack: World) -> None:
    """The refusal is for whoever pressed: it takes the place of nothing."""
    from tests.platforms.slack.fake_slack import Failure  # noqa: PLC0415

    slack.slack.failures["users.info"] = [Failure(status=500)]
    await slack.press(render_button(Button(label="Answer", command="help", replaces=True), 0))
    (answer,) = await slack.slack.answers("press")
    assert "can't check who you are" in json.dumps(answer)
    assert answer["replace_original"] is False
    assert kept(world) == []


async def test_a_picture_of_an_outsiders_gets_the_access_card(world: Company, slack: World) -> None:
    """As everything they send."""
    slack.slack.users["U1"]["team_id"] = "T2"
    await slack.typed("", subtype="file_share", files=[{"id": "F1"}])
    (message,) = await slack.slack.until("chat.postMessage")
    assert "I don't know you yet" in json.dumps(message)
    assert kept(world) == []


async def test_an_event_that_comes_from_the_other_company_finds_the_same_account(world: Company, slack: World) -> None:
    """In a channel that is shared, an event may name the workspace of whoever shared it: ours stays the account's."""
    body: dict[str, Any] = {
        "type": "event_callback",
        "team_id": "T2",
        "authorizations": [{"team_id": "T1"}],
        "event_id": "EvShared",
    }
    body["event"] = {"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"}
    slack.slack.users["U1"]["team_id"] = "T1"
    await slack.post(json.dumps(body))
    await slack.slack.until("views.publish")
    found = account(world)
    assert found is not None
    assert found.tenant == "T1"


@pytest.mark.parametrize(
    "answer",
    [None, [], "U1", {"id": "U2", "team_id": "T1", "profile": {"email": ADDRESS}}],
    ids=["nothing", "list", "text", "another"],
)
async def test_an_answer_that_is_not_about_whoever_was_asked_for_lets_nobody_in(world: Company, slack: World, answer: Any) -> None:
    """Nor does it count as a fault of ours."""
    slack.slack.users["U1"] = answer
    assert "I don't know you yet" in await said(slack, "/dashboard", "r")
    assert kept(world) == []
