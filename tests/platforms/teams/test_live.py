"""What `check --live` finds out from Entra, against a token endpoint on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import jwt
import pytest
from aiohttp import web

from bot.platforms.teams.live import ask, permissions
from bot.platforms.teams.package import GRAPH_PERMISSIONS
from bot.settings import Platforms, SettingsError, TeamsSettings
from tests.platforms.teams.fake_connector import APP_ID, SECRET, TENANT, FakeConnector

ENVIRON = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": TENANT, "TEAMS_APP_PASSWORD": SECRET}
TEAMS = Platforms(teams=TeamsSettings())
INSTALLING = Platforms(teams=TeamsSettings(catalog_app_id="an-id-in-the-catalog"))
TRACE = "Trace ID: 0d1b Correlation ID: 77a Timestamp: 2026-11-25 09:30:00Z"


@pytest.fixture
async def entra() -> AsyncIterator[FakeConnector]:
    """A token endpoint that knows the bot's secret."""
    entra = FakeConnector()
    await entra.server.start_server()
    yield entra
    await entra.server.close()


def refusal(code: str, words: str) -> web.Response:
    """Entra's answer to what it refuses."""
    described = {"error": "invalid_client", "error_description": f"AADSTS{code}: {words} {TRACE}"}
    return web.json_response(described, status=401)


def graph_token(*roles: str) -> web.Response:
    """A token of Graph's with these application permissions."""
    token = jwt.encode({"aud": "https://graph.microsoft.com", "roles": list(roles)}, "k" * 32, algorithm="HS256")
    return web.json_response({"access_token": token, "expires_in": 3_600})


def bot_token() -> web.Response:
    """The bot's own token."""
    return web.json_response({"access_token": "token", "expires_in": 3_600})


async def test_entra_gives_the_bot_its_token(entra: FakeConnector) -> None:
    """The secret goes to the endpoint for the Bot Framework's scope; what can't be asked is told."""
    found, wrong = await ask(TEAMS, ENVIRON, entra.token_url)
    assert wrong == []
    assert "Entra gives the bot its token" in found[0]
    assert "/api/messages" in found[0]
    (request,) = entra.token_requests
    assert (request["scope"], request["client_id"]) == ("https://api.botframework.com/.default", APP_ID)


@pytest.mark.parametrize(
    ("code", "next_step"),
    [
        ("7000215", "TEAMS_APP_PASSWORD isn't the secret. Copy the secret's Value, not its Secret ID"),
        ("7000222", "the secret in TEAMS_APP_PASSWORD has ended. Make a new one"),
        ("700016", "the tenant in TEAMS_TENANT_ID doesn't know the application in TEAMS_APP_ID"),
        ("90002", "there is no tenant with the id in TEAMS_TENANT_ID"),
        ("7000112", "Switch it on"),
        ("99999", "Look the code up at https://login.microsoftonline.com/error"),
    ],
)
async def test_what_entra_refuses_is_told_with_what_to_do(entra: FakeConnector, code: str, next_step: str) -> None:
    """The variable is named, Entra's own words follow without their trace, and no secret is repeated."""
    entra.token_script = [refusal(code, "What Entra says of it.")]
    found, (line,) = await ask(TEAMS, ENVIRON, entra.token_url)
    assert found == []
    assert next_step in line
    assert line.endswith(f"It says: AADSTS{code}: What Entra says of it.")
    assert SECRET not in line


async def test_a_refusal_without_a_code(entra: FakeConnector) -> None:
    """All three variables are to be compared."""
    _, (line,) = await ask(TEAMS, {**ENVIRON, "TEAMS_APP_PASSWORD": "another secret"}, entra.token_url)
    assert all(name in line for name in ENVIRON)
    assert "invalid_client" in line
    assert "another secret" not in line


async def test_an_entra_that_is_not_reached(entra: FakeConnector) -> None:
    """What to let through is said; nothing is known of the secret then."""
    entra.token_script = [web.Response(status=503)]
    _, (busy,) = await ask(TEAMS, ENVIRON, entra.token_url)
    _, (away,) = await ask(TEAMS, ENVIRON, "http://127.0.0.1:1/token")
    assert all("login.microsoftonline.com on port 443" in line for line in (busy, away))


async def test_the_permission_to_install_itself_is_looked_for(entra: FakeConnector) -> None:
    """With a catalog id, Graph's token must carry it: a line that says where to add it when it doesn't."""
    entra.token_script = [bot_token(), graph_token(*GRAPH_PERMISSIONS)]
    found, wrong = await ask(INSTALLING, ENVIRON, entra.token_url)
    assert wrong == []
    assert "may install itself" in found[1]
    entra.token_script = [bot_token(), graph_token("User.Read.All")]
    _, (line,) = await ask(INSTALLING, ENVIRON, entra.token_url)
    assert "TeamsAppInstallation.ReadWriteSelfForUser.All is missing" in line
    assert "grant admin consent" in line
    assert entra.token_requests[1]["scope"] == "https://graph.microsoft.com/.default"


async def test_graph_may_refuse_or_be_away(entra: FakeConnector) -> None:
    """That the bot has its token stays told."""
    for refused in (refusal("7000215", "No."), web.Response(status=500)):
        entra.token_script = [bot_token(), refused]
        found, wrong = await ask(INSTALLING, ENVIRON, entra.token_url)
        assert (len(found), len(wrong)) == (1, 1)


async def test_a_token_that_shows_nothing(entra: FakeConnector) -> None:
    """Nobody promises that Graph's tokens can be read: then it's said that this one can't."""
    found, wrong = await ask(INSTALLING, ENVIRON, entra.token_url)
    assert permissions("no token at all") is None
    assert "doesn't show its permissions" in found[1]
    assert wrong == []


async def test_a_certificate_that_is_none(entra: FakeConnector, tmp_path: Path) -> None:
    """The variable that names it is told, and nothing of the file."""
    file = tmp_path / "bot.pem"
    file.write_text("not a certificate", encoding="utf-8")
    platforms = Platforms(teams=TeamsSettings(certificate_env="TEAMS_CERTIFICATE"))
    _, (line,) = await ask(platforms, ENVIRON | {"TEAMS_CERTIFICATE": str(file)}, entra.token_url)
    assert "the certificate that TEAMS_CERTIFICATE names can't be read" in line
    assert entra.token_requests == []


async def test_the_playground_needs_no_token(entra: FakeConnector) -> None:
    """Nobody is asked."""
    found, wrong = await ask(Platforms(teams=TeamsSettings(playground=True)), {}, entra.token_url)
    assert wrong == []
    assert "Playground" in found[0]
    assert entra.token_requests == []


async def test_a_variable_that_is_not_set(entra: FakeConnector) -> None:
    """The settings' own words."""
    with pytest.raises(SettingsError, match="TEAMS_APP_PASSWORD is not set"):
        await ask(TEAMS, {**ENVIRON, "TEAMS_APP_PASSWORD": ""}, entra.token_url)
