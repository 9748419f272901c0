"""What `run` and `worker` do alike: wait for the database, serve until they are told to stop, and begin anew where that is asked for."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import structlog

from bot.cli.terminal import connected, fail, unusable
from bot.database import Database
from bot.domain.records import company_settings
from bot.platforms import network
from bot.platforms.discovery import unset
from bot.process.embedded import EmbeddedError, stop_all
from bot.process.lifetime import Lifetime, Stopped
from bot.schema import head
from bot.settings import Settings, SettingsError, load

_log = structlog.get_logger(__name__)

_PAUSES = (1.0, 2.0, 5.0)
"""Seconds between tries while the database is away at the start; the last is repeated."""

Run = Callable[[Settings, Database, asyncio.Event], Awaitable[None]]


def serve_until_stopped(
    role: str, settings: Settings, config: Path, data: Path, prepare: Callable[[Database], None], run: Run
) -> None:
    """Get the database, however long that takes, `prepare` it, and `run` until a signal ends it.

    What is wrong with the settings or the address ends with words and exit code 2: no waiting mends that.
    """
    calls_others = settings.platforms.has_accounts or settings.understanding is not None
    if wrong := [*unset(settings, os.environ), *(network.problems(os.environ) if calls_others else ())]:
        raise fail("\n".join([*wrong, "`outside-in check` lists all that is missing."]), code=2)
    lifetime = Lifetime(lambda: _may_begin_anew(config))
    lifetime.last(stop_all)
    with lifetime.listening():
        try:
            database = lifetime.wait_for(lambda: _patiently(settings, data, lifetime))
            lifetime.wait_for(lambda: _take_up(role, settings, database))
            lifetime.wait_for(lambda: prepare(database))
            asyncio.run(_run(settings, database, run, lifetime))
            database.close()
        except Stopped:
            pass
        except SettingsError as error:
            raise fail(str(error), code=2) from error
        finally:
            stop_all()


def _take_up(role: str, settings: Settings, database: Database) -> None:
    """Say who starts here, and go by these settings. SettingsError when the database is another company's."""
    with database.session() as session:
        gone = company_settings.gone(session, settings)
        changed = company_settings.take_up(session, settings, database.clock())
    _log.info(
        "starting",
        role=role,
        company=settings.company.name,
        version=version("outside-in"),
        revision=head(),
        platforms=list(settings.platforms.on),
        settings=company_settings.fingerprint(settings),
    )
    if changed:
        _log.info("new settings", changed=changed, next="other processes with the old file must be restarted")
    if gone:
        _log.warning("keys that records may refer to are gone from app.yaml", keys=gone)


async def _run(settings: Settings, database: Database, run: Run, lifetime: Lifetime) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    lifetime.then(lambda: _set(loop, stop))
    await run(settings, database, stop)


def _patiently(settings: Settings, data: Path, lifetime: Lifetime) -> Database:
    """The database, up to date. One that is away is waited for, with one line when that begins and one when it's over."""
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    from bot.schema import NewerDatabase  # noqa: PLC0415

    asked, began, tries = threading.Event(), time.monotonic(), 0
    lifetime.then(asked.set)
    while True:
        try:
            database = connected(settings, data)
        except (NewerDatabase, EmbeddedError, ValueError) as error:
            raise SettingsError(str(error)) from error
        except OperationalError as error:
            if told := unusable(error):
                raise SettingsError(told) from error
            if tries == 0:
                _log.warning("the database does not answer", reason=str(error.orig).partition("\n")[0])
        else:
            if tries:
                _log.info("the database is there", waited_seconds=round(time.monotonic() - began))
            return database
        tries += 1
        if asked.wait(_PAUSES[min(tries, len(_PAUSES)) - 1]):
            raise Stopped


def _may_begin_anew(config: Path) -> bool:
    """Whether app.yaml can be read as it is now; its mistakes are told, and the old settings stay in force."""
    try:
        load(config)
    except SettingsError as error:
        _log.error("app.yaml is not taken up: it has mistakes, and the settings from before stay", problems=str(error))
        return False
    _log.info("restarting with new settings", config=str(config))
    return True


def _set(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Tell the event loop from another thread; one that has ended needs no telling."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(stop.set)
