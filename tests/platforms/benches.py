"""Senders to be held to one contract: Slack's, Teams' and the console's, each with what stands for its platform, and the tests' own."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar

import aiohttp
from aiohttp import web

from bot.delivery.senders import Destination, PlatformSender, Refused, RetryLater, Uncertain
from bot.domain.people.people import Platform
from bot.platforms.console.log import Log
from bot.platforms.console.sender import ConsoleSender
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Tokens
from tests.conftest import NOW, Outbox
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack
from tests.platforms.teams.fake_connector import APP_ID, SECRET, TENANT, FakeConnector, refusal

AFTER = 7
"""Seconds a throttle asks for."""


class Bench(ABC):
    """A sender and its platform. `somebody` can be reached, `stranger` isn't known there, `nobody` has no address at all."""

    sender: PlatformSender
    somebody: Destination
    stranger: Destination
    nobody: Destination
    outside: ClassVar[bool] = True
    """Whether the platform is somewhere else, so that it can throttle, be away and refuse the bot."""

    @property
    @abstractmethod
    def messages(self) -> dict[str, str]:
        """What is there now, by message id: all that it shows, as JSON."""

    @abstractmethod
    def throttle(self) -> None:
        """Ask for a silence of `AFTER` seconds at the next message."""

    @abstractmethod
    def cut(self) -> None:
        """Cut the connection at the next message."""

    @abstractmethod
    def refuse(self) -> None:
        """Refuse the bot itself at the next message."""


class OutboxBench(Bench):
    """The tests' own sender."""

    def __init__(self) -> None:
        self.sender = self._outbox = Outbox()
        self.somebody = Destination(Platform.CONSOLE, "", "ada@firm.example")
        self.stranger = Destination(Platform.CONSOLE, "", "stranger@firm.example")
        self.nobody = Destination(Platform.CONSOLE, "", "")
        self._outbox.strangers = {self.stranger.email}

    @property
    def messages(self) -> dict[str, str]:
        """The cards as they stand."""
        return {key: cards[-1].model_dump_json() for key, cards in self._outbox.cards.items()}

    def throttle(self) -> None:
        """Set the fault."""
        self._outbox.fault = RetryLater(AFTER)

    def cut(self) -> None:
        """Set the fault."""
        self._outbox.fault = Uncertain("cut")

    def refuse(self) -> None:
        """Set the fault."""
        self._outbox.fault = Refused("token revoked")


class _Standing:
    """A clock that stands."""

    async def now(self) -> datetime:
        return NOW

    async def advance_to(self, instant: datetime) -> list[str]:
        raise AssertionError(instant)


class ConsoleBench(Bench):
    """The console: in this process, so that nothing is between."""

    outside = False

    def __init__(self) -> None:
        self._log = Log()
        self.sender = ConsoleSender(self._log, _Standing())
        self.somebody = Destination(Platform.CONSOLE, "", "ada@firm.example")
        self.stranger = self.nobody = Destination(Platform.CONSOLE, "", "")

    @property
    def messages(self) -> dict[str, str]:
        """The cards that stand there, but those that say they were taken back."""
        there = {one.key: one.reply.model_dump_json() for one in self._log.since("ada@firm.example", "") if one.reply}
        return {key: shown for key, shown in there.items() if "taken back" not in shown}

    def throttle(self) -> None:
        """Never."""
        raise AssertionError

    cut = refuse = throttle


class SlackBench(Bench):
    """Slack's sender and a fake of its Web API."""

    def __init__(self, slack: FakeSlack, client: SlackClient) -> None:
        self._slack = slack
        self.sender = SlackSender(client)
        self.somebody = Destination(Platform.SLACK, "U1", "ann@acme.example")
        self.stranger = Destination(Platform.SLACK, "UNONE", "")
        self.nobody = Destination(Platform.SLACK, "", "")

    @property
    def messages(self) -> dict[str, str]:
        """What is in its conversations."""
        return {one["ts"]: json.dumps(one) for found in self._slack.messages.values() for one in found}

    def _next(self, failure: Failure) -> None:
        self._slack.failures["chat.postMessage"] = [failure]

    def throttle(self) -> None:
        """As Slack does."""
        self._next(Failure(status=429, headers={"Retry-After": str(AFTER)}, body='{"ok": false, "error": "ratelimited"}'))

    def cut(self) -> None:
        """Before anything is there."""
        self._next(Failure(cut="before"))

    def refuse(self) -> None:
        """The token was revoked."""
        self._next(Failure(body='{"ok": false, "error": "token_revoked"}'))


class TeamsBench(Bench):
    """Teams' sender and a fake of the Bot Connector."""

    def __init__(self, teams: FakeConnector, session: Session) -> None:
        self._teams = teams
        tokens = Tokens(session, app_id=APP_ID, secret=SECRET, certificate=None, url=teams.token_url)
        self.sender = TeamsSender(Connector(session, tokens))
        self.somebody = self._to("a:personal", "29:ada")
        self.stranger = self._to("a:gone", "")
        self.nobody = Destination(Platform.TEAMS, "", "", TENANT)

    def _to(self, conversation: str, user: str) -> Destination:
        kept = Reference(self._teams.service, conversation, TENANT, f"28:{APP_ID}", user).packed()
        return Destination(Platform.TEAMS, "aad", "ada@firm.example", TENANT, kept)

    @property
    def messages(self) -> dict[str, str]:
        """What is in its conversations."""
        return {key: json.dumps(body) for key, body in self._teams.messages.items()}

    def throttle(self) -> None:
        """As the connector does."""
        self._teams.script = [refusal(429, Retry_After=str(AFTER))]

    def cut(self) -> None:
        """Before anything is there."""
        self._teams.script = ["cut"]

    def refuse(self) -> None:
        """The secret has run out."""
        self._teams.token_script = [web.json_response({"error": "invalid_client"}, status=401)]


@asynccontextmanager
async def outbox() -> AsyncIterator[Bench]:
    """The tests' own."""
    yield OutboxBench()


@asynccontextmanager
async def console() -> AsyncIterator[Bench]:
    """The console's."""
    yield ConsoleBench()


@asynccontextmanager
async def slack() -> AsyncIterator[Bench]:
    """Slack's; nothing it sent may have been faulty."""
    fake = FakeSlack()
    await fake.server.start_server()
    client = SlackClient(BOT_TOKEN, fake.url, timeout=aiohttp.ClientTimeout(total=5))
    yield SlackBench(fake, client)
    await client.close()
    await fake.server.close()
    assert fake.faults == []


@asynccontextmanager
async def teams() -> AsyncIterator[Bench]:
    """Teams'."""
    fake, session = FakeConnector(), Session()
    await fake.server.start_server()
    yield TeamsBench(fake, session)
    await session.close()
    await fake.server.close()


BENCHES: dict[str, Any] = {"slack": slack, "teams": teams, "console": console, "tests": outbox}
