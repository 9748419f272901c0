"""A database that is away for a while: work begins again; but who is told to stop meanwhile stops."""

from __future__ import annotations

import asyncio

import procrastinate
import pytest
from structlog.testing import capture_logs

from bot.process import worker
from bot.process.worker import through_outages


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
