"""`run` as an operator has it: what is away holds up nothing else, is told of once, and any state ends when it's asked to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import utc_now
from bot.process.opening import open_database
from bot.schema import _LOCK
from tests.places import ROOT
from tests.processes import free_port, new_database

PLATFORMS = "platforms: {slack: {}, teams: {}}\n"
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "TEAMS_APP_ID": "11111111-1111-1111-1111-111111111111",
    "TEAMS_TENANT_ID": "22222222-2222-2222-2222-222222222222",
    "TEAMS_APP_PASSWORD": "x",
}
NOWHERE = {"HTTPS_PROXY": "http://127.0.0.1:1"}
"""Everything outside is away, at once and for certain."""


class Program:
    """`outside-in run` (or another command), and what it says."""

    def __init__(self, folder: Path, words: list[str], before: str = "", **environ: str) -> None:
        self.port = free_port()
        self.log = folder / "log"
        config = folder / "app.yaml"
        if not config.exists():
            config.write_text((ROOT / "tests" / "company.yaml").read_text(encoding="utf-8") + PLATFORMS, encoding="utf-8")
        code = f"{before}\nfrom bot.__main__ import main\nmain()"
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code, *words, "--config", str(config)],
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=clean | SECRETS | {"PORT": str(self.port)} | environ,
            )

    @property
    def said(self) -> str:
        """All it said so far."""
        return self.log.read_text(encoding="utf-8")

    def events(self, name: str) -> list[dict[str, object]]:
        """The log's lines of one kind."""
        lines = [json.loads(line) for line in self.said.splitlines() if line.startswith("{")]
        return [one for one in lines if str(one["event"]).startswith(name)]

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is so; the limit only ends a test that would never end."""
        for _ in range(600):
            if true():
                return
            assert self.process.poll() is None, self.said
            time.sleep(0.1)
        pytest.fail(f"still not so: {what}: {self.said}")

    def get(self, path: str) -> str:
        """What it answers to; "" while it doesn't."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def ends(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code once it was told to end; it has as long as supervisors wait."""
        self.process.send_signal(sign)
        return self.process.wait(timeout=10)


@contextmanager
def program(folder: Path, *words: str, before: str = "", **environ: str) -> Iterator[Program]:
    """The program, killed at the end."""
    one = Program(folder, list(words), before, **environ)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def fresh(database_url: str) -> str:
    """An empty database."""
    return new_database(database_url, "running")


def test_with_both_platforms_away_all_else_is_there(tmp_path: Path, fresh: str) -> None:
    """The web server answers, says who is away, and each outage is one line, without a traceback. Then it ends, at once and well."""
    with program(tmp_path, "run", DATABASE_URL=fresh, **NOWHERE) as run:
        run.until(lambda: run.get("/readyz").count("is not connected: ") == 2, "both are away")
        assert run.get("/readyz").startswith("ready\n")
        run.until(lambda: "can't be reached" in run.get("/readyz"), "and why")
        assert 'outside_in_platform_up{platform="slack"} 0.0' in run.get("/metrics")
        time.sleep(4)  # they are asked again meanwhile, several times
        assert [one["platform"] for one in run.events("platform is away")] in (["slack", "teams"], ["teams", "slack"])
        assert "Traceback" not in run.said
        assert run.ends() == 0
        assert "not everything" not in run.said


@pytest.mark.parametrize("words", ["run", "worker"])
def test_a_database_that_is_away_is_waited_for(tmp_path: Path, fresh: str, words: str) -> None:
    """With one line; it can be ended meanwhile; and when the database comes, it goes on."""
    with program(tmp_path, words, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", **NOWHERE) as run:
        run.until(lambda: run.events("the database does not answer"), "it waits")
        time.sleep(2.5)
        assert len(run.events("the database does not answer")) == 1
        assert run.ends(signal.SIGINT) == 0
    if words == "run":
        port, real = free_port(), sa.make_url(fresh)
        with program(tmp_path, "run", DATABASE_URL=f"postgresql://postgres@127.0.0.1:{port}/{real.database}", **NOWHERE) as run:
            run.until(lambda: run.events("the database does not answer"), "it waits")
            with _bridge(port, f"{real.query['host']}/.s.PGSQL.5432"):
                run.until(lambda: run.get("/healthz"), "it is up")
                assert len(run.events("the database is there")) == 1
                assert run.ends() == 0


@contextmanager
def _bridge(port: int, path: str) -> Iterator[None]:
    """The server, which has a socket in a folder, at a port."""
    code = """
import asyncio, sys
async def pump(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
async def joined(reader, writer):
    there, back = await asyncio.open_unix_connection(sys.argv[2])
    await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)
async def main():
    await (await asyncio.start_server(joined, "127.0.0.1", int(sys.argv[1]))).serve_forever()
asyncio.run(main())
"""
    process = subprocess.Popen([sys.executable, "-c", code, str(port), path], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_it_ends_while_another_migrates(tmp_path: Path, fresh: str) -> None:
    """Another process holds the lock that migrations wait for."""
    database = open_database(fresh, utc_now)
    with database.engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        with program(tmp_path, "run", DATABASE_URL=fresh, **NOWHERE) as run:
            waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            run.until(lambda: connection.execute(waiting).scalar_one(), "it waits")
            assert run.ends() == 0
    database.close()


_DEAF = """
import socket, time
asked = socket.getaddrinfo
def unanswered(host, *rest, **more):
    if str(host).endswith((".com", ".test")):
        time.sleep(60)
    return asked(host, *rest, **more)
socket.getaddrinfo = unanswered
"""


def test_a_name_server_that_does_not_answer_holds_up_nothing(tmp_path: Path, fresh: str) -> None:
    """Neither the pages nor the end; of the database's own address neither."""
    with program(tmp_path, "run", before=_DEAF, DATABASE_URL=fresh) as run:
        run.until(lambda: "no name server says within" in run.get("/readyz"), "it says so")
        assert run.ends() == 0
        assert "not everything" not in run.said
    with program(tmp_path, "run", before=_DEAF, DATABASE_URL="postgresql://nobody@db.test/none") as run:
        run.until(lambda: run.said or run.process.poll() is not None or _listens(run), "it is under way")
        assert run.ends() == 0


def _listens(run: Program) -> bool:
    """Whether its signals are its own by now (SigCgt, bit 14, is SIGTERM's)."""
    status = Path(f"/proc/{run.process.pid}/status").read_text("ascii")
    caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(caught >> 14 & 1)


def test_what_cannot_be_is_refused_at_once(tmp_path: Path, fresh: str) -> None:
    """A taken port, a wrong address, missing secrets, a broken certificate, a proxy of a kind that can't be used: words, and an exit code."""
    config = tmp_path / "app.yaml"
    company = (ROOT / "tests" / "company.yaml").read_text(encoding="utf-8")
    certificate = tmp_path / "bot.pem"
    certificate.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        cases: list[tuple[str, dict[str, str], int, str]] = [
            (PLATFORMS, {"PORT": str(taken.getsockname()[1])}, 1, "Can't listen at"),
            (PLATFORMS, {"DATABASE_URL": "mysql://u@h/d"}, 2, "must start with postgresql://"),
            (PLATFORMS, {"DATABASE_URL": fresh.replace("/running", "/nosuch")}, 2, "does not exist"),
            (PLATFORMS, {"SLACK_BOT_TOKEN": ""}, 2, "SLACK_BOT_TOKEN is not set"),
            (PLATFORMS, {"HTTPS_PROXY": "socks5://127.0.0.1:1080"}, 2, "HTTPS_PROXY doesn't hold a proxy's address"),
            (PLATFORMS, {"SSL_CERT_FILE": "/nowhere"}, 2, "SSL_CERT_FILE names a file"),
            ("platforms: {teams: {certificate_env: CERT}}\n", {"CERT": str(certificate)}, 2, "the certificate can't be read"),
            ("platforms: {teems: {}}\n", {}, 2, "teems"),
        ]
        for platforms, environ, code, words in cases:
            config.write_text(company + platforms, encoding="utf-8")
            with program(tmp_path, "run", **{"DATABASE_URL": fresh} | environ) as run:
                assert run.process.wait(timeout=60) == code, run.said
                assert words in " ".join(run.said.split())
                assert "Traceback" not in run.said


def test_a_second_process_must_be_of_the_same_company(tmp_path: Path, fresh: str) -> None:
    """A worker with another company's file is refused, with a newer one it starts and says so; everyone says who they are."""
    other = tmp_path / "other"
    other.mkdir()
    with program(tmp_path, "run", DATABASE_URL=fresh, **NOWHERE) as run:
        run.until(lambda: run.get("/healthz"), "it is up")
        (line,) = run.events("starting")
        assert (line["role"], line["company"], line["platforms"]) == ("run", "Firm", ["slack", "teams"])
        assert line["version"]
        assert line["revision"]
        text = (tmp_path / "app.yaml").read_text(encoding="utf-8")
        (other / "app.yaml").write_text(text.replace("name: Firm", "name: Globex", 1), encoding="utf-8")
        with program(other, "worker", DATABASE_URL=fresh, **NOWHERE) as second:
            assert second.process.wait(timeout=60) == 2
            assert "This database is that of Firm, and app.yaml is for Globex" in " ".join(second.said.split())
        (other / "app.yaml").write_text(text.replace("visits: 2", "visits: 3", 1), encoding="utf-8")
        with program(other, "worker", DATABASE_URL=fresh, **NOWHERE) as second:
            second.until(lambda: second.events("new settings"), "it starts")
            assert second.events("new settings")[0]["changed"] == ["pledges"]
            assert second.ends() == 0
        run.until(lambda: run.events("other settings are in force"), "the first one notices")


def test_app_yaml_is_read_again_on_a_hang_up(tmp_path: Path, fresh: str) -> None:
    """One with mistakes isn't taken up; a good one is, by the same process begun anew."""
    with program(tmp_path, "run", DATABASE_URL=fresh, **NOWHERE) as run:
        run.until(lambda: run.get("/healthz"), "it is up")
        config = tmp_path / "app.yaml"
        good = config.read_text(encoding="utf-8")
        config.write_text(good.replace("visits: 2", "visits: lots", 1), encoding="utf-8")
        run.process.send_signal(signal.SIGHUP)
        run.until(lambda: run.events("app.yaml is not taken up"), "it says so")
        assert run.get("/healthz")
        config.write_text(good.replace("visits: 2", "visits: 3", 1), encoding="utf-8")
        run.process.send_signal(signal.SIGHUP)
        run.until(lambda: run.events("new settings"), "it has begun anew")
        run.until(lambda: run.get("/healthz"), "it is up again")
        assert len(run.events("starting")) == 2
        assert run.ends() == 0
