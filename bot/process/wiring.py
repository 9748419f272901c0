"""The parts every process needs, put together: commands and schedules found, dispatcher and timetable made."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import TypeVar

import handlers
import schedules
from bot.clock import Clock, MovableClock, utc_now
from bot.commands import Command, Platform, Schedule, Source
from bot.database import Database
from bot.delivery.context import WorkerContext
from bot.delivery.pacing import Pace
from bot.delivery.senders import PlatformSender
from bot.dispatch.dispatcher import Dispatcher
from bot.domain import rights
from bot.domain.words.suggestions import Understanding
from bot.platforms.connections import Connection
from bot.scheduling.timetable import Timetable
from bot.settings import Settings, SettingsError
from bot.workflows import searches as sources

_Found = TypeVar("_Found", Command, Schedule)


def discover(package: ModuleType, kind: type[_Found], attribute: str) -> dict[str, _Found]:
    """Everything a package's modules offer under `attribute`, by name. A name given twice is an error."""
    found: dict[str, _Found] = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        offered = getattr(importlib.import_module(info.name), attribute, None)
        if not isinstance(offered, kind):
            msg = f"{info.name} has no {attribute}"
            raise TypeError(msg)
        if offered.name in found:
            msg = f"{offered.name} is there twice, once in {info.name}"
            raise ValueError(msg)
        found[offered.name] = offered
    return found


def commands() -> dict[str, Command]:
    """Every command, by name."""
    return discover(handlers, Command, "COMMAND")


def all_schedules() -> dict[str, Schedule]:
    """Every scheduled job, by name."""
    return discover(schedules, Schedule, "SCHEDULE")


def check_schedules(settings: Settings) -> None:
    """SettingsError when app.yaml names a schedule that doesn't exist."""
    known = all_schedules()
    if unknown := sorted(set(settings.schedules) - set(known)):
        msg = f"schedules: there is no “{unknown[0]}”. Known: {', '.join(sorted(known))}."
        raise SettingsError(msg)


def check_rights(*offered: Iterable[Command | Source]) -> None:
    """LookupError when something on offer does what no line of the table of rights is about: nobody could use it."""
    if missing := [one for some in offered for one in some if rights.unknown([one.action])]:
        msg = f"nobody may use {missing[0]}: its action has no line in bot/domain/rights/table.py"
        raise LookupError(msg)


@dataclass
class Application:
    """Everything a process works with, once wired."""

    settings: Settings
    database: Database
    clock: Clock
    dispatcher: Dispatcher
    timetable: Timetable
    senders: dict[Platform, PlatformSender] = field(default_factory=dict)
    connections: list[Connection] = field(default_factory=list)

    @cached_property
    def worker_context(self) -> WorkerContext:
        """What the worker's tasks are given: one, so that all keep to one pace and hear of the same stop."""
        return WorkerContext(
            self.database,
            self.settings,
            self.senders,
            Pace(self.senders, self.clock if isinstance(self.clock, MovableClock) else utc_now),
        )


def build(settings: Settings, database: Database, understanding: Understanding | None = None) -> Application:
    """Wire the parts every process needs, with the language model that lines are read by, if any. The database must be migrated."""
    check_schedules(settings)
    check_rights(commands().values(), sources.SOURCES.values())
    dispatcher = Dispatcher(database, settings, commands(), sources.SOURCES, understanding)
    return Application(settings, database, database.clock, dispatcher, Timetable(database, settings, all_schedules()))
