"""The composition root: one process with everything, or a worker alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import procrastinate
import structlog
from aiohttp import web
from sqlmodel import col, select

from bot.clock import MovableClock
from bot.commands import Platform
from bot.database import Database
from bot.delivery.outages import Administrators
from bot.domain.access.accounts import conversations
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.records import clock_offset
from bot.process import census, probes
from bot.process.wiring import House
from bot.process.worker import end, run_due_jobs, work, worker_app
from bot.scheduling.scheduler import Scheduler
from bot.scheduling.time_machine import TimeMachine
from bot.settings import DeliveryRules, SettingsError
from bot.web.api import Api
from bot.web.dashboard import Dashboard, TeamsTab
from bot.web.server import application

if TYPE_CHECKING:
    from bot.platforms.console import ConsolePerson, ConsolePlatform
    from bot.platforms.slack.platform import SlackPlatform
    from bot.platforms.teams.platform import TeamsPlatform


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


async def serve(house: House, environ: Mapping[str, str], where: Site, stop: asyncio.Event) -> None:
    """Everything in one process: web server, platforms, worker, schedules; until `stop` is set. OSError when the port is taken."""
    await _until(stop, _serve(house, environ, where))


async def work_alone(house: House, environ: Mapping[str, str], stop: asyncio.Event) -> None:
    """Run jobs only, until `stop` is set: the platforms are there to be sent to, but nothing is listened to."""
    await _until(stop, _work_alone(house, environ))


async def _until(stop: asyncio.Event, what: Coroutine[None, None, None]) -> None:
    """Do this until it ends or `stop` is set, wherever it is by then."""
    working, stopping = asyncio.create_task(what), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await end(working)
    if not working.cancelled():
        working.result()


async def _serve(house: House, environ: Mapping[str, str], where: Site) -> None:
    async with AsyncExitStack() as stack:
        worker = worker_app(house.database)
        await stack.enter_async_context(worker.open_async())
        site = application()
        Dashboard(house.database, house.settings).add_routes(site)
        Api(house.database, house.settings).add_routes(site)
        listening = await _add_platforms(house, environ, site, worker, stack)
        probes.add_routes(site, house.database, house.connections)
        scheduler = Scheduler(house.timetable)
        await asyncio.to_thread(house.timetable.begin)
        scheduler.start()
        stack.callback(scheduler.close)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=_LAST_REQUESTS)
        stack.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, where.host, where.port).start()
        for begin in listening:
            await begin()
        where.ready()
        await asyncio.to_thread(_warn, house)
        await work(house, worker, house.means)


async def _work_alone(house: House, environ: Mapping[str, str]) -> None:
    async with AsyncExitStack() as stack:
        worker = worker_app(house.database)
        await stack.enter_async_context(worker.open_async())
        for begin in await _add_platforms(house, environ, web.Application(), worker, stack, listen=False):
            await begin()
        await work(house, worker, house.means)


def _warn(house: House) -> None:
    """Say in the log what is here, and what app.yaml names that isn't: `check` says the same."""
    found = census.look(house.database, house.settings)
    _log.info("what is here", counted=found.counted)
    for line in (*found.wrong, *found.odd):
        _log.warning("something is missing", what=line)


_Begin = Callable[[], Awaitable[None]]


async def _add_platforms(
    house: House,
    environ: Mapping[str, str],
    site: web.Application,
    worker: procrastinate.App,
    stack: AsyncExitStack,
    *,
    listen: bool = True,
) -> list[_Begin]:
    """Switch on what app.yaml names; without `listen` only to send. Gives what connects each, in the background, once all else is there.

    An SDK is imported only where its platform is on: each costs over a second.
    """
    platforms, begin = house.settings.platforms, list[_Begin]()
    if platforms.console_on:
        console = _console(house, worker)
        console.add_routes(site)
        stack.push_async_callback(console.close)
        house.senders[Platform.CONSOLE] = console.sender
    if platforms.slack is not None:
        slack = await _slack(house, environ, site if listen else None)
        stack.push_async_callback(slack.close)
        house.senders[Platform.SLACK] = slack.sender
        house.connections.append(slack.connection)
        if listen and platforms.slack.mode == "http":
            slack.add_routes(site)
        begin.append(slack.start_socket_mode if listen and platforms.slack.mode == "socket" else slack.watch)
    if platforms.teams is not None:
        teams = _teams(house, environ)
        stack.push_async_callback(teams.close)
        house.senders[Platform.TEAMS] = teams.sender
        house.connections.append(teams.connection)
        begin.append(teams.start)
        if listen:
            teams.add_routes(site)
        if listen and platforms.teams.dashboard_tab and teams.tab is not None:
            TeamsTab(house.database, house.settings, teams.tab.sender).add_routes(site)
    for one in house.connections:
        one.teller = Administrators(house.database, house.settings)
    return begin


async def sending_platforms(house: House, environ: Mapping[str, str], stack: AsyncExitStack) -> None:
    """Give the house Slack and Teams to ask and to send to, where app.yaml names them; nothing is listened to."""
    platforms = house.settings.platforms
    if platforms.slack is not None:
        slack = await _slack(house, environ, None)
        stack.push_async_callback(slack.close)
        house.senders[Platform.SLACK] = slack.sender
    if platforms.teams is not None:
        teams = _teams(house, environ)
        stack.push_async_callback(teams.close)
        house.senders[Platform.TEAMS] = teams.sender


async def _slack(house: House, environ: Mapping[str, str], site: web.Application | None) -> SlackPlatform:
    """Slack, in one workspace or many; there `site` gets the pages it is installed by."""
    from bot.platforms.slack.installing import many, pages  # noqa: PLC0415
    from bot.platforms.slack.platform import build  # noqa: PLC0415

    platforms, names = house.settings.platforms, house.settings.platforms.slack
    assert names is not None  # noqa: S101 - the caller looked
    socket = names.mode == "socket"
    workspaces = await many(house.database, platforms, environ) if names.workspaces == "many" else None
    try:
        slack = build(
            house.dispatcher,
            bot_token="" if workspaces else platforms.secret(names.bot_token_env, environ),
            # Socket Mode's messages come over a connection Slack authenticated; nothing is signed there.
            signing_secret="unused" if socket else platforms.secret(names.signing_secret_env, environ),
            app_token=platforms.secret(names.app_token_env, environ) if socket else None,
            dashboard=str(house.settings.web.base_url or ""),
            workspaces=workspaces,
            names=names,
            rates=_slack_rates(house.settings.delivery),
        )
    except ValueError as error:
        raise SettingsError(str(error)) from error
    if workspaces is not None and site is not None:
        pages(house.database, house.settings, workspaces, environ).add_routes(site)
    return slack


_HOMES = 100
"""Pages of people's own a minute in a Slack workspace: https://docs.slack.dev/reference/methods/views.publish, tier 4."""


def _slack_rates(rules: DeliveryRules) -> dict[str, float]:
    """Slack counts changes and deletions, and people's own pages, apart from messages."""
    return {"send": rules.slack_per_minute / 60, "change": rules.slack_changes_per_minute / 60, "home": _HOMES / 60}


def _teams(house: House, environ: Mapping[str, str]) -> TeamsPlatform:
    from bot.platforms.teams.platform import Credentials, build  # noqa: PLC0415

    platforms, names = house.settings.platforms, house.settings.platforms.teams
    assert names is not None  # noqa: S101 - the caller looked
    if names.playground:
        return build(
            house.dispatcher, Credentials(), playground=True, names=names, per_second=house.settings.delivery.teams_per_second
        )
    certificate = platforms.secret(names.certificate_env, environ) if names.certificate_env else None
    credentials = Credentials(
        app_id=platforms.secret(names.app_id_env, environ),
        tenant_id=platforms.secret(names.tenant_id_env, environ),
        secret="" if certificate or names.managed_identity else platforms.secret(names.app_password_env, environ),
        certificate_path=certificate,
        managed_identity=names.managed_identity,
    )

    def remembered() -> list[str]:
        with house.database.session() as session:
            return conversations(session, Platform.TEAMS, credentials.tenant_id)

    return build(
        house.dispatcher,
        credentials,
        catalog_app_id=names.catalog_app_id or "",
        names=names,
        remembered=remembered,
        per_second=house.settings.delivery.teams_per_second,
    )


def _console(house: House, worker: procrastinate.App) -> ConsolePlatform:
    from bot.platforms.console import build  # noqa: PLC0415
    from bot.platforms.previews import PREVIEWS  # noqa: PLC0415

    clock = house.clock
    if not isinstance(clock, MovableClock):
        msg = "the console needs a clock that can be moved"
        raise TypeError(msg)

    async def completions(email: str) -> list[tuple[str, str, str]]:
        return await asyncio.to_thread(_completions, house, email)

    return build(
        house.dispatcher,
        people=partial(asyncio.to_thread, _console_people, house),
        completions=completions,
        previews=PREVIEWS,
        clock=TimeMachine(house.database, clock, house.timetable, lambda: run_due_jobs(house, worker, house.means)),
        sample=house.settings.company.sample,
        company=house.settings.company.name,
    )


def _console_people(house: House) -> list[ConsolePerson]:
    from bot.platforms.console import ConsolePerson  # noqa: PLC0415

    with house.database.session() as session:
        known = session.exec(select(Person).where(col(Person.active)).order_by(Person.name)).all()
        ranked = sorted(known, key=lambda one: (not one.roles, "executive" not in one.roles, one.name))
        return [ConsolePerson(one.email, one.name, tuple(one.roles), one.department, one.zone) for one in ranked]


def _completions(house: House, email: str) -> list[tuple[str, str, str]]:
    with house.database.session() as session:
        person = people.by_email(session, email)
        listed = sorted(house.dispatcher.commands.values(), key=lambda one: one.order)
        return [(one.name, one.usage, one.help) for one in listed if one.listed and person is not None and one.open_to(person)]
