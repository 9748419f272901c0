"""The log: one format for whoever writes, told in a process of its own, with no secret in it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from tests.places import ROOT

BEGIN = """
import asyncio, logging, threading, warnings
import structlog
from bot.process import logs
from tests.platforms.slack import world as on_slack
from tests.platforms.slack.fake_slack import BOT_TOKEN
from tests.platforms.teams import world as on_teams
logs.to_terminal()
"""

SLACK_FAILS = """
async def main():
    async with on_slack.world() as slack:
        slack.dispatcher.replies["customer"] = RuntimeError(f"Slack wouldn't take {BOT_TOKEN}")
        await slack.command("/customer", "Acme")
        await slack.slack.answers("r")
asyncio.run(main())
"""

TEAMS_FAILS = """
async def main():
    async with on_teams.world() as teams:
        teams.teams.script.extend(["500"] * 9)
        await teams.typed("help")
asyncio.run(main())
"""

LIBRARIES = """
for name in ("slack_bolt", "slack_sdk.web", "botbuilder.core", "aiohttp.server", "apscheduler.scheduler", "procrastinate.worker", "alembic"):
    log = logging.getLogger(name)
    log.info("not told: %s", name)
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("told of %s", name)
warnings.warn("an old name", DeprecationWarning)
"""

SECRETS = """
logs.hide(["an'other \\\\ \\"secret", "short"])
ours, theirs = structlog.get_logger("bot.one"), logging.getLogger("other")
for said in (
    "xoxb-1-abc", "xoxe.xoxp-1-abc", "xapp-1-A-abc", "Bearer abc.def", "Authorization: bearer abcdef", "eyJhbGciOiJI.eyJzdWIiOiIx.abcDEF",
    "postgresql://bot:hunter22@host/db", "https://hooks.slack.com/commands/T1/2/abc", "https://a.example/enter?key=abcdef",
    "client_secret=abcdef&scope=x", "wss://w.example/?ticket=abcdef&app_id=1", "an'other \\\\ \\"secret",
):
    ours.warning("said", what=said)
    theirs.warning("said %s", said)
    try:
        raise ValueError(said)
    except ValueError:
        ours.exception("failed")
        theirs.exception("failed")
ours.info("left", what="short, key=abc of E-12 at https://a.example/?code, xo-xo")
"""

ENDS = """
held = "xoxb-in-a-local-variable"
thread = threading.Thread(target=lambda: {}["nothing"])
thread.start()
thread.join()
raise LookupError("nobody catches it")
"""


@dataclass(frozen=True)
class Said:
    """What a process wrote to its log, and its exit code."""

    text: str
    code: int

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line, which is JSON, or this fails."""
        return [json.loads(line) for line in self.text.splitlines()]

    def named(self, event: str) -> dict[str, Any]:
        """The one line of an event."""
        (line,) = [one for one in self.lines if one["event"] == event]
        return line


def said(body: str) -> Said:
    """What a process writes that logs as `run` does and then does something."""
    done = subprocess.run([sys.executable, "-c", BEGIN + body], capture_output=True, text=True, timeout=100, check=False, cwd=ROOT)
    assert done.stdout == ""
    return Said(done.stderr, done.returncode)


def test_a_fault_on_slack_is_one_whole_line() -> None:
    """With its level, event, logger, time and traceback; the token in it is not."""
    line = said(SLACK_FAILS).named("answering failed")
    assert (line["level"], line["logger"]) == ("error", "bot.platforms.slack.listeners")
    assert line["timestamp"].endswith("Z")
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert line["exception"][0]["exc_value"] == "Slack wouldn't take ***"


def test_a_fault_of_teams_is_one_whole_line() -> None:
    """The reply that didn't arrive, and why."""
    line = said(TEAMS_FAILS).named("reply not sent")
    assert (line["level"], line["logger"]) == ("error", "bot.platforms.teams.replies")
    assert "500" in line["reason"]


def test_libraries_write_the_same_lines() -> None:
    """What they say goes through the standard library: from warnings on, whole, with who says it."""
    told = said(LIBRARIES)
    assert told.code == 0
    *lines, warning = told.lines
    assert [one["event"] for one in lines] == [f"told of {one['logger']}" for one in lines]
    assert [(one["level"], one["exception"][0]["exc_type"]) for one in lines] == [("error", "ZeroDivisionError")] * 7
    assert warning["logger"] == "py.warnings"
    assert "an old name" in warning["event"]


def test_no_secret_is_written_by_anybody() -> None:
    """Tokens, passwords and addresses that are keys, in words, in fields and in tracebacks; and all else is left as it is."""
    told = said(SECRETS)
    assert told.code == 0
    for secret in ("abc", "hunter22", "an'other", "eyJzdWIiOiIx"):
        assert secret not in told.text.replace("key=abc of E-12", "")
    assert told.named("left")["what"] == "short, key=abc of E-12 at https://a.example/?code, xo-xo"
    assert len(told.lines) == 12 * 4 + 1


ALIKE = """
logs.hide(["abcdefgh", "abcdefgh-and-more", 'p\u00e4"ssw\u00f6rd-1'])
structlog.get_logger("bot.one").warning("abcdefgh abcdefgh-and-more", given='p\u00e4"ssw\u00f6rd-1')
"""


def test_secrets_are_hidden_whole() -> None:
    """Also one that begins as another does, and one of letters that JSON may write in two ways."""
    written = said(ALIKE)
    (line,) = written.lines
    assert (line["event"], line["given"]) == ("*** ***", "***")


def test_what_ends_the_process_is_a_line_too() -> None:
    """In a thread or in the main one; local variables are in neither."""
    told = said(ENDS)
    assert told.code == 1
    thread, end = told.named("a thread ended by a fault"), told.named("ended by a fault")
    assert thread["exception"][0]["exc_type"] == "KeyError"
    assert (end["level"], end["exception"][0]["exc_value"]) == ("critical", "nobody catches it")
    assert "in-a-local-variable" not in told.text


@pytest.mark.parametrize(("command", "code"), [(["check"], 0), (["manifest", "slack"], 0)])
def test_what_a_command_prints_stays_its_own(command: list[str], code: int) -> None:
    """A line that is logged meanwhile stands on standard error, so that the output can be read by a program."""
    body = f"""
import sys
from structlog import get_logger
from bot import settings
from bot.cli import terminal
load = settings.load
terminal.load = lambda path: (get_logger("bot.x").warning("in passing"), load(path))[1]
sys.argv = ["outside-in", *{command}, "--config", "tests/company.yaml"]
from bot.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, timeout=100, check=False, cwd=ROOT)
    assert (done.returncode, "in passing" in done.stdout) == (code, False), done.stderr
    assert '"event": "in passing", "level": "warning", "logger": "bot.x"' in done.stderr
