"""Behind a company's proxy: everything leaves by it, with the company's own certificate authority, and nothing another way.

The names that are called lead nowhere but through the proxy, so that whatever goes another way fails.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from slack_sdk.oauth.token_rotation import TokenRotator
from slack_sdk.web import WebClient
from yarl import URL

from bot.cards import Card
from bot.commands import Platform
from bot.delivery.senders import Destination
from bot.domain.words.suggestions import Question, Suggestion
from bot.platforms import network
from bot.platforms.language_model import LanguageModel
from bot.platforms.slack.platform import build
from bot.platforms.slack.workspaces import rotator
from bot.platforms.teams.auth import Keys
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.tokens import Tokens
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, CLIENT_ID, CLIENT_SECRET, FakeSlack, eventually
from tests.platforms.slack.world import SECRET, FakeDispatcher
from tests.platforms.teams.fake_connector import APP_ID, TENANT, FakeConnector
from tests.platforms.teams.fake_connector import SECRET as TEAMS_SECRET

SLACK, TEAMS = "slack.test.invalid", "teams.test.invalid"


@dataclass
class Proxy:
    """A proxy for CONNECT that knows where those names are, and which it was asked for."""

    places: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    users: set[str] = field(default_factory=set)
    context: ssl.SSLContext | None = None  # what the servers behind it show

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Join a caller with the place it asks for."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split(" ", 2)
        self.asked.append(target)
        self.users |= {line.partition(": ")[2] for line in head.splitlines() if line.lower().startswith("proxy-authorization")}
        host = target.rpartition(":")[0]
        if method != "CONNECT" or host not in self.places:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.places[host])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """An authority of the company's own that vouches for itself under those names: its file, and what servers show."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The company's own")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SLACK), x509.DNSName(TEAMS)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, both = folder / "authority.pem", folder / "server.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both.write_bytes(public.read_bytes() + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)
    return public, context


@pytest.fixture(params=["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
async def proxy(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Proxy]:
    """The proxy and the authority, as the environment says; both platforms behind them."""
    found = Proxy()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    public, found.context = certificate(tmp_path)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", f"http://someone:secret@127.0.0.1:{port}")
    monkeypatch.setenv(request.param, str(public))
    network.trust.cache_clear()
    yield found
    network.trust.cache_clear()
    server.close()
    await server.wait_closed()


@asynccontextmanager
async def behind(proxy: Proxy, host: str, server: TestServer) -> AsyncIterator[None]:
    """A server that only the proxy knows to find, under `host`."""
    await server.start_server(ssl=proxy.context)
    assert server.port is not None
    proxy.places[host] = server.port
    server._root = URL(f"https://{host}")
    try:
        yield
    finally:
        await server.close()


async def test_all_that_goes_to_slack_goes_by_the_proxy(proxy: Proxy) -> None:
    """Messages, answers to a response_url, the socket and the commands over it."""
    slack, dispatcher = FakeSlack(), FakeDispatcher()
    async with behind(proxy, SLACK, slack.server):
        platform = build(dispatcher, bot_token=BOT_TOKEN, signing_secret=SECRET, app_token=APP_TOKEN, base_url=slack.url)  # type: ignore[arg-type]
        await platform.start_socket_mode()
        await eventually(lambda: platform.connection.up)
        sent = await platform.sender.send(Destination(Platform.SLACK, "U1", "ann@acme.example"), Card(title="Hello"), "1")
        assert sent.message_id
        command = {"command": "/customer", "text": "x", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
        command |= {"trigger_id": slack.trigger(), "response_url": slack.response_url("r")}
        await slack.over_socket("slash_commands", command)
        await slack.answers("r")
        await platform.close()
    assert set(proxy.asked) == {f"{SLACK}:443"}
    assert len(proxy.asked) >= 2, "the socket has a connection of its own"
    assert len(proxy.users) == 1, "the proxy's own password goes to the proxy"


async def test_tokens_are_exchanged_by_the_proxy(proxy: Proxy) -> None:
    """What many workspaces' tokens are exchanged with is another client of the SDK's, on a thread."""
    slack = FakeSlack()
    slack.codes["refresh"] = {"access_token": "xoxb-new", "refresh_token": "r2", "expires_in": 3600, "team": {"id": "T1"}}
    async with behind(proxy, SLACK, slack.server):
        made: TokenRotator = rotator(CLIENT_ID, CLIENT_SECRET, slack.url)
        assert isinstance(made.client, WebClient)
        exchange = partial(
            made.client.oauth_v2_access,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            grant_type="refresh_token",
            refresh_token="refresh",
        )
        answer = await asyncio.to_thread(exchange)
        assert answer["access_token"] == "xoxb-new"
    assert set(proxy.asked) == {f"{SLACK}:443"}


async def test_all_that_goes_to_microsoft_goes_by_the_proxy(proxy: Proxy) -> None:
    """The bot's token, the keys that requests are checked with, and messages."""
    teams = FakeConnector()
    async with behind(proxy, TEAMS, teams.server):
        session = Session()
        tokens = Tokens(session, app_id=APP_ID, secret=TEAMS_SECRET, certificate=None, url=teams.token_url)
        assert await tokens.get()
        assert await Keys(session, teams.openid_url).find("key-1")
        to = Reference(teams.service, "a:personal", TENANT, f"28:{APP_ID}", "29:1")
        assert await Connector(session, tokens).send(to, {"type": "message", "text": "hello"})
        await session.close()
    assert set(proxy.asked) == {f"{TEAMS}:443"}


async def test_what_no_proxy_names_is_called_directly(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_PROXY goes before: then the name leads nowhere, and the proxy isn't asked. A socket's address is meant as its page's is."""
    monkeypatch.setenv("NO_PROXY", ".test.invalid")
    session = network.session(aiohttp.ClientTimeout(total=5))
    with pytest.raises(aiohttp.ClientConnectorError):
        await session.get(f"https://{SLACK}/api/auth.test")
    await session.close()
    assert proxy.asked == []
    assert network.proxy_for(URL(f"wss://{SLACK}/")) is None
    assert network.proxy_for(URL("wss://elsewhere.invalid/")) is not None
    assert network.proxy_for(URL("http://elsewhere.invalid/")) is None, "HTTPS_PROXY is for what is encrypted"


async def test_a_language_model_is_asked_by_the_proxy(proxy: Proxy) -> None:
    """With the company's own authority, and not at all where the proxy lets nobody through."""

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"choices": [{"message": {"content": '{"customer": "Acme"}'}}]})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    question = Question("acme", ("Acme",))
    async with behind(proxy, SLACK, TestServer(app)):
        assert await LanguageModel(f"https://{SLACK}/v1", "tiny").ask(question) == Suggestion("tiny", "Acme")
    assert proxy.asked == [f"{SLACK}:443"]
    assert await LanguageModel(f"https://{TEAMS}/v1", "tiny").ask(question) is None


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"HTTPS_PROXY": "socks5://secret@proxy:1080"}, "HTTPS_PROXY doesn't hold"),
        ({"https_proxy": "http://secret@proxy"}, ""),
        ({"HTTP_PROXY": "http://:secret@:::"}, "HTTP_PROXY doesn't hold"),
        ({"HTTPS_PROXY": "proxy.firm.example:3128"}, ""),
        ({"SSL_CERT_FILE": "/nowhere/secret.pem"}, "SSL_CERT_FILE names"),
        ({"REQUESTS_CA_BUNDLE": __file__}, "REQUESTS_CA_BUNDLE names"),
        ({}, ""),
    ],
)
def test_what_cannot_be_right_is_said(environ: dict[str, str], words: str) -> None:
    """By the variable's name; its value may hold a password and isn't repeated."""
    told = "\n".join(network.problems(environ))
    assert told.startswith(words)
    assert bool(told) is bool(words)
    assert "secret@" not in told
