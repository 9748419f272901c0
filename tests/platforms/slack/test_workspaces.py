"""Several workspaces and a whole organization: each is answered and written to with its own token, which is kept secret and exchanged in time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet

from bot.cards import Card, Text
from bot.database import Database
from bot.delivery.senders import Destination, Refused, Sent, Unreachable
from bot.domain.people.people import Platform
from bot.domain.records import slack_installations as installations
from bot.domain.records.slack_installations import SlackInstallation
from bot.platforms.slack.authorization import NOT_HERE
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.installing import many
from bot.platforms.slack.live import ask_everywhere
from bot.platforms.slack.manifest import INSTALL, INSTALLED, SCOPES
from bot.platforms.slack.oauth import Installer
from bot.platforms.slack.platform import build
from bot.platforms.slack.sender import SlackSender
from bot.platforms.slack.workspaces import AppKeys, ManyWorkspaces, TokenCipher
from bot.settings import Platforms, SettingsError, SlackSettings
from tests.platforms.slack.fake_slack import APP_TOKEN, CLIENT_ID, CLIENT_SECRET, Failure, FakeSlack, eventually
from tests.platforms.slack.world import FakeDispatcher
from tests.platforms.slack.world import world as served

KEY = Fernet.generate_key().decode()
KEYS = AppKeys(CLIENT_ID, CLIENT_SECRET)
CARD = Card(title="Night line", blocks=(Text(text="One number."),))
ADDRESS = "http://127.0.0.1:8080"
ENVIRON = {
    "SLACK_APP_CLIENT_ID": CLIENT_ID,
    "SLACK_APP_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_TOKEN_KEY": KEY,
    "SLACK_APP_TOKEN": "x",
}
MANY = Platforms(slack=SlackSettings(workspaces="many", mode="http"))


def installed(database: Database, slack: FakeSlack | None, team: str, *, enterprise: str = "", **more: Any) -> None:
    """Install it in a workspace ("": the organization), with the token `xoxb-` and its id."""
    name = team or enterprise
    with database.session() as session:
        row = SlackInstallation(
            enterprise_id=enterprise,
            team_id=team,
            name=f"Firm {name}",
            bot_user_id="UBOT",
            token=TokenCipher(KEY).close(f"xoxb-{name}"),
            installed_at=datetime.now(UTC),
        )
        for column, value in more.items():
            setattr(row, column, value)
        installations.keep(session, row)
    if slack is not None:
        slack.tokens[f"xoxb-{name}"] = name


def row(database: Database, team: str = "T1") -> SlackInstallation:
    """One installation as it is."""
    with database.session() as session:
        return session.scalars(sa.select(SlackInstallation).where(SlackInstallation.team_id == team)).one()  # type: ignore[arg-type]


def made(database: Database) -> Callable[[str], Awaitable[ManyWorkspaces]]:
    """The workspaces of a database, at a Slack."""

    async def workspaces(url: str) -> ManyWorkspaces:
        return ManyWorkspaces(database, TokenCipher(KEY), KEYS, url)

    return workspaces


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack of two workspaces; Ann is in the second."""
    slack = FakeSlack()
    slack.tokens.clear()
    slack.teams |= {"U1": "T2", "DU1": "T2", "C2": "T2"}
    slack.channels["C2"] = "somebody"
    slack.members["C2"] = ["U1"]
    await slack.server.start_server()
    yield slack
    await slack.server.close()


@pytest.fixture
async def sender(database: Database, slack: FakeSlack) -> AsyncIterator[SlackSender]:
    """Sends in both."""
    installed(database, slack, "T1")
    installed(database, slack, "T2")
    client = SlackClient("", slack.url)
    yield SlackSender(client, ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url))
    await client.close()


async def test_each_workspace_is_answered_with_its_own_token(database: Database) -> None:
    """A command from either is answered there; one from a workspace the bot isn't in is told so, and reaches nothing."""
    installed(database, None, "T1")
    installed(database, None, "T2")
    async with served(many=made(database)) as slack:
        slack.slack.tokens |= {"xoxb-T1": "T1", "xoxb-T2": "T2"}
        for team in ("T1", "T2", "T9", "T2"):
            body = {"type": "event_callback", "team_id": team, "event_id": f"Ev{len(slack.slack.calls)}{team}"}
            slack.slack.channels["DU1"] = "U1"
            event = {
                "type": "message",
                "channel_type": "im",
                "channel": "DU1",
                "user": "U1",
                "text": "help",
                "ts": "1600000000.0001",
            }
            await slack.post(json.dumps(body | {"event": event}))
        await slack.slack.until("chat.postMessage", 3)
        posted = [team for method, team in slack.slack.spoken if method == "chat.postMessage"]
        assert sorted(posted) == ["T1", "T2", "T2"]
        assert len(slack.dispatcher.seen) == 3


async def test_where_it_is_not_a_command_is_told_so(database: Database) -> None:
    """In the answer itself, to the person who typed it; nothing is asked of Slack."""
    installed(database, None, "T2")
    async with served(many=made(database)) as slack:
        answer = await slack.command("/help")
        assert (answer.status, await answer.json()) == (200, {"response_type": "ephemeral", "text": NOT_HERE})
        assert (slack.slack.calls, slack.dispatcher.seen) == ([], [])


async def test_people_and_channels_are_reached_where_they_are(sender: SlackSender, slack: FakeSlack) -> None:
    """Somebody of whom only the email is known is looked for in every workspace; a channel is asked for once."""
    sent = await sender.send(Destination(Platform.SLACK, "", "ann@acme.example"), CARD, "d1")
    assert sent == Sent(sent.message_id, "DU1", "U1", "T2")
    to = Destination(Platform.SLACK, "U1", "", tenant="T2", conversation="DU1")
    assert await sender.find(to, "d1") == Sent(sent.message_id, "DU1", "U1")
    await sender.update(sent, CARD)
    await sender.delete(sent)
    post = await sender.post("C2", CARD, "p1")
    assert await sender.members("C2") == ["U1"]
    assert await sender.find(Destination(Platform.SLACK, "", "", conversation="C2"), "p1") is not None
    await sender.update(post, CARD)
    await sender.delete(post)
    assert [team for method, team in slack.spoken if method.startswith("chat.")] == ["T2"] * 6
    assert [team for method, team in slack.spoken if method == "conversations.info"] == ["T1", "T2"]


async def test_who_is_not_where_most_are(sender: SlackSender, slack: FakeSlack) -> None:
    """A broadcast's recipient whose account isn't known is tried where most people are, and found elsewhere; that is told."""
    sent = await sender.send(Destination(Platform.SLACK, "", "ann@acme.example", tenant="T1"), CARD, "d1")
    assert sent.tenant == "T2"
    assert [team for method, team in slack.spoken if method == "users.lookupByEmail"] == ["T1", "T2"]
    known = await sender.send(Destination(Platform.SLACK, "U1", "ann@acme.example", tenant="T2", conversation="DU1"), CARD, "d2")
    assert known.tenant == ""


async def test_nobody_and_nowhere(sender: SlackSender, slack: FakeSlack) -> None:
    """Who is in no workspace has no account; a channel of none is gone; where the bot isn't any more, nobody can be reached.

    That is said of those people alone: a workspace that took the bot out doesn't hold up a broadcast to the others.
    """
    with pytest.raises(Unreachable, match="no_account"):
        await sender.send(Destination(Platform.SLACK, "", "nobody@acme.example"), CARD, "d1")
    with pytest.raises(Unreachable, match="conversation_gone"):
        await sender.post("C9", CARD, "p1")
    with pytest.raises(Unreachable, match="bot_not_installed: in the workspace T9"):
        await sender.send(Destination(Platform.SLACK, "U1", "", tenant="T9"), CARD, "d1")
    assert not slack.called("chat.postMessage")


async def test_an_organizations_token_speaks_in_its_workspaces(database: Database, slack: FakeSlack) -> None:
    """A workspace of the organization that was heard from is written to with the organization's token, unless it has its own."""
    installed(database, slack, "", enterprise="E1")
    workspaces = ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url)
    with pytest.raises(Unreachable):
        await workspaces.credentials("T5")
    assert (await workspaces.credentials("T5", "E1")).token == "xoxb-E1"
    assert (await workspaces.credentials("T5")).token == "xoxb-E1", "it is remembered"
    installed(database, slack, "T5", enterprise="E1")
    workspaces.forget()
    assert (await workspaces.credentials("T5")).token == "xoxb-T5"
    assert await workspaces.all() == ("E1", "T5")


async def test_tokens_are_unreadable_in_the_database(database: Database) -> None:
    """Nothing of them is to be seen; with another key they are refused, at the start, with what to do; with both they are read."""
    installed(database, None, "T1")
    kept = row(database).token
    assert "xoxb" not in kept
    other = Fernet.generate_key().decode()
    with pytest.raises(SettingsError, match="can't read the token of Firm T1: put the key it was kept with behind it"):
        await many(database, MANY, ENVIRON | {"SLACK_TOKEN_KEY": other})
    with pytest.raises(SettingsError, match="outside-in slack key"):
        await many(database, MANY, ENVIRON | {"SLACK_TOKEN_KEY": "hunter2"})
    both = await many(database, MANY, ENVIRON | {"SLACK_TOKEN_KEY": f"{other}, {KEY}"})
    assert (await both.credentials("T1")).token == "xoxb-T1"


def ending(seconds: float) -> dict[str, Any]:
    """The columns of a token that ends so soon, and can be exchanged."""
    return {"expires_at": datetime.now(UTC) + timedelta(seconds=seconds), "refresh_token": TokenCipher(KEY).close("xoxe-1")}


def exchange(slack: FakeSlack) -> None:
    """Let Slack take the refresh token, once."""
    slack.codes["xoxe-1"] = {
        "access_token": "xoxe.xoxb-new",
        "refresh_token": "xoxe-2",
        "expires_in": 43_200,
        "token_type": "bot",
        "team": {"id": "T1", "name": "Firm"},
        "bot_user_id": "UBOT",
        "scope": "chat:write",
    }


async def test_a_token_is_exchanged_in_time_and_once(database: Database, slack: FakeSlack) -> None:
    """Four that need it at once, in two processes: Slack is asked once, everyone speaks with the new one, and both are kept encrypted."""
    installed(database, slack, "T1", **ending(600))
    exchange(slack)
    two = [ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url) for _ in range(2)]
    tokens = await asyncio.gather(*(one.credentials("T1") for one in (*two, *two)))
    assert {credentials.token for credentials in tokens} == {"xoxe.xoxb-new"}
    assert len(slack.called("oauth.v2.access")) == 1
    kept = row(database)
    assert TokenCipher(KEY).open(kept.refresh_token) == "xoxe-2"
    assert kept.expires_at is not None
    assert kept.expires_at > datetime.now(UTC) + timedelta(hours=11)


async def test_an_exchange_that_fails(database: Database, slack: FakeSlack) -> None:
    """While the token is good it is used on, and the exchange tried again; once it has ended, the bot is refused and says why."""
    installed(database, slack, "T1", **ending(600))
    slack.failures["oauth.v2.access"] = [Failure(status=500, body="oops")]
    assert (await ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url).credentials("T1")).token == "xoxb-T1"
    exchange(slack)
    assert (await ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url).credentials("T1")).token == "xoxe.xoxb-new"
    installed(database, slack, "T2", **ending(-5))
    with pytest.raises(Refused, match="the token of Firm T2 has ended"):
        await ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url).credentials("T2")


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}])
async def test_what_was_taken_out_is_forgotten(database: Database, event: dict[str, Any]) -> None:
    """Its tokens are gone from the database, and the other workspace goes on; a person's revoked token changes nothing."""
    installed(database, None, "T1")
    installed(database, None, "T2")
    async with served(many=made(database)) as slack:
        slack.slack.tokens |= {"xoxb-T1": "T1", "xoxb-T2": "T2"}
        await slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, "Ev0")
        assert row(database).removed_at is None
        await slack.event(event, "Ev1")
        await slack.platform.settled()
        for _ in range(200):
            if row(database).removed_at:
                break
            await asyncio.sleep(0.01)
    assert (row(database).token, row(database, "T2").removed_at) == ("", None)
    assert row(database).removed_at is not None


@pytest.fixture
async def pages(database: Database, slack: FakeSlack) -> AsyncIterator[TestClient[Any, Any]]:
    """The two pages of installing."""
    client = SlackClient("", slack.url)
    site = web.Application()
    Installer(database, ManyWorkspaces(database, TokenCipher(KEY), KEYS, slack.url), client, KEYS, ADDRESS).add_routes(site)
    browser = TestClient(TestServer(site))
    await browser.start_server()
    yield browser
    await browser.close()
    assert client.session is None or client.session.closed


def link(database: Database) -> str:
    """A link's secret."""
    with database.session() as session:
        return installations.link(session, database.clock())


async def begun(pages: TestClient[Any, Any], key: str) -> str:
    """Open a link; where it sends the browser."""
    answer = await pages.get(f"{INSTALL}?key={key}", allow_redirects=False)
    assert answer.status == 303
    return answer.headers["Location"]


async def test_installed_by_a_link(database: Database, slack: FakeSlack, pages: TestClient[Any, Any]) -> None:
    """Over Slack's consent page, with exactly the scopes there are reasons for; then it is kept, and the link is used up."""
    key = link(database)
    address = await begun(pages, key)
    assert address.startswith("https://slack.com/oauth/v2/authorize?")
    assert all(scope in address for scope in SCOPES)
    exchange(slack)
    slack.codes["code-1"] = slack.codes.pop("xoxe-1")
    done = await pages.get(f"{INSTALLED}?code=code-1&state={key}")
    assert (done.status, "Installed in Firm" in await done.text()) == (200, True)
    assert TokenCipher(KEY).open(row(database).token) == "xoxe.xoxb-new"
    assert (await pages.get(f"{INSTALL}?key={key}")).status == 403
    again = await pages.get(f"{INSTALLED}?code=code-1&state={key}")
    assert (again.status, "works once" in await again.text()) == (403, True)


async def test_installed_in_an_organization(database: Database, slack: FakeSlack, pages: TestClient[Any, Any]) -> None:
    """For all its workspaces: kept under the organization, whose name is told; a name that is HTML does nothing."""
    key = link(database)
    await begun(pages, key)
    whole = {"is_enterprise_install": True, "enterprise": {"id": "E1", "name": "<b>Firm</b>"}, "team": None}
    slack.codes["c"] = {"access_token": "xoxb-E1", "token_type": "bot", "scope": "", "bot_user_id": "UBOT"} | whole
    text = await (await pages.get(f"{INSTALLED}?code=c&state={key}")).text()
    assert "Installed in &lt;b&gt;Firm&lt;/b&gt;" in text
    assert row(database, "").enterprise_id == "E1"


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("code=c&state=another", 403, "isn&#x27;t what you began"),
        ("code=c", 403, "isn&#x27;t what you began"),
        ("error=access_denied&state={key}", 400, "You said no"),
        ("code=spent&state={key}", 502, "invalid_code"),
    ],
)
async def test_not_installed(database: Database, pages: TestClient[Any, Any], query: str, status: int, told: str) -> None:
    """A code somebody else's browser brings, a no, a spent code: nothing is kept, and the page says what to do."""
    key = link(database)
    await begun(pages, key)
    answer = await pages.get(f"{INSTALLED}?{query.format(key=key)}")
    assert (answer.status, told in await answer.text()) == (status, True)
    with database.session() as session:
        assert installations.standing(session) == []


async def test_who_said_no_may_change_their_mind(database: Database, slack: FakeSlack, pages: TestClient[Any, Any]) -> None:
    """The link isn't used up by a no."""
    key = link(database)
    await begun(pages, key)
    await pages.get(f"{INSTALLED}?error=access_denied&state={key}")
    await begun(pages, key)
    exchange(slack)
    assert (await pages.get(f"{INSTALLED}?code=xoxe-1&state={key}")).status == 200


@pytest.mark.parametrize("key", ["", "guessed"])
async def test_nobody_begins_without_a_link(pages: TestClient[Any, Any], key: str) -> None:
    """A guessed one opens nothing."""
    assert (await pages.get(f"{INSTALL}?key={key}")).status == 403


async def test_a_link_is_over_after_an_hour(world: Any, slack: FakeSlack) -> None:
    """And not a minute before."""
    with world.database.session() as session:
        key = installations.link(session, world.clock())
        assert installations.is_good(session, key, world.clock() + timedelta(minutes=59))
        assert not installations.is_good(session, key, world.clock() + timedelta(minutes=60))


async def test_check_asks_in_every_workspace(database: Database, slack: FakeSlack) -> None:
    """Each token is tried; one Slack doesn't take is named by its workspace."""
    installed(database, slack, "T1")
    installed(database, None, "T2")
    slack.failures["auth.test"] = [Failure(headers={"X-OAuth-Scopes": ",".join(SCOPES)}, body=AUTH)]
    found, wrong = await ask_everywhere(database, MANY, ENVIRON, slack.url)
    assert "in the workspace Firm (T1)" in found[0]
    assert [line.split(":")[1] for line in wrong] == [" Slack doesn't know it. Copy it again"] or "T2" in wrong[0]
    assert "kept for T2" in wrong[0]


async def test_check_where_it_is_installed_nowhere(database: Database, slack: FakeSlack) -> None:
    """What to do is said."""
    assert (await ask_everywhere(database, MANY, ENVIRON, slack.url))[1] == [
        "Slack: the bot is in no workspace yet. Make a link to install it: outside-in slack install."
    ]


AUTH = json.dumps({"ok": True, "user": "outside-in", "user_id": "UBOT", "bot_id": "B1", "team": "Firm", "team_id": "T1"})


async def test_over_one_socket_each_workspace_is_answered_with_its_own_token(database: Database, slack: FakeSlack) -> None:
    """Socket Mode brings the commands of all workspaces over one connection, made with the app's token."""
    installed(database, slack, "T1")
    installed(database, slack, "T2")
    slack.teams.clear()
    dispatcher = FakeDispatcher()
    dispatcher.known = False  # users.info is asked, where the command was typed
    platform = build(
        dispatcher,  # type: ignore[arg-type]
        bot_token="",
        signing_secret="unused",
        app_token=APP_TOKEN,
        base_url=slack.url,
        workspaces=await made(database)(slack.url),
    )
    await platform.start_socket_mode()
    for number, team in enumerate(("T1", "T2", "T9", "T1")):
        typed = {"command": "/customer", "text": f"n{number}", "user_id": "U1", "team_id": team, "channel_id": "C1"}
        typed |= {"trigger_id": slack.trigger(), "response_url": slack.response_url(f"n{number}")}
        await slack.over_socket("slash_commands", typed)
        await eventually(lambda wanted=number + 1: len(slack.acknowledged) >= wanted)  # type: ignore[misc]
    for number in (0, 1, 3):
        await slack.answers(f"n{number}")
    await platform.close()
    assert [team for method, team in slack.spoken if method == "users.info"] == ["T1", "T2"], "T1 is remembered for five minutes"
    assert len(dispatcher.seen) == 3
