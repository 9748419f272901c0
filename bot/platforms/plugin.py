"""What a platform offers the rest of the house: the adapter's contract. Each has one `PLATFORM` in the `plugin` module of its folder.

Importing this, or a plugin, imports no SDK and no web server: those come with `build`, where the platform is switched on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from aiohttp import web

    from bot.cards import Card, Form
    from bot.commands import Command
    from bot.database import Database
    from bot.delivery.senders import PlatformSender
    from bot.dispatch.dispatcher import Dispatcher
    from bot.domain.people.people import Platform
    from bot.platforms.connections import Connection
    from bot.settings import Settings

Environ = Mapping[str, str]
Preview = Callable[["Card | Form"], dict[str, Any]]
"""A reply as the exact JSON the platform gets."""
Answers = tuple[list[str], list[str]]
"""What was found out and what is wrong, a line each."""


class Clock(Protocol):
    """The clock everything runs by, and a way to move it forward."""

    async def now(self) -> datetime:
        """Give the present instant, in UTC."""
        ...

    async def advance_to(self, instant: datetime) -> list[str]:
        """Move to `instant` and say in lines what happened on the way; ValueError when it is already past."""
        ...


@dataclass(frozen=True)
class Host:
    """What a platform is built with.

    Without `listen` it is only sent to. `clock` is None where time can't be moved; `previews` are by the platform's name.
    """

    dispatcher: Dispatcher
    database: Database
    settings: Settings
    environ: Environ
    listen: bool
    clock: Clock | None
    previews: Mapping[str, Preview]


@dataclass(frozen=True)
class Built:
    """A platform that is switched on.

    Its `routes` are added to the web server where it listens; `begin` connects it, in the background, once all else is there; `close` ends
    it. `connection` is looked after and told of on /readyz; None where nothing outside can be away.
    """

    sender: PlatformSender
    close: Callable[[], Awaitable[None]]
    routes: tuple[Callable[[web.Application], None], ...] = ()
    begin: Callable[[], Awaitable[None]] | None = None
    connection: Connection | None = None


@dataclass(frozen=True)
class Questioner:
    """What a live check is made with: `opened` gives the database to those that need it."""

    settings: Settings
    environ: Environ
    opened: Callable[[], AbstractContextManager[Database]]


@dataclass(frozen=True)
class Release:
    """What an app's manifest is made from. `version` and `about` are the administrator's own, for packages that carry them."""

    settings: Settings
    environ: Environ
    commands: Iterable[Command]
    version: str = ""
    about: str = ""


@dataclass(frozen=True)
class Manifest:
    """What an administrator gives the platform to have the app. `help` is the command's. SettingsError when something lacks.

    Either `text` makes what is printed, or `package` the bytes of a file ending in `suffix`, with `done` saying what to do with it.
    """

    help: str
    text: Callable[[Release], dict[str, Any]] | None = None
    package: Callable[[Release], bytes] | None = None
    suffix: str = ""
    done: str = ""


def _nothing(_settings: Settings, _environ: Environ) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class PlatformPlugin:
    """One platform. `called` is its name in a list of those that are on.

    `unset` says, one sentence a thing, what is missing or can't be right in the environment, without which it can't start, and `unaddressed`
    what it lacks for being called from outside; both only asked where it is on, and never with a value in what they say. `secrets` are the
    values nobody may read anywhere. `preview` is None where a reply has no JSON, `live` where there is nobody to ask.
    """

    platform: Platform
    called: str
    build: Callable[[Host], Awaitable[Built]]
    unset: Callable[[Settings, Environ], Iterable[str]] = _nothing
    unaddressed: Callable[[Settings, Environ], Iterable[str]] = _nothing
    secrets: Callable[[Settings, Environ], Iterable[str]] = _nothing
    preview: Preview | None = None
    live: Callable[[Questioner], Coroutine[None, None, Answers]] | None = None
    manifest: Manifest | None = None
