"""The dashboard as a tab in Teams: signed in with Teams' own word for a person, kept apart from the browser's session, nothing for others."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from bot.platforms.teams.auth import Keys
from bot.platforms.teams.connector import Session
from bot.platforms.teams.tab import TabAuthenticator
from bot.web.dashboard import Dashboard, TeamsTab
from tests.conftest import World
from tests.platforms.teams.fake_connector import APP_ID, KEY, TENANT, FakeConnector, Key
from tests.web.dashboard.conftest import Client

AUTHORITY = f"https://login.microsoftonline.com/{TENANT}/v2.0"
FRAMES = "frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"


def token(oid: str = "oid-ada", key: Key = KEY, **changes: Any) -> str:
    """What Teams gives a page for a person; a claim changed to None is left out."""
    now = int(time.time())
    claims = {
        "iss": AUTHORITY,
        "aud": APP_ID,
        "exp": now + 600,
        "nbf": now - 10,
        "oid": oid,
        "tid": TENANT,
        "scp": "access_as_user",
    }
    chosen = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode(chosen, key.private, algorithm="RS256", headers={"kid": key.kid})


@dataclass
class Tab:
    """A browser inside Teams."""

    world: World
    client: Client

    async def enter(self, given: str) -> tuple[int, str]:
        """Show a token: the status, and why not."""
        answer = await self.client.post("/dashboard/teams/enter", headers={"Authorization": f"Bearer {given}"})
        # A test's client has no TLS, and wouldn't send a Secure cookie back: it's told to.
        if cookie := answer.cookies.get("outside_in_teams"):
            self.client.session.headers["Cookie"] = f"outside_in_teams={cookie.value}"
        return answer.status, str((await answer.json())["why"])

    async def get(self, path: str) -> tuple[int, str, str]:
        """A page: status, text, policy."""
        answer = await self.client.get(path, allow_redirects=False)
        return answer.status, await answer.text(), answer.headers.get("Content-Security-Policy", answer.headers.get("Location", ""))


def met(world: World, *names: str) -> None:
    """Have people written to the bot in Teams."""
    with world.database.session() as session:
        for name in names:
            person = people.get(session, world.ids[name])
            person.accounts.append(
                Account(platform=Platform.TEAMS, tenant=TENANT, user_id=f"oid-{name}", person_id=person.key, seen_at=world.clock())
            )


@asynccontextmanager
async def tabbed(world: World) -> AsyncIterator[web.Application]:
    """The dashboard and its tab, with the keys that people's tokens are signed with."""
    connector, outgoing = FakeConnector(), Session()
    await connector.server.start_server()
    gate = TabAuthenticator(Keys(outgoing, connector.openid_url), app_id=APP_ID, tenant_id=TENANT)
    site = web.Application()
    Dashboard(world.database, world.application.settings).add_routes(site)
    TeamsTab(world.database, world.application.settings, gate.sender).add_routes(site)
    yield site
    await outgoing.close()
    await connector.server.close()


@pytest.fixture
async def tab(world: World) -> AsyncIterator[Tab]:
    """A browser in Teams; Ada and Emil have written to the bot there."""
    met(world, "ada", "emil")
    async with tabbed(world) as site, TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Tab(world, client)


async def test_an_executive_is_signed_in_by_teams(tab: Tab) -> None:
    """The dashboard's own pages, which only Teams may frame; the cookie is for a frame in Teams alone."""
    assert await tab.enter(token()) == (200, "")
    status, text, policy = await tab.get("/dashboard/")
    assert status == 200
    assert "Signed in as Ada Lovell" in text
    assert policy.endswith(FRAMES)
    assert "script-src 'self';" in policy
    assert text.count("<script") == 1
    assert (await tab.get("/dashboard/teams/kept"))[0] == 200


async def test_the_cookie_is_partitioned(tab: Tab) -> None:
    """And HttpOnly, Secure, SameSite=None, under /dashboard."""
    answer = await tab.client.post("/dashboard/teams/enter", headers={"Authorization": f"Bearer {token()}"})
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/dashboard"))


async def test_the_page_that_signs_in_has_two_scripts_and_no_more(tab: Tab) -> None:
    """Microsoft's, of one version with its hash, and ours; only Teams may frame it."""
    _, text, policy = await tab.get("/dashboard/teams")
    assert text.count("<script") == 2
    assert 'integrity="sha384-' in text
    assert "script-src 'self' https://res.cdn.office.net/teams-js/2.58.0/js/MicrosoftTeams.min.js;" in policy
    assert "'unsafe" not in policy
    assert policy.endswith(FRAMES)
    assert (await tab.get("/dashboard/static/teams.js"))[0] == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"iss": AUTHORITY.replace(TENANT, "33333333-3333-3333-3333-333333333333")},
        {"aud": "somebody-else"},
        {"aud": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"oid": None},
        {"tid": None},
        {"tid": "33333333-3333-3333-3333-333333333333"},
        {"idp": "https://sts.windows.net/33333333-3333-3333-3333-333333333333/"},
        {"scp": None},
        {"scp": "User.Read"},
        {"key": Key("nobody")},
        {"key": Key(KEY.kid)},
    ],
)
async def test_a_token_that_does_not_fit_lets_nobody_in(tab: Tab, changes: dict[str, Any]) -> None:
    """Another issuer, audience, time, tenant, purpose or key; a guest; an application without a person."""
    assert await tab.enter(token(**changes)) == (401, "refused")
    assert (await tab.get("/dashboard/"))[0] == 401


@pytest.mark.parametrize(
    "given", ["", "x", "a.b.c", "é.é.é", "....", jwt.encode({"aud": APP_ID, "oid": "oid-ada"}, "x" * 32, "HS256")]
)
async def test_what_is_no_token_lets_nobody_in(tab: Tab, given: str) -> None:
    """Nothing, rubbish, or signed in another way."""
    answer = await tab.client.post("/dashboard/teams/enter", headers={"Authorization": f"Bearer {given}"})
    assert answer.status == 401
    assert "Set-Cookie" not in answer.headers


async def test_somebody_the_bot_has_not_met_is_told_what_to_do(tab: Tab) -> None:
    """Their account isn't anybody's yet, whatever email it has."""
    assert await tab.enter(token("oid-stranger", preferred_username="ada@firm.example")) == (403, "unknown")


async def test_an_employee_is_told_that_it_is_not_theirs(tab: Tab) -> None:
    """As on the dashboard."""
    assert await tab.enter(token("oid-emil")) == (403, "not-yours")
    assert (await tab.get("/dashboard/"))[0] == 401


async def test_whoever_leaves_is_out_at_once(tab: Tab) -> None:
    """And doesn't come in again; the frame is sent to where it would sign in."""
    await tab.enter(token())
    with tab.world.database.session() as session:
        people.get(session, tab.world.ids["ada"]).active = False
    status, _, to = await tab.get("/dashboard/")
    assert (status, to) == (302, "/dashboard/teams")
    assert (await tab.get("/dashboard/teams/kept"))[0] == 401
    assert (await tab.enter(token()))[0] == 403


async def test_a_tab_left_open_overnight_signs_in_again(tab: Tab) -> None:
    """After twelve hours the next click goes by the page that signs in, and on."""
    await tab.enter(token())
    tab.world.clock.instant += timedelta(hours=13)
    status, _, to = await tab.get("/dashboard/customers")
    assert (status, to) == (302, "/dashboard/teams")


async def test_a_browsers_own_session_is_never_framed(tab: Tab) -> None:
    """Both cookies at once, which browsers don't send: the stricter one counts."""
    await tab.enter(token())
    tab.client.session.headers["Cookie"] += "; outside_in=whatever"
    status, _, policy = await tab.get("/dashboard/")
    assert status == 401
    assert policy.endswith("frame-ancestors 'none'")


async def test_signing_out_in_teams_takes_the_cookie_away(tab: Tab) -> None:
    """With the form's own key, as elsewhere; the browser forgets the tab's cookie."""
    import re  # noqa: PLC0415

    await tab.enter(token())
    key = re.findall(r'name="form_key" value="([^"]+)"', (await tab.get("/dashboard/"))[1])[0]
    assert (await tab.client.post("/dashboard/leave", data={"form_key": "x"})).status == 403
    answer = await tab.client.post("/dashboard/leave", data={"form_key": key})
    assert answer.status == 200
    assert answer.headers["Set-Cookie"].startswith("outside_in_teams=")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert "Partitioned" in answer.headers["Set-Cookie"]


async def test_without_the_setting_there_is_no_tab(visitor: Any) -> None:
    """The address is a page that doesn't exist."""
    assert (await visitor.get("/dashboard/teams"))[0] == 401
    assert (await visitor.client.post("/dashboard/teams/enter")).status == 405
