"""Who gets in, and who sees what: a guessed address gives nothing."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.cards import Card, Link
from bot.domain.people import people
from tests.conftest import World
from tests.handlers.test_engagements import log
from tests.web.dashboard.conftest import Visitor

PAGES = ("", "executives", "customers", "coverage", "commitments", "updates", "journey")


@pytest.mark.parametrize("path", [*PAGES, "executives/1", "nothing/here", "static-not", "leave"])
async def test_without_a_session_every_address_says_the_same(visitor: Visitor, path: str) -> None:
    """Whether there is such a page or not."""
    status, text = await visitor.get(f"/dashboard/{path}")
    assert status == 401
    assert "You are not signed in" in text
    assert "Lovell" not in text


async def test_a_link_works_once(visitor: Visitor) -> None:
    """The second use is told how to get another."""
    secret = visitor.link("ada")
    first = await visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert first.status == 303
    visitor.client.session.cookie_jar.clear()
    second = await visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert second.status == 401
    assert "doesn't open any more" in await second.text()
    assert "Set-Cookie" not in second.headers


async def test_two_at_once_are_one(visitor: Visitor) -> None:
    """Ten presses in the same moment make one session."""
    secret = visitor.link("ada")
    answers = await asyncio.gather(
        *(visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False) for _ in range(10))
    )
    assert sorted(one.status for one in answers) == [303] + [401] * 9


async def test_a_look_at_the_link_does_not_use_it_up(visitor: Visitor) -> None:
    """Slack and Teams fetch what they show: that is no press."""
    secret = visitor.link("ada")
    for _ in range(3):
        status, text = await visitor.get(f"/dashboard/enter?key={secret}")
        assert (status, "Open the dashboard" in text) == (200, True)
    answer = await visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert answer.status == 303


async def test_the_link_says_whom_it_signs_in(visitor: Visitor) -> None:
    """Somebody who is sent another's link sees so before they press, and all the more when they are signed in themselves."""
    secret = visitor.link("bruno")
    _, text = await visitor.get(f"/dashboard/enter?key={secret}")
    assert "Sign in as Bruno Kraus?" in text
    assert "You are signed in" not in text
    await visitor.sign_in("ada")
    _, text = await visitor.get(f"/dashboard/enter?key={secret}")
    assert "You are signed in here as Ada Lovell." in text
    own = visitor.link("ada")
    assert "You are signed in here" not in (await visitor.get(f"/dashboard/enter?key={own}"))[1]
    for gone in ("x", ""):
        status, text = await visitor.get(f"/dashboard/enter?key={gone}")
        assert (status, "doesn't open any more" in text) == (401, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"},
    ],
)
async def test_no_other_site_signs_anybody_in(visitor: Visitor, headers: dict[str, str]) -> None:
    """A form of another site's, sent off with the attacker's own link, is refused and doesn't use the link up."""
    secret = visitor.link("bruno")
    forged = await visitor.client.post("/dashboard/enter", data={"key": secret}, headers=headers, allow_redirects=False)
    assert forged.status == 403
    assert "Set-Cookie" not in forged.headers
    host = f"http://127.0.0.1:{visitor.client.port}"
    own = {"Origin": host, "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post("/dashboard/enter", data={"key": secret}, headers=own, allow_redirects=False)
    assert answer.status == 303


async def test_behind_a_proxy_the_companys_own_address_counts(visitor: Visitor) -> None:
    """A proxy may put its own name for this server into Host; the browser's Origin is the address people know."""
    known = visitor.world.application.settings.web.address
    headers = {"Origin": known, "Host": "upstream:8080"}
    answer = await visitor.client.post(
        "/dashboard/enter", data={"key": visitor.link("ada")}, headers=headers, allow_redirects=False
    )
    assert answer.status == 303


@pytest.mark.parametrize("secret", ["", "x", "é" * 300, "' OR 1=1 --", "\x00"])
async def test_a_wrong_key_opens_nothing(visitor: Visitor, secret: str) -> None:
    """Whatever it is."""
    answer = await visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert answer.status == 401


async def test_a_link_is_good_for_ten_minutes(visitor: Visitor) -> None:
    """And not a second longer."""
    early, late = visitor.link("ada"), visitor.link("bruno")
    visitor.world.clock.forward(minutes=9, seconds=59)
    assert (await visitor.client.post("/dashboard/enter", data={"key": early}, allow_redirects=False)).status == 303
    visitor.world.clock.forward(seconds=1)
    assert (await visitor.client.post("/dashboard/enter", data={"key": late}, allow_redirects=False)).status == 401


async def test_a_session_ends_after_twelve_hours_or_with_the_job(visitor: Visitor) -> None:
    """Whoever leaves, or is no executive any more, is out at once."""
    await visitor.sign_in("ada")
    visitor.world.clock.forward(hours=11)
    assert (await visitor.get("/dashboard/"))[0] == 200
    visitor.world.clock.forward(hours=1)
    assert (await visitor.get("/dashboard/"))[0] == 401
    for change in ({"active": False}, {"active": True, "roles": []}):
        await visitor.sign_in("bruno")
        with visitor.world.database.session() as session:
            for name, value in change.items():
                setattr(people.get(session, visitor.world.ids["bruno"]), name, value)
        assert (await visitor.get("/dashboard/"))[0] == 401
        with visitor.world.database.session() as session:
            bruno = people.get(session, visitor.world.ids["bruno"])
            bruno.active, bruno.roles = True, ["executive"]


async def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    """HttpOnly, SameSite, only for the dashboard; a strict policy on every page."""
    answer = await visitor.client.post("/dashboard/enter", data={"key": visitor.link("ada")}, allow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/dashboard"))
    assert "Secure" not in cookie  # loopback speaks http; behind TLS it is set: see the next test
    page = await visitor.client.get("/dashboard/")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    text = await page.text()
    assert re.findall("<script[^>]*>", text) == ['<script type="module" src="/dashboard/static/dashboard.js">']
    assert " style=" not in text
    alone = await visitor.client.get("/dashboard/enter?key=x")
    assert "script" not in alone.headers["Content-Security-Policy"]
    assert "<script" not in await alone.text()


async def test_behind_tls_the_cookie_is_secure(world: World) -> None:
    """Where base_url is https."""
    from aiohttp import web  # noqa: PLC0415
    from aiohttp.test_utils import TestClient, TestServer  # noqa: PLC0415

    from bot.web.dashboard import Dashboard  # noqa: PLC0415

    base = world.application.settings
    tls = base.model_copy(update={"web": base.web.model_copy(update={"base_url": "https://outside-in.firm.example"})})
    site = web.Application()
    Dashboard(world.database, tls).add_routes(site)
    reply = world.say("/dashboard", "ada")
    assert isinstance(reply, Card)
    secret = next(block.url for block in reply.blocks if isinstance(block, Link)).partition("?key=")[2]
    async with TestClient(TestServer(site)) as client:
        answer = await client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert "Secure" in answer.headers["Set-Cookie"]


async def test_signing_out_needs_the_pages_own_form(visitor: Visitor) -> None:
    """Another site's post signs nobody out; the page's own does, and the cookie is worthless then."""
    await visitor.sign_in("ada")
    key = await visitor.form_key()
    for forged in ({}, {"form_key": ""}, {"form_key": "x" * 43}):
        assert (await visitor.client.post("/dashboard/leave", data=forged)).status == 403
    assert (await visitor.get("/dashboard/"))[0] == 200
    cookies = {one.key: one.value for one in visitor.client.session.cookie_jar}
    assert (await visitor.client.post("/dashboard/leave", data={"form_key": key})).status == 200
    again = await visitor.client.get("/dashboard/", cookies=cookies)
    assert again.status == 401


async def test_an_executive_sees_their_own_and_the_companys_totals(visitor: Visitor) -> None:
    """No page, no filter and no guessed number shows another's name or figures."""
    ids = visitor.world.ids
    log(visitor.world, "bruno", "Initech: brunos secret")
    await visitor.sign_in("ada")
    for page in PAGES:
        status, text = await visitor.get(f"/dashboard/{page}")
        assert status == 200, page
        for name in ("Bruno Kraus", "Aroha Ngata", "brunos secret", "Initech"):
            assert name not in text, (page, name)
    for path in (
        f"executives/{ids['bruno']}", f"?person={ids['bruno']}", f"customers?person={ids['bruno']}",
        f"commitments?person={ids['bruno']}", "?department=Sales",
    ):  # fmt: skip
        status, text = await visitor.get(f"/dashboard/{path}")
        assert status == 403, path
        assert "you see your own and the company&#39;s totals" in text
        assert "Bruno" not in text
    status, text = await visitor.get(f"/dashboard/executives/{ids['ada']}")
    assert (status, "Acme Corp" in text) == (200, True)


async def test_a_delegate_sees_their_executives_page(visitor: Visitor) -> None:
    """And no other's."""
    await visitor.sign_in("dele")
    ids = visitor.world.ids
    assert (await visitor.get(f"/dashboard/executives/{ids['ada']}"))[0] == 200
    assert (await visitor.get(f"/dashboard/executives/{ids['bruno']}"))[0] == 403


async def test_the_cx_office_sees_everyone(visitor: Visitor) -> None:
    """Every page, every executive; what isn't there says so."""
    log(visitor.world, "bruno", "Initech: hello")
    await visitor.sign_in("cleo")
    ids = visitor.world.ids
    _, text = await visitor.get("/dashboard/executives")
    assert all(name in text for name in ("Ada Lovell", "Bruno Kraus", "Aroha Ngata"))
    assert (await visitor.get(f"/dashboard/executives/{ids['bruno']}"))[0] == 200
    for path, status in (
        ("nothing", 404), ("executives/999999", 404), ("?person=999999", 404), ("?person=x", 404), ("?department=Nowhere", 404),
        ("?first=2026-02-30&last=2026-03-01", 400), ("?first=2026-03-01&last=2026-02-01", 400), ("?quarter=x", 200),
        ("?quarter=999", 200), ("customers?from_row=99999999999", 200), ("customers?from_row=-1", 200), ("executives/99999999999", 404),
    ):  # fmt: skip
        assert (await visitor.get(f"/dashboard/{path}"))[0] == status, path


async def test_what_people_typed_is_only_ever_text(visitor: Visitor) -> None:
    """A name made of markup is shown as it was typed."""
    from bot.domain.engagements.customers import Customer  # noqa: PLC0415

    with visitor.world.database.session() as session:
        session.add(Customer.named("<script>alert(1)</script>", owner_id=visitor.world.ids["ada"]))
    await visitor.sign_in("cleo")
    _, text = await visitor.get("/dashboard/customers")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text


async def test_a_view_can_be_shared(visitor: Visitor) -> None:
    """What is chosen is in the address, and goes along to every other page."""
    await visitor.sign_in("cleo")
    _, text = await visitor.get("/dashboard/coverage?quarter=1")
    assert "July to September 2026" in text
    assert 'href="/dashboard/customers?quarter=1"' in text
    _, text = await visitor.get("/dashboard/?first=2026-11-01&last=2026-11-30")
    assert "November 2026, so far" in text


@pytest.mark.parametrize("change", ["no role", "left", "guest"])
async def test_a_link_opens_nothing_for_somebody_who_has_lost_the_right_since(visitor: Visitor, change: str) -> None:
    """It says the same as one that was used, and makes no session; one that there was ends."""
    await visitor.sign_in("bruno")
    secret = visitor.link("bruno")
    with visitor.world.database.session() as session:
        bruno = people.get(session, visitor.world.ids["bruno"])
        bruno.roles, bruno.active, bruno.guest = [], change != "left", change == "guest"
    status, text = await visitor.get(f"/dashboard/enter?key={secret}")
    assert (status, "doesn't open any more" in text, "Bruno" in text) == (401, True, False)
    answer = await visitor.client.post("/dashboard/enter", data={"key": secret}, allow_redirects=False)
    assert answer.status == 401
    assert "Set-Cookie" not in answer.headers
    assert (await visitor.get("/dashboard/"))[0] == 401
