"""Microsoft's other clouds, and where Teams is after a restart."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from bot.cards import Card
from bot.delivery.senders import RetryLater
from bot.domain.access import accounts
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.platforms.teams.auth import Denied, Keys, RequestAuthenticator
from bot.platforms.teams.clouds import CLOUDS
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.platform import Credentials, build
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.refusals import unreached
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Tokens
from bot.settings import SettingsError, TeamsSettings, parse
from tests.conftest import NOW, World
from tests.places import COMPANY, DOCS
from tests.platforms.teams.fake_connector import APP_ID, KEY, SECRET, TENANT, FakeConnector
from tests.platforms.teams.world import FakeDispatcher

CHANNEL = "19:channel@thread.tacv2"


@pytest.mark.parametrize(
    ("cloud", "login", "signer", "graph", "service"),
    [
        ("commercial", "login.microsoftonline.com", "api.botframework.com", "graph.microsoft.com", "smba.trafficmanager.net"),
        ("gcc", "login.microsoftonline.com", "api.botframework.com", "graph.microsoft.com", "smba.infra.gcc.teams.microsoft.com"),
        ("gcc_high", "login.microsoftonline.us", "api.botframework.us", "graph.microsoft.us", "smba.infra.gov.teams.microsoft.us"),
        ("dod", "login.microsoftonline.us", "api.botframework.us", "dod-graph.microsoft.us", "smba.infra.dod.teams.microsoft.us"),
        ("china", "login.partner.microsoftonline.cn", "api.botframework.azure.cn", "microsoftgraph.chinacloudapi.cn", ""),
    ],
)
def test_each_cloud_has_its_own_addresses(cloud: str, login: str, signer: str, graph: str, service: str) -> None:
    """What app.yaml names is what the platform is made of: where it signs in, who signs, what its tokens are for, where Teams is."""
    text = COMPANY.read_text(encoding="utf-8") + f"platforms: {{teams: {{cloud: {cloud}}}}}\n"
    names = parse(text).platforms.teams
    assert names is not None
    platform = build(FakeDispatcher(), Credentials(APP_ID, TENANT, SECRET), catalog_app_id="an-app", names=names)  # type: ignore[arg-type]
    bot, installer = platform._tokens, platform.sender._installer
    assert installer is not None
    assert bot._url == f"https://{login}/{TENANT}/oauth2/v2.0/token"
    assert bot._scope == f"https://{signer}/.default"
    assert (installer._tokens._scope, installer._graph) == (f"https://{graph}/.default", f"https://{graph}/v1.0")
    assert installer._tokens._url == bot._url
    home = platform.sender._home
    assert (home.service if home else "") == (f"https://{service}/teams/" if service else "")
    gate = platform._gate
    assert isinstance(gate, RequestAuthenticator)
    assert gate._issuer == f"https://{signer}"
    assert gate._keys._url == CLOUDS[cloud].openid
    assert platform.tab is not None
    assert platform.tab._keys._url == f"https://{login}/{TENANT}/v2.0/.well-known/openid-configuration"


def test_an_unknown_cloud_is_refused() -> None:
    """With those there are."""
    text = COMPANY.read_text(encoding="utf-8") + "platforms: {teams: {cloud: gov}}\n"
    with pytest.raises(SettingsError, match="gcc_high"):
        parse(text)


async def test_another_clouds_token_is_not_let_in() -> None:
    """A request signed as in the commercial cloud is none of a government's."""
    teams, session = FakeConnector(), Session()
    await teams.server.start_server()
    gate = RequestAuthenticator(Keys(session, teams.openid_url), app_id=APP_ID, tenant_id=TENANT, issuer=CLOUDS["gcc_high"].issuer)
    own, other = (KEY.token(teams.service, iss=f"https://{signer}") for signer in ("api.botframework.us", "api.botframework.com"))
    assert (await gate.verify(own)).claims["iss"] == "https://api.botframework.us"
    with pytest.raises(Denied, match="doesn't hold"):
        await gate.verify(other)
    await session.close()
    await teams.server.close()


def test_who_cannot_be_reached_is_named_by_its_own_address() -> None:
    """The firewall must let that one through."""
    assert "login.microsoftonline.us on port 443" in unreached(RetryLater(None, "no connection"), TeamsSettings(cloud="dod"))


async def test_a_restart_remembers_where_teams_is(world: World) -> None:
    """A channel is written to at the service that the newest kept conversation names, before anybody writes or is written to."""
    teams = FakeConnector()
    await teams.server.start_server()
    here = Reference(teams.service, "a:personal", TENANT, f"28:{APP_ID}", "29:ada").packed()
    elsewhere = Reference("https://elsewhere.invalid/", "a:1", TENANT, f"28:{APP_ID}", "29:b").packed()
    with world.database.session() as session:
        for name, tenant, conversation, seen in (
            ("ada", TENANT, "{can't be read", 9),
            ("bruno", TENANT, here, 8),
            ("emil", TENANT, elsewhere, 7),
            ("dele", "another", elsewhere, 10),
        ):
            people.get(session, world.ids[name]).link(
                Platform.TEAMS, tenant, f"aad-{name}", NOW.replace(hour=seen)
            ).conversation = conversation

    def remembered() -> list[str]:
        with world.database.session() as session:
            return accounts.conversations(session, Platform.TEAMS, TENANT.upper())

    outgoing = Session()
    tokens = Tokens(outgoing, app_id=APP_ID, secret=SECRET, certificate=None, url=teams.token_url)
    sender = TeamsSender(Connector(outgoing, tokens), None, remembered=remembered)
    teams.conversations.add(CHANNEL)
    assert (await sender.post(CHANNEL, Card(title="Hello"), "1")).message_id
    assert await sender.members(CHANNEL) == []
    await outgoing.close()
    await teams.server.close()


def test_the_documentation_names_every_host() -> None:
    """Of each cloud, for the firewall."""
    text = (DOCS / "network.md").read_text(encoding="utf-8")
    for name, cloud in CLOUDS.items():
        rows = [line for line in text.splitlines() if line.startswith("| Teams")]
        row = rows[0] if name == "commercial" else next(line for line in rows if f"`cloud: {name}`" in line)
        shown = row if name != "gcc" else row + rows[0]
        for address in filter(None, (cloud.login, cloud.openid, cloud.graph, cloud.service)):
            assert f"`{urlsplit(address).netloc}`" in shown
