"""The composition root: one process with everything, or a worker alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

import procrastinate
import structlog
from aiohttp import web

from bot.clock import MovableClock
from bot.database import Database
from bot.delivery.outages import Administrators
from bot.domain.records import clock_offset
from bot.platforms.discovery import switched_on
from bot.platforms.plugin import Built, Host, PlatformPlugin
from bot.platforms.previews import PREVIEWS
from bot.process import census, probes
from bot.process.warming import warm
from bot.process.wiring import Application
from bot.process.worker import end, run_due_jobs, work, worker_app
from bot.scheduling.scheduler import Scheduler
from bot.scheduling.time_machine import TimeMachine
from bot.web.api import Api
from bot.web.dashboard import Dashboard
from bot.web.server import web_application

_log = structlog.get_logger(__name__)

_LAST_REQUESTS = 2.0
"""Seconds that requests being answered may still take when the process is to end."""


def load_offset(database: Database, clock: MovableClock) -> None:
    """Take up the console's clock where it was left."""
    with database.session() as session:
        clock.offset = clock_offset.load(session)


@dataclass(frozen=True)
class Site:
    """Where to listen; `ready` is called once it does."""

    host: str
    port: int
    ready: Callable[[], None]


async def serve(application: Application, environ: Mapping[str, str], where: Site, stop: asyncio.Event) -> None:
    """Everything in one process: web server, platforms, worker, schedules; until `stop` is set. OSError when the port is taken."""
    await _until(stop, _serve(application, environ, where))


async def work_alone(application: Application, environ: Mapping[str, str], stop: asyncio.Event) -> None:
    """Run jobs only, until `stop` is set: the platforms are there to be sent to, but nothing is listened to."""
    await _until(stop, _work_alone(application, environ))


async def _until(stop: asyncio.Event, what: Coroutine[None, None, None]) -> None:
    """Do this until it ends or `stop` is set, wherever it is by then."""
    working, stopping = asyncio.create_task(what), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await end(working)
    if not working.cancelled():
        working.result()


async def _serve(application: Application, environ: Mapping[str, str], where: Site) -> None:
    async with AsyncExitStack() as stack:
        worker = worker_app(application.database)
        await stack.enter_async_context(worker.open_async())
        site = web_application()
        Dashboard(application.database, application.settings).add_routes(site)
        Api(application.database, application.settings).add_routes(site)
        listening = await _add_platforms(application, environ, site, worker, stack)
        probes.add_routes(site, application.database, application.connections)
        scheduler = Scheduler(application.timetable)
        await asyncio.to_thread(application.timetable.begin)
        scheduler.start()
        stack.callback(scheduler.close)
        await asyncio.to_thread(warm, application.database)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=_LAST_REQUESTS)
        stack.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, where.host, where.port).start()
        for begin in listening:
            await begin()
        where.ready()
        await asyncio.to_thread(_warn, application)
        await work(application, worker, application.worker_context)


async def _work_alone(application: Application, environ: Mapping[str, str]) -> None:
    async with AsyncExitStack() as stack:
        worker = worker_app(application.database)
        await stack.enter_async_context(worker.open_async())
        for begin in await _add_platforms(application, environ, web.Application(), worker, stack, listen=False):
            await begin()
        await work(application, worker, application.worker_context)


def _warn(application: Application) -> None:
    """Say in the log what is here, and what app.yaml names that isn't: `check` says the same."""
    found = census.look(application.database, application.settings)
    _log.info("what is here", counted=found.counted)
    for line in (*found.wrong, *found.odd):
        _log.warning("something is missing", what=line)


_Begin = Callable[[], Awaitable[None]]


async def _add_platforms(
    application: Application,
    environ: Mapping[str, str],
    site: web.Application,
    worker: procrastinate.App,
    stack: AsyncExitStack,
    *,
    listen: bool = True,
) -> list[_Begin]:
    """Switch on what app.yaml names; without `listen` only to send. Gives what connects each, in the background, once all else is there."""
    built = await _built(application, environ, stack, switched_on(application.settings), listen=listen, worker=worker)
    for one in built:
        for add in one.routes if listen else ():
            add(site)
    application.connections += [one.connection for one in built if one.connection is not None]
    for connection in application.connections:
        connection.outage_listener = Administrators(application.database, application.settings)
    return [one.begin for one in built if one.begin is not None]


async def sending_platforms(application: Application, environ: Mapping[str, str], stack: AsyncExitStack) -> None:
    """Give the house the platforms that real accounts are on, to ask and to send to, where app.yaml names them; nothing is listened to."""
    real = [one for one in switched_on(application.settings) if one.platform.real]
    await _built(application, environ, stack, real, listen=False)


async def _built(
    application: Application,
    environ: Mapping[str, str],
    stack: AsyncExitStack,
    plugins: Iterable[PlatformPlugin],
    *,
    listen: bool,
    worker: procrastinate.App | None = None,
) -> list[Built]:
    """Build each, with its sender for the house and its end on the stack."""
    clock, built = _time_machine(application, worker), list[Built]()
    for plugin in plugins:
        host = Host(application.dispatcher, application.database, application.settings, environ, listen, clock, PREVIEWS)
        one = await plugin.build(host)
        stack.push_async_callback(one.close)
        application.senders[plugin.platform] = one.sender
        built.append(one)
    return built


def _time_machine(application: Application, worker: procrastinate.App | None) -> TimeMachine | None:
    """What moves the clock, where it can be moved."""
    if worker is None or not isinstance(application.clock, MovableClock):
        return None
    return TimeMachine(
        application.database,
        application.clock,
        application.timetable,
        lambda: run_due_jobs(application, worker, application.worker_context),
    )
