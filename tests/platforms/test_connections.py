"""A platform that is away, refuses the bot, and comes back: said once, asked for at growing distances."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from structlog.typing import EventDict

from bot.delivery.senders import Refused, RetryLater
from bot.platforms import connections
from bot.platforms.connections import Connection, jittered


@dataclass
class OutageListener:
    """Remembers what it is told, and can't take it the first `deaf` times."""

    told: list[tuple[str, str]] = field(default_factory=list)
    deaf: int = 0

    async def refused(self, platform: str, why: str) -> bool:
        """The platform refuses the bot."""
        return self._take(platform, why)

    async def answers(self, platform: str) -> bool:
        """The platform answers."""
        return self._take(platform, "")

    def _take(self, platform: str, why: str) -> bool:
        if self.deaf:
            self.deaf -= 1
            return False
        self.told.append((platform, why))
        return True


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch, logged: list[EventDict]) -> list[EventDict]:
    """No pauses to speak of; and what the log says."""
    for name in ("_FIRST", "_LONGEST", "_REFUSED"):
        monkeypatch.setattr(connections, name, 0.001)
    return logged


async def lived(answers: list[Exception | None], log: list[EventDict], outage_listener: OutageListener) -> list[str]:
    """Ask until all answers are used up; what the log says."""
    done = asyncio.Event()
    left = list(answers)

    async def ask() -> None:
        if not left:
            done.set()
            await asyncio.Event().wait()
        answer = left.pop(0)
        if answer is not None:
            raise answer

    connection = Connection("slack", ask, every=0.001)
    connection.outage_listener = outage_listener
    keeping = asyncio.create_task(connection.keep())
    await asyncio.wait_for(done.wait(), 5)
    keeping.cancel()
    assert connection.up is (answers[-1] is None)
    return [one["event"] for one in log]


async def test_an_outage_is_told_of_once_and_its_end_once(quickly: list[EventDict]) -> None:
    """However often it was asked for meanwhile; and no administrator is bothered with what passes by itself."""
    outage_listener = OutageListener()
    away = [RetryLater(None, "no connection")] * 5
    assert await lived([None, *away, None, None], quickly, outage_listener) == [
        "platform answers",
        "platform is away",
        "platform is back",
    ]
    assert outage_listener.told == [("slack", ""), ("slack", "")]


async def test_a_refusal_is_told_to_people_once_an_outage(quickly: list[EventDict]) -> None:
    """Also where it flickers between refusing and not answering; and again in the next outage."""
    outage_listener = OutageListener(deaf=2)
    no, away = Refused("invalid_auth: copy it again"), RetryLater(None, "no connection")
    events = await lived([away, no, away, no, no, None, no, no], quickly, outage_listener)
    assert events == ["platform is away", "platform refuses the bot", "platform is back", "platform refuses the bot"]
    assert outage_listener.told == [("slack", str(no)), ("slack", ""), ("slack", str(no))]


async def test_a_fault_of_ours_is_no_outage() -> None:
    """It ends the task, and with it what waits for it."""

    async def ask() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Connection("slack", ask).keep()


def test_pauses_differ_and_never_grow() -> None:
    """Processes that lost the same platform at one moment come back at different ones."""
    pauses = {jittered(60) for _ in range(50)}
    assert len(pauses) > 40
    assert all(30 <= one <= 60 for one in pauses)
