"""Every address of the web server is sent what nobody should send: each answer says so, and none is a fault of ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestServer
from cryptography.fernet import Fernet
from structlog.typing import EventDict

from bot.app import _add_platforms
from bot.commands import Sender
from bot.domain.access import api_tokens, sign_ins
from bot.domain.people.people import by_email
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.oauth import Installer
from bot.platforms.slack.workspaces import AppKeys, ManyWorkspaces, TokenCipher
from bot.process import probes
from bot.process.worker import worker_app
from bot.web.api import Api
from bot.web.dashboard import Dashboard, TeamsTab
from bot.web.server import web_application
from tests.conftest import Life

NOWHERE = "http://127.0.0.1:9/"


@dataclass
class Raw:
    """A server, written to byte by byte: no client's good manners."""

    host: str
    port: int
    routes: list[tuple[str, str]]
    token: str
    cookie: str

    async def ask(self, method: str, path: str, headers: list[tuple[str, bytes]], body: bytes = b"") -> int:
        """The status of the answer to a request."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        named = {name.lower() for name, _ in headers}
        lines = [f"{method} {path} HTTP/1.1".encode()]
        lines += [] if "host" in named else [f"Host: {self.host}:{self.port}".encode()]
        lines += [f"{name}: ".encode() + value for name, value in headers]
        lines += [f"Content-Length: {len(body)}".encode(), b"Connection: close"]
        try:
            writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
            answer = await asyncio.wait_for(reader.readline(), 20)
        finally:
            writer.close()
        assert answer, (method, path, "no answer")
        return int(answer.split()[1])


async def known(_token: str) -> Sender | None:
    """Nobody's token holds."""
    return None


@pytest.fixture
async def raw(life: Life) -> AsyncIterator[Raw]:
    """Everything that is served, the console included; with an executive's session and a token for the API."""
    application, database = life.world.application, life.world.database
    async with AsyncExitStack() as stack:
        worker = worker_app(database)
        await stack.enter_async_context(worker.open_async())
        site = web_application()
        probes.add_routes(site, database)
        Dashboard(database, application.settings).add_routes(site)
        TeamsTab(database, application.settings, known).add_routes(site)
        Api(database, application.settings).add_routes(site)
        keys = AppKeys("1.2", "x")
        many = ManyWorkspaces(database, TokenCipher(Fernet.generate_key().decode()), keys, NOWHERE)
        Installer(database, many, SlackClient("", NOWHERE), keys, "http://127.0.0.1").add_routes(site)
        await _add_platforms(application, {}, site, worker, stack)
        server = await stack.enter_async_context(TestServer(site))
        with database.session() as session:
            ada = by_email(session, "ada@firm.example")
            assert ada is not None
            cookie = sign_ins.begin(session, ada.key, database.clock())
            _, token = api_tokens.make(session, "garbage", 1, database.clock())
        routes = [(one.method, one.resource.canonical) for one in site.router.routes() if one.resource is not None]
        yield Raw(str(server.host), int(server.port or 0), sorted(set(routes)), token, cookie)


DEEP, LONG = b"[" * 60_000, b'{"as": ' + b"9" * 5_000 + b"}"
JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"
BODIES = {
    "nothing": (JSON, b""),
    "deep JSON": (JSON, DEEP),
    "deep JSON inside": (JSON, b'{"as": ' + DEEP),
    "a number of 5,000 digits": (JSON, LONG),
    "no UTF-8": (JSON, b'{"as": "\xff"}'),
    "half a surrogate pair": (JSON, b'{"as": "\\ud800", "to": "\\ud800", "event_id": "\\ud800xxxxxxx", "text": "\\ud800"}'),
    "a null byte": (JSON, b'{"as": "\\u0000", "event_id": "xxxxxxxx\\u0000", "text": "\\u0000"}'),
    "not a number": (JSON, b'{"as": NaN, "to": Infinity}'),
    "nulls": (JSON, b'{"as": null, "event_id": null, "text": null, "answers": null, "args": null}'),
    "a list": (JSON, b"[]"),
    "an odd charset": (b"application/json; charset=nonsense", b"{}"),
    "a form with an odd charset": (FORM + b"; charset=nonsense", b"key=x&form_key=x"),
    "a form with bad escapes": (FORM, b"key=%ff%fe%zz%&form_key=%00"),
    "a form with a name twice": (FORM, b"key=a&key=b&form_key=a&form_key=b"),
    "a form of nothing": (FORM, b"a&" * 8_000),
    "a form too long": (FORM, b"key=" + b"x" * 900_000),
    "several parts": (b"multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=key\r\n\r\nx\r\n--x--\r\n"),
    "parts without a boundary": (b"multipart/form-data", b"x"),
    "no content type": (b"", b"x"),
    "an odd content type": (b"a/b/c;;;=\xff", b"x"),
}
QUERIES = (
    *(
        "%00",
        "%ff",
        "%",
        "%zz",
        "a=%00&a=%ff",
        "=&=&&",
        "&" * 3_000,
        "a" * 6_000,
        "first=2026-01-01&first=x&last=%00",
        "\xff",
        "+",
        "a[]=1",
    ),
    *(
        "limit=" + "9" * 5_000,
        "person=%00",
        "department=%00",
        "scope=person:%00",
        "scope=department:%00",
        "scope=%ff",
        "key=%00",
        "key=%ff",
    ),
    *(
        "tier=%00",
        "segment=%00&tier=key",
        "from_row=%00",
        "quarter=" + "9" * 4_000,
        "first=%00&last=%00",
        "code=%00&state=%00",
        "as=%00&q=%00",
    ),
    *(
        "after=" + "9" * 20,
        "first=0000-00-00&last=9999-99-99",
        "first=9999-12-31&last=9999-12-31",
        "first=0001-01-01&last=0001-01-01",
    ),
    *("find=%00", "source=%00&as=ada@firm.example", "as=ada@firm.example&key=%00", "as=ada@firm.example&source=customers&q=%00%ff"),
)
HEADERS = (
    ("Authorization", b"Bearer \xff"),
    ("Authorization", b"Bearer " + b"x" * 6_000),
    ("Authorization", b"Bearer a.b.c"),
    ("Authorization", b"Bearer \xc3\xa9.\xff.."),
    ("Authorization", b"\xff"),
    ("Cookie", b"outside_in=\xff; outside_in_teams=\xff; slack_install=\xff"),
    ("Cookie", b"=;;;=\x01"),
    ("Cookie", b"outside_in=" + b"x" * 6_000),
    ("Host", b"\xff"),
    ("Host", b""),
    ("Host", b"["),
    ("Origin", b"http://["),
    ("Origin", b"\xff"),
    ("Sec-Fetch-Site", b"\xff"),
    ("Content-Type", b"\xff"),
    ("X-Long", b"x" * 60_000),
    ("Range", b"bytes=9-1"),
    ("Last-Event-ID", b"\xff"),
    ("If-None-Match", b"\xff"),
    ("Expect", b"nonsense"),
    ("Content-Encoding", b"gzip"),
    ("Content-Encoding", b"nonsense"),
)
PATHS = (
    *(
        "/%00",
        "/%ff",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/dashboard/static/../../site.py",
        "/dashboard/%00",
        "/dashboard/%ff",
        "/api/%00",
    ),
    *(
        "/api/static/%00",
        "/dashboard/static/%00",
        "/static/console/%00",
        "//",
        "/" + "x" * 7_000,
        "/dashboard/executives/" + "9" * 5_000,
    ),
)


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture, logged: list[EventDict]) -> Iterator[None]:
    """Nothing that is sent ends up as a fault in the log."""
    yield
    faults = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR or one.exc_info]
    assert faults == []
    assert [one for one in logged if one["log_level"] in {"error", "critical"} or one.get("exc_info")] == []


def addresses(raw: Raw) -> list[tuple[str, str]]:
    """Every route, with something in the place of what it takes."""
    paths = {
        (method, path.replace("{page}", "executives/1").replace("{rest}", "x").replace("{filename}", "x"))
        for method, path in raw.routes
    }
    assert len(paths) > 30, paths
    # The event stream stays open: it is asked in the console's own tests.
    return sorted((("GET" if method == "*" else method), path) for method, path in paths if path != "/events")


@pytest.mark.usefixtures("quiet")
async def test_odd_bodies_everywhere(raw: Raw) -> None:
    """Whatever the body, of whatever kind it says it is: no 500."""
    wrong = []
    for _, path in addresses(raw):
        for name, (kind, body) in BODIES.items():
            status = await raw.ask("POST", path, [("Content-Type", kind)], body)
            if status >= 500:
                wrong.append((path, name, status))
    assert wrong == []


@pytest.mark.usefixtures("quiet")
async def test_odd_addresses_and_headers_everywhere(raw: Raw) -> None:
    """Whatever stands in the query and the headers, also for who is signed in: no 500, and no way in."""
    wrong: list[object] = []
    signed = [("Cookie", f"outside_in={raw.cookie}".encode()), ("Authorization", f"Bearer {raw.token}".encode())]
    for method, path in addresses(raw):
        for query in QUERIES:
            written = f"{path}?{query}"
            for headers in ([], signed):
                status = await raw.ask(method, written, headers)
                if status >= 500:
                    wrong.append((method, written[:80], bool(headers), status))
        for header in HEADERS:
            status = await raw.ask(method, path, [header])
            if status >= 500 or (path.startswith(("/api/v1", "/dashboard/{")) and status < 400):
                wrong.append((method, path, header, status))
    assert wrong == []


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "X" * 200])
async def test_odd_methods_everywhere(raw: Raw, method: str) -> None:
    """Nothing answers a method it doesn't know as if it did."""
    wrong = []
    for _, path in addresses(raw):
        status = await raw.ask(method, path, [])
        if status >= 500 or (status < 400 and method != "HEAD" and not path.startswith("/healthz")):
            wrong.append((path, status))
    assert wrong == []


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("path", PATHS)
async def test_odd_paths(raw: Raw, path: str) -> None:
    """Escapes that are none, null bytes and ways out of a folder are 4xx."""
    for headers in ([], [("Cookie", f"outside_in={raw.cookie}".encode())]):
        assert 400 <= await raw.ask("GET", path, headers) < 500
