"""A database that is away for a while: work begins again; but who is told to stop meanwhile stops."""

from __future__ import annotations

import asyncio

import procrastinate
import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.delivery.queue import refresh
from bot.domain.outbox.subjects import Subject
from bot.process import worker
from bot.process.worker import run_due_jobs, through_outages, worker_app
from tests.conftest import World


async def test_work_begins_again_after_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice away, then done."""
    monkeypatch.setattr(worker, "_OUTAGE_PAUSE", 0.01)
    left = ["away", "away"]

    async def work() -> None:
        if left:
            raise procrastinate.exceptions.ConnectorException(left.pop())

    await through_outages(work)
    assert left == []


async def test_an_outage_is_told_of_once_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parts of the worker notice; Procrastinate's own words for it are none."""
    monkeypatch.setattr(worker, "_OUTAGE_PAUSE", 0.001)
    outage, left = worker.Outage(), 6

    async def work() -> None:
        nonlocal left
        left -= 1
        if left > 0:
            cause = OSError("connection refused\nIs it running?")
            raise procrastinate.exceptions.ConnectorException("\n    Database error.\n    ") from cause

    with capture_logs() as logs:
        await asyncio.gather(through_outages(work, outage), through_outages(work, outage))
        outage.over()
        outage.over()
    assert [one["event"] for one in logs] == ["the database does not answer", "the database is back"]
    assert logs[0]["reason"] == "connection refused"


async def test_who_is_told_to_stop_during_an_outage_stops() -> None:
    """What fails for want of a database while it is being stopped is not begun again."""
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise procrastinate.exceptions.ConnectorException("the connection is closed") from None

    task = asyncio.create_task(through_outages(work))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_another_fault_ends_it() -> None:
    """A fault of the program is no outage."""

    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await through_outages(work)


@pytest.mark.parametrize(("days", "is_known"), [(29, True), (31, False)])
def test_what_was_answered_is_kept_for_thirty_days(world: World, days: int, is_known: bool) -> None:
    """An event that comes again after so many days gets its first answer; after more it is an event like any other."""
    first = world.say("/engagements", "ada", event_id="E1")
    world.clock.forward(days=days)
    worker._keep_up(world.application, None)
    assert (world.say("/help", "ada", event_id="E1") == first) == is_known


_NEWER = sa.text(
    "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'bot.delivery.tasks.of_tomorrow', '{}')"
)


async def test_an_older_worker_fails_what_only_a_newer_version_can_do(world: World) -> None:
    """Why every process of the old version is to end first. What it knows it goes on doing."""
    with world.database.session() as session:
        session.connection().execute(_NEWER)
        refresh(session, Subject.PROMPT, 1)
    async with worker_app(world.database).open_async() as app:
        await run_due_jobs(world.application, app, world.application.worker_context)
    with world.database.engine.connect() as connection:
        left = connection.execute(sa.text("SELECT task_name, status FROM procrastinate_jobs")).all()
    assert [tuple(one) for one in left] == [("bot.delivery.tasks.of_tomorrow", "failed")]
