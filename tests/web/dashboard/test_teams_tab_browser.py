"""The tab as Teams shows it: Microsoft's own library in Chromium, in a frame of a page that stands in for Teams, over TLS, sites apart."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.async_api import FrameLocator, Page, async_playwright, expect

from bot.web.dashboard.teams import INTEGRITY, LIBRARY
from tests.conftest import World
from tests.places import CLIENTS
from tests.processes import free_port
from tests.test_browser import CHROMIUM, FLAGS
from tests.web.dashboard.test_teams_tab import met, tabbed, token

TEAMS_JS = CLIENTS / "@microsoft" / "teams-js" / "dist" / "umd" / "MicrosoftTeams.min.js"
BOT, TEAMS, CDN = "outside-in.firm.example", "teams.microsoft.com", "res.cdn.office.net"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the tab in a browser needs Chromium: apt-get install chromium"),
    pytest.mark.skipif(not TEAMS_JS.exists(), reason="the tab needs Microsoft's library: npm ci --prefix tests/clients"),
]

# What Teams answers its library; the shapes are those the library itself sends and reads.
HOST = """<!doctype html><title>Teams</title><iframe src="https://BOT/dashboard/teams" width="1000" height="700"></iframe>
<script>
const answers = {"initialize": ["content", "web", JSON.stringify({apiVersion: 1, supports: {}}), "2.0.1"], "authentication.getAuthToken": ANSWER};
addEventListener("message", ({data, source, origin}) => {
  if (data.func in answers) source.postMessage({id: data.id, uuidAsString: data.uuidAsString, args: answers[data.func]}, origin);
});
</script>"""


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate nobody vouches for, which the test's browser is told to take."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, BOT)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName(one) for one in (BOT, TEAMS, CDN)])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    file = folder / "tls.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


class Client:
    """Teams with the bot's tab in it."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints
        self.answer: list[object] = [True, token()]

    async def open(self) -> FrameLocator:
        """Open the tab."""
        await self.page.goto(f"https://{TEAMS}/")
        return self.page.frame_locator("iframe")


@pytest.fixture
async def teams(world: World, tmp_path: Path) -> AsyncIterator[Client]:
    """Chromium at a stand-in for Teams; Ada has written to the bot there."""
    met(world, "ada")

    async def host(_request: web.Request) -> web.Response:
        text = HOST.replace("BOT", BOT).replace("ANSWER", json.dumps(client.answer))
        return web.Response(text=text, content_type="text/html")

    async def library(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(TEAMS_JS, headers={"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"})

    teams_site, cdn = web.Application(), web.Application()

    async def domains(_request: web.Request) -> web.Response:
        return web.json_response({"validOrigins": [TEAMS]}, headers={"Access-Control-Allow-Origin": "*"})

    async def nothing(_request: web.Request) -> web.Response:
        return web.Response(text="")

    teams_site.router.add_get("/", host)
    teams_site.router.add_get("/favicon.ico", nothing)
    cdn.router.add_get("/nothing", nothing)
    cdn.router.add_get("/teams-js/validDomains/json/validDomains.json", domains)
    cdn.router.add_get(LIBRARY.removeprefix(f"https://{CDN}"), library)
    async with tabbed(world) as bot:
        site = web.Application()
        for name, one in ((BOT, bot), (TEAMS, teams_site), (CDN, cdn)):
            site.add_domain(name, one)
        port = free_port()
        server = TestServer(site, scheme="https", port=port)
        await server.start_server(ssl=certificate(tmp_path))
        rules = ",".join(f"MAP {name} 127.0.0.1:{port}" for name in (BOT, TEAMS, CDN))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=[*FLAGS.split(), f"--host-resolver-rules={rules}"]
            )
            page = await browser.new_page(ignore_https_errors=True, viewport={"width": 1040, "height": 740})
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("requestfailed", lambda request: complaints.append(f"{request.url} {request.failure}"))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            client = Client(page, complaints)
            yield client
            await browser.close()
        await server.close()


def test_the_hash_is_the_librarys() -> None:
    """What the page lets run is what Microsoft published under that version."""
    digest = base64.b64encode(hashlib.sha384(TEAMS_JS.read_bytes()).digest()).decode()
    assert f"sha384-{digest}" == INTEGRITY
    version = json.loads((TEAMS_JS.parents[2] / "package.json").read_text(encoding="utf-8"))["version"]
    assert f"/{version}/" in LIBRARY


async def test_an_executive_opens_the_tab_and_walks_around(teams: Client) -> None:
    """Nothing to press: the company's figures, then another page, in the frame, with the session kept from click to click."""
    frame = await teams.open()
    await expect(frame.get_by_text("Signed in as Ada Lovell")).to_be_visible()
    await frame.get_by_role("link", name="Customers").click()
    await expect(frame.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    if folder := os.environ.get("SCREENSHOTS"):
        await teams.page.screenshot(path=Path(folder) / "teams-tab.png")
    assert teams.complaints == []


async def test_where_teams_gives_no_token_the_reason_is_shown(teams: Client) -> None:
    """Such as consent that nobody has given yet."""
    teams.answer = [False, "resourceRequiresConsent"]
    frame = await teams.open()
    await expect(frame.get_by_role("heading", name="Teams' word for you was not accepted")).to_be_visible()
    await expect(frame.get_by_text("resourceRequiresConsent")).to_be_visible()


async def test_a_stranger_is_told_to_say_hello(teams: Client) -> None:
    """In words, with what to do."""
    teams.answer = [True, token("oid-stranger")]
    frame = await teams.open()
    await expect(frame.get_by_role("heading", name="We haven't met yet")).to_be_visible()


async def test_no_other_site_can_frame_it(teams: Client) -> None:
    """The browser itself refuses."""
    await teams.page.goto(f"https://{CDN}/nothing")
    await teams.page.set_content(f'<iframe src="https://{BOT}/dashboard/teams"></iframe>')
    await expect(teams.page.frame_locator("iframe").get_by_text("Opening the dashboard")).to_have_count(0)
    assert any("frame-ancestors" in one for one in teams.complaints)


async def test_in_a_browser_of_its_own_it_says_where_it_belongs(teams: Client) -> None:
    """Somebody follows the tab's address."""
    await teams.page.goto(f"https://{BOT}/dashboard/teams")
    await expect(teams.page.get_by_role("heading", name="This page is a tab of Teams")).to_be_visible()
