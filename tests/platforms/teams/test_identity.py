"""The bot as a managed identity: its token comes from the machine it runs on, asked for as Azure's documentation says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.delivery.senders import Refused, RetryLater
from bot.platforms.teams.connector import Session
from bot.platforms.teams.identity import ManagedIdentity
from bot.platforms.teams.live import ask
from bot.platforms.teams.tokens import Tokens
from bot.settings import Platforms, TeamsSettings

APP_ID = "0f0e0d0c-1111-2222-3333-444455556666"
ENVIRON = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": APP_ID}
TEAMS = Platforms(teams=TeamsSettings(managed_identity=True))
NAMES = ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET")


class Azure:
    """The endpoint an App Service and a virtual machine have, on loopback."""

    def __init__(self) -> None:
        self.status = 400
        self.answer: dict[str, Any] = {"access_token": "token-1", "expires_on": "4102444800", "expires_in": "3600"}
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        site = web.Application()
        site.router.add_get("/{path:.*}", self._token)
        self.server = TestServer(site)

    async def _token(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, dict(request.query), dict(request.headers)))
        return web.json_response(self.answer, status=200 if "access_token" in self.answer else self.status)


@pytest.fixture
async def azure(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Azure]:
    """A machine of Azure's: an App Service, unless a test says otherwise."""
    azure = Azure()
    await azure.server.start_server()
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(azure.server.make_url("/msi/token")))
    monkeypatch.setenv("IDENTITY_HEADER", "the-machine")
    yield azure
    await azure.server.close()


async def tokens() -> str:
    """The bot's token."""
    session = Session()
    try:
        identity = ManagedIdentity(APP_ID)
        made = Tokens(session, app_id=APP_ID, secret="", certificate=None, url="http://127.0.0.1:9/", identity=identity)
        first = await made.get()
        assert await made.get() == first, "it is kept"
        return first
    finally:
        await session.close()


async def test_on_an_app_service(azure: Azure) -> None:
    """Asked once, for the connector, as the identity whose client id is the bot's; the machine's own header proves who asks."""
    assert await tokens() == "token-1"
    ((path, query, headers),) = azure.asked
    assert path == "/msi/token"
    assert query == {"api-version": "2019-08-01", "resource": "https://api.botframework.com", "client_id": APP_ID}
    assert headers["X-IDENTITY-HEADER"] == "the-machine"


async def test_on_a_virtual_machine(azure: Azure, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance's own metadata service."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", str(azure.server.make_url("/")).rstrip("/"))
    assert await tokens() == "token-1"
    ((path, query, headers),) = azure.asked
    assert path == "/metadata/identity/oauth2/token"
    assert query == {"api-version": "2018-02-01", "resource": "https://api.botframework.com", "client_id": APP_ID}
    assert headers["Metadata"] == "true"


async def test_an_identity_that_is_not_assigned(azure: Azure) -> None:
    """Azure says no: the bot is refused, and `check --live` says where to assign it."""
    azure.answer = {"error": "invalid_request", "error_description": "Identity not found", "statusCode": 400, "message": "no such"}
    with pytest.raises(Refused, match="no token"):
        await tokens()
    found, wrong = await ask(TEAMS, ENVIRON)
    assert found == []
    assert "assigned to this machine" in wrong[0]
    assert "TEAMS_APP_ID" in wrong[0]


@pytest.mark.parametrize("status", [404, 410, 429, 503])
async def test_an_endpoint_that_is_busy(azure: Azure, status: int) -> None:
    """Being updated, or asked too often: tried again later, nothing is paused."""
    azure.answer, azure.status = {"error": "invalid_request", "error_description": "Temporarily throttled"}, status
    with pytest.raises(RetryLater):
        await tokens()


async def test_a_machine_that_is_not_azures(azure: Azure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: tried again later, and `check --live` asks whether it runs on Azure."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:9/msi/token")
    with pytest.raises(RetryLater, match="doesn't answer"):
        await tokens()
    assert "does it run on Azure?" in (await ask(TEAMS, ENVIRON))[1][0]


async def test_check_says_that_it_works(azure: Azure) -> None:
    """With the identity assigned, nothing is wrong."""
    found, wrong = await ask(TEAMS, ENVIRON)
    assert wrong == []
    assert "gives the bot its token" in found[0]
