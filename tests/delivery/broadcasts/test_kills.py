"""kill -9, fifty times over one broadcast: everyone on Slack has it once, nobody on Teams twice, and whoever may lack it is named."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.clock import MovableClock, utc_now
from bot.delivery.broadcasts import lanes
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.platforms.teams.reference import Reference
from tests.conftest import NOW, World
from tests.delivery.chat_server import ChatServer
from tests.places import ROOT

KILLS = 50
EACH = 1_000
"""Recipients on each of the two platforms."""


@pytest.fixture
async def chat() -> AsyncIterator[ChatServer]:
    """Both platforms; a message takes a moment to be answered, so that many are under way at any time."""
    chat = ChatServer(delay=0.02)
    await chat.server.start_server()
    yield chat
    await chat.server.close()


def hire(world: World, chat: ChatServer) -> None:
    """A thousand people on Slack and a thousand on Teams."""
    with world.database.session() as session:
        for count in range(EACH * 2):
            person = Person.known(f"p{count}@firm.example", f"Person {count}", "Europe/London", department="Service")
            session.add(person)
            session.flush()
            if count < EACH:
                person.link(Platform.SLACK, "T1", f"U{count}", NOW)
            else:
                person.link(Platform.TEAMS, "M1", f"aad{count}", NOW).conversation = Reference(
                    chat.teams_url, f"a:{count}", "M1", "28:bot", f"29:{count}"
                ).packed()


def approve(world: World) -> None:
    """A broadcast to all of them, approved."""
    with world.database.session() as session:
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        update = updates.write(session, UpdateDraft(Wording("en", "Night line", "One number.", "Give it."), ada), cleo, NOW)
        update.agree(ada)
        broadcast = broadcasts.new(session, update)
        broadcast.aim(Audience(who=("department:Service",)), cleo)
        broadcast.ask(cleo, 2 * EACH, When.NOW, NOW)
        broadcast.approve(ada)
        assert broadcast.go(world.application.settings)
        lanes.schedule(session, broadcast)


def rows(world: World) -> list[Delivery]:
    """The broadcast's deliveries."""
    with world.database.session() as session:
        return list(session.exec(select(Delivery).where(col(Delivery.broadcast_id).is_not(None))))


async def killed(workers: asyncio.subprocess.Process, chat: ChatServer, after: int) -> None:
    """Let a worker send so many messages more (or finish), and kill it."""
    assert workers.stdin is not None
    assert workers.stdout is not None
    workers.stdin.write(b"go\n")
    await workers.stdin.drain()
    pid = int(await workers.stdout.readline())
    aim, patience = chat.count + after, 400
    while chat.count < min(aim, EACH * 2) and patience:
        await asyncio.sleep(0.01)
        patience -= 1
    os.kill(pid, signal.SIGKILL)


async def test_killed_fifty_times(world: World, chat: ChatServer) -> None:
    """At random moments, over two thousand recipients; then one worker lives and finishes."""
    clock = MovableClock(NOW - utc_now())
    hire(world, chat)
    approve(world)
    workers = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "tests.delivery.forked_worker",
            world.database.dsn,
            chat.slack_url,
            str(clock.offset / timedelta(seconds=1)),
        ),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await live(world, chat, workers)
    finally:
        os.killpg(workers.pid, signal.SIGKILL)
        await workers.wait()
    check(world, chat)


async def live(world: World, chat: ChatServer, workers: asyncio.subprocess.Process) -> None:
    """Kill worker after worker; let the last one finish."""
    chance = random.Random(20261125)  # noqa: S311 - which moments, not a secret
    for _ in range(KILLS):
        await killed(workers, chat, chance.randint(1, 70))
    assert workers.stdin is not None
    workers.stdin.write(b"go\n")
    async with asyncio.timeout(120):
        while any(one.state in {"queued", "sending"} for one in await asyncio.to_thread(rows, world)):  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.3)


def check(world: World, chat: ChatServer) -> None:
    """Everyone on Slack once; on Teams nobody twice, and who may lack it says why."""
    found = rows(world)
    slack = {one.message_id for one in found if one.platform == Platform.SLACK and one.state == "sent"}
    assert len(slack) == EACH, "everyone on Slack is sent"
    assert {len(messages) for channel, messages in chat.slack.items() if messages} == {1}, "and has one message"
    teams = [one for one in found if one.platform == Platform.TEAMS]
    assert len(teams) == EACH
    assert {one.state for one in teams} <= {"sent", "unconfirmed"}
    assert max(chat.teams.values()) == 1, "nobody on Teams has two"
    sure = sum(one.state == "sent" for one in teams)
    assert len(chat.teams) >= sure > 0, "who is said to have it has it"
    assert all(one.reason for one in teams if one.state == "unconfirmed"), "whoever may lack it says why"
