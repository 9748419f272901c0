"""PostgreSQL crashes while a broadcast goes out, and comes back: everyone has it once."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Card
from bot.database import Database
from bot.delivery.senders import Destination, Sent
from bot.domain.people.people import Platform
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.process.worker import WorkerLiveness, work
from bot.schema import migrate
from tests.conftest import NOW
from tests.delivery.conftest import Company
from tests.delivery.tenant import Tenant

_BACKEND = sa.text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")


@pytest.fixture(scope="module")
def migrated() -> Iterator[str]:
    """A server of this file's own: it is going to crash."""
    with tempfile.TemporaryDirectory(prefix="outside-in-", ignore_cleanup_errors=True) as folder:
        url = embedded_server(Path(folder))
        database = open_database(url, lambda: NOW)
        migrate(database)
        database.close()
        yield url


@pytest.fixture(scope="module")
def kept_open(migrated: str) -> Iterator[Database]:
    """Connections of this file's own, too."""
    database = open_database(migrated, lambda: NOW)
    yield database
    database.close()


class Unhurried(Tenant):
    """A platform that takes a moment."""

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a message at once, and answer a little later."""
        sent = await super().send(to, card, delivery_id)
        await asyncio.sleep(0.02)
        return sent


async def test_the_server_crashes_midway(company: Company) -> None:
    """All its processes end at once and what wasn't on the disk yet is forgotten. Nobody is lost, and nobody has two."""
    company.people(500)
    company.slack = slow = Unhurried(Platform.SLACK)
    company.world.application.senders[Platform.SLACK] = slow
    company.worker_context.pace.everywhere(150)
    company.broadcast()
    watch = WorkerLiveness(beat=0.2, dead_after=1, look_every=0.2, poll=0.1)
    worker = asyncio.create_task(work(company.world.application, company.worker, company.worker_context, watch))
    async with asyncio.timeout(120):
        for crash_at in (100, 300):
            while len(slow.messages) < crash_at:  # noqa: ASYNC110 - what is waited for is another task
                await asyncio.sleep(0.01)
            os.kill(await asyncio.to_thread(_process, company), signal.SIGKILL)
        while not await asyncio.to_thread(_all_sent, company):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.2)
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker
    titles = [(one.email, one.cards[0].title) for one in slow.messages.values() if one.cards[0].title == "Night line"]
    assert len(titles) == len(set(titles)) == 506


def _process(company: Company) -> int:
    """One of the server's processes: when it dies, the server takes all of them down and recovers."""
    with company.world.database.engine.connect() as connection:
        return int(connection.execute(_BACKEND).scalar_one())


def _all_sent(company: Company) -> bool:
    with suppress(sa.exc.OperationalError):
        return company.states() == {"sent": 506}
    return False
