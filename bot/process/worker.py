"""The worker: it runs jobs until told to stop, takes over those of workers that died, and waits for a database that is away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import procrastinate
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.database import Database
from bot.delivery.broadcasts import lanes
from bot.delivery.context import WorkerContext
from bot.delivery.tasks import declared
from bot.domain.records import company_settings, events
from bot.process.wiring import Application

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class WorkerLiveness:
    """How soon it is noticed that a worker died, in seconds.

    It gives a sign of life every `beat`, is dead without one for `dead_after`, and its jobs are looked for every `look_every`. A job
    nobody announced, such as one taken over, is found within `poll`.
    """

    beat: float = 10
    dead_after: float = 30
    look_every: float = 30
    poll: float = 0.5


_WATCH = WorkerLiveness()

_OUTAGE_PAUSE = 3
"""Seconds between tries while the database is away."""

_KEEP_EVENTS = timedelta(days=30)
"""How long an event's answer is kept. Slack resends within about 5 minutes, Teams clients within seconds; forms lie open for days."""


def worker_app(database: Database) -> procrastinate.App:
    """The declared tasks, on a connector of this worker's own."""
    connector = procrastinate.PsycopgConnector(conninfo=database.dsn, min_size=1, max_size=5)
    return declared.with_connector(connector)


async def run_due_jobs(application: Application, app: procrastinate.App, worker_context: WorkerContext) -> None:
    """Run every job that is due, and return when none is left."""
    await app.run_worker_async(
        wait=False,
        concurrency=4,
        listen_notify=False,
        install_signal_handlers=False,
        delete_jobs="successful",
        additional_context={"worker_context": worker_context},
    )
    _log.debug("jobs settled", now=application.clock().isoformat())


async def end(task: asyncio.Task[None]) -> None:
    """Cancel a task, and wait until it has ended; what it raised stays in it."""
    task.cancel()
    await asyncio.wait({task})


async def work(
    application: Application, app: procrastinate.App, worker_context: WorkerContext, watch: WorkerLiveness = _WATCH
) -> None:
    """Run jobs until cancelled, and take over those of workers that died. A database that is away for a while is waited for."""
    outage = Outage()
    async with asyncio.TaskGroup() as group:
        group.create_task(through_outages(lambda: _tidy(application, app, watch, outage), outage))
        group.create_task(through_outages(lambda: _run_jobs(app, worker_context, watch), outage))
        group.create_task(_announce_stop(worker_context))


async def _announce_stop(worker_context: WorkerContext) -> None:
    """Let long jobs know at once that the worker is to stop."""
    try:
        await asyncio.Event().wait()
    finally:
        worker_context.stopping.set()


async def _run_jobs(app: procrastinate.App, worker_context: WorkerContext, watch: WorkerLiveness) -> None:
    await app.run_worker_async(
        concurrency=8,
        fetch_job_polling_interval=watch.poll,
        install_signal_handlers=False,
        shutdown_graceful_timeout=4,
        update_heartbeat_interval=watch.beat,
        stalled_worker_timeout=watch.dead_after,
        delete_jobs="successful",
        additional_context={"worker_context": worker_context},
    )


class Outage:
    """Whether the database is away, told of once when that begins and once when it ends."""

    def __init__(self) -> None:
        self._since: float | None = None

    def began(self, why: str) -> None:
        """It doesn't answer."""
        if self._since is None:
            self._since = time.monotonic()
            _log.warning("the database does not answer", reason=why)

    def over(self) -> None:
        """It answers."""
        if self._since is not None:
            _log.info("the database is back", away_seconds=round(time.monotonic() - self._since))
            self._since = None


async def through_outages(what: Callable[[], Awaitable[None]], outage: Outage | None = None) -> None:
    """Begin again whenever the database was lost, after a pause; anything else is a fault of the program, and ends it."""
    outage = outage or Outage()
    while True:
        try:
            await what()
        except (procrastinate.exceptions.ConnectorException, OperationalError, InterfaceError) as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise asyncio.CancelledError from error  # told to stop, and the database failed it on the way: it stops all the same
            outage.began(_first_words(error))
            await asyncio.sleep(_OUTAGE_PAUSE)
        else:
            return


def _first_words(error: BaseException) -> str:
    """The first line of what the driver said; Procrastinate's own says nothing."""
    said = str(error.__cause__ or error).strip() or type(error).__name__
    return said.partition("\n")[0]


async def _tidy(application: Application, app: procrastinate.App, watch: WorkerLiveness, outage: Outage) -> None:
    told: datetime | None = None
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=watch.dead_after):
            _log.warning("job taken over", job=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)
        told = await asyncio.to_thread(_keep_up, application, told)
        outage.over()
        await asyncio.sleep(watch.look_every)


def _keep_up(application: Application, told: datetime | None) -> datetime | None:
    """What is to be done now and then. Gives since when others go by other settings, which the log tells once."""
    with application.database.session() as session:
        events.forget(session, application.clock() - _KEEP_EVENTS)
        lanes.requeue_lanes(session, application.clock())
        others = company_settings.others_since(session, application.settings)
    if others is not None and others != told:
        _log.warning(
            "other settings are in force", since=others.isoformat(), next="restart this process with the newest app.yaml (SIGHUP)"
        )
    return others
