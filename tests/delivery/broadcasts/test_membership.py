"""An update to a channel's members: those who never used the bot too, and nobody who isn't staff."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session, select

from bot.delivery.broadcasts.membership import read_members, remember
from bot.delivery.context import WorkerContext
from bot.delivery.pacing import Pace
from bot.domain.access import accounts
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from bot.domain.updates.audiences import Audience
from bot.measures import audience_sizes
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.connector import Session as TeamsSession
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Tokens
from bot.views.channels import _words
from tests.conftest import World
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack
from tests.platforms.teams.fake_connector import APP_ID, SECRET, TENANT, FakeConnector

TEAM = "19:channel@thread.tacv2"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A channel with four of staff, a guest with an executive's address, another company's user, and the bot."""
    found = FakeSlack()
    await found.server.start_server()
    found.channels["C1"] = ""
    found.members["C1"] = ["UBOT", "UADA", "UBRUNO", "UCLEO", "UEMIL", "UGUEST", "UOTHER"]
    for name in ("ada", "bruno", "cleo", "emil"):
        found.add_user(f"U{name.upper()}", email=f"{name}@firm.example", team_id="T1")
    found.add_user("UGUEST", email="aroha@firm.example", is_restricted=True)
    found.add_user("UOTHER", email="dele@firm.example", team_id="T2")
    yield found
    await found.server.close()


@pytest.fixture
async def worker_context(world: World, slack: FakeSlack) -> AsyncIterator[WorkerContext]:
    """What a job works with, over that Slack; Ada has used the bot there."""
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).link(Platform.SLACK, "T1", "UADA", world.clock())
    client = SlackClient(BOT_TOKEN, slack.url)
    settings = world.application.settings
    yield WorkerContext(world.database, settings, {Platform.SLACK: SlackSender(client)}, Pace({}))
    await client.close()


def meant(session: Session, **audience: tuple[str, ...]) -> list[str]:
    """The first names of everybody an audience means."""
    return [one.name.split()[0] for one in audience_sizes.reach(session, Audience(**audience)).examples]


async def test_members_who_never_used_the_bot_are_meant_and_left_out(world: World, worker_context: WorkerContext) -> None:
    """All four of staff are the channel's, and `never` leaves out all four; the guest and the other company's user are nobody."""
    remember(worker_context, Platform.SLACK, "C1", await read_members(worker_context, Platform.SLACK, "C1"))
    with world.database.session() as session:
        assert meant(session, who=("channel:slack:C1",)) == ["Ada", "Bruno", "Cleo", "Emil"]
        assert meant(session, who=("everyone",), never=("channel:slack:C1",)) == ["Aroha", "Dele"]
        (inside,) = audience_sizes.inside(session, Audience(who=("channel:slack:C1",)))
    assert (inside.people, inside.outsiders, inside.unknown) == (6, 2, 0)
    assert _words(inside, excluded=False) == "6 people, 4 staff; 2 are not staff and won't get it"


async def test_only_those_nobody_knows_are_looked_up(worker_context: WorkerContext, slack: FakeSlack) -> None:
    """Those linked by that aren't asked for again the next time."""
    for _ in range(2):
        remember(worker_context, Platform.SLACK, "C1", await read_members(worker_context, Platform.SLACK, "C1"))
    asked = [args["user"] for args in slack.called("users.info")]
    assert asked.count("UBRUNO") == 1
    assert "UADA" not in asked


async def test_a_member_that_could_not_be_looked_up(world: World, worker_context: WorkerContext, slack: FakeSlack) -> None:
    """Counted on the card; for `never`, whoever has no account there may be that one."""
    slack.members["C1"] = ["UADA", "UEMIL"]
    slack.failures["users.info"] = [Failure(status=500)] * 5
    remember(worker_context, Platform.SLACK, "C1", await read_members(worker_context, Platform.SLACK, "C1"))
    with world.database.session() as session:
        assert meant(session, who=("channel:slack:C1",)) == ["Ada"]
        assert meant(session, who=("everyone",), never=("channel:slack:C1",)) == []
        (inside,) = audience_sizes.inside(session, Audience(never=("channel:slack:C1",)))
    said = _words(inside, excluded=True)
    assert said.startswith("2 people, 1 staff; 1 couldn't be looked up; staff without a known Slack account won't get it either")


async def test_who_has_accounts_elsewhere_hears_of_the_new_one(world: World, worker_context: WorkerContext) -> None:
    """Emil uses Teams: he is told there that a Slack account is his now. Slack isn't where he is written to because of it."""
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).link(Platform.TEAMS, "M1", "aad-emil", world.clock())
    remember(worker_context, Platform.SLACK, "C1", await read_members(worker_context, Platform.SLACK, "C1"))
    with world.database.session() as session:
        told = session.exec(select(Delivery).where(Delivery.subject == "account_linked")).all()
        assert [(one.person_id, one.platform, one.user_id) for one in told] == [(world.ids["emil"], Platform.TEAMS, "aad-emil")]
        new = session.exec(select(Account).where(Account.user_id == "UEMIL")).one()
        assert (new.seen_at, new.vouched_at) == (accounts.NEVER, world.clock())


async def test_a_team_channels_members(world: World) -> None:
    """The roster's own pages say who everybody is: a sign-in name links, a guest and another tenant's don't."""
    teams, outgoing = FakeConnector(), TeamsSession()
    await teams.server.start_server()
    rows: tuple[tuple[str, dict[str, str]], ...] = (
        ("ada", {}),
        ("emil", {"userPrincipalName": "emil@firm.example", "email": "somebody@firm.example"}),
        ("cleo", {"userRole": "guest"}),
        ("dele", {"tenantId": "33333333-3333-3333-3333-333333333333"}),
        ("bruno", {"userPrincipalName": "mallory@firm.example"}),
    )
    for name, more in rows:
        base = {"id": f"29:{name}", "objectId": f"aad-{name}", "userRole": "user", "tenantId": TENANT}
        address = f"{name}@firm.example"
        teams.members[f"29:{name}"] = base | {"userPrincipalName": address, "email": address} | more
    tokens = Tokens(outgoing, app_id=APP_ID, secret=SECRET, certificate=None, url=teams.token_url)
    sender = TeamsSender(Connector(outgoing, tokens), Reference(teams.service, "", TENANT, f"28:{APP_ID}"))
    worker_context = WorkerContext(world.database, world.application.settings, {Platform.TEAMS: sender}, Pace({}))
    remember(worker_context, Platform.TEAMS, TEAM, await read_members(worker_context, Platform.TEAMS, TEAM))
    with world.database.session() as session:
        assert meant(session, who=(f"channel:teams:{TEAM}",)) == ["Ada", "Emil"]
        (inside,) = audience_sizes.inside(session, Audience(who=(f"channel:teams:{TEAM}",)))
        assert (inside.people, inside.outsiders, inside.unknown) == (5, 3, 0)
    await outgoing.close()
    await teams.server.close()
