"""What the console is given: people, completions, previews and a clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.cards import Option, Reply
from bot.commands import Inbound, Sender
from bot.platforms.plugin import Clock, Preview


@dataclass(frozen=True)
class ConsolePerson:
    """Somebody one can be on the console. `zone` is an IANA name; the email is who they are."""

    email: str
    name: str
    roles: tuple[str, ...]
    department: str
    zone: str


@dataclass(frozen=True)
class Start:
    """Somebody to begin as: `who` they are in the company, what to `try_` first, and the `line` that does it."""

    person: ConsolePerson
    who: str
    try_: str
    line: str


async def _no_starts() -> list[Start]:
    return []


async def _nobody_asked(_after: datetime, _until: datetime) -> list[ConsolePerson]:
    return []


@dataclass(frozen=True)
class Guide:
    """What helps somebody who tries it. `zone` is the company's, an IANA name, by which the clock is read and moved; "" takes each person's own.

    `starts` lists who to begin as, `asked` who was sent a prompt after one instant and no later than another.
    """

    zone: str = ""
    starts: Callable[[], Awaitable[list[Start]]] = _no_starts
    asked: Callable[[datetime, datetime], Awaitable[list[ConsolePerson]]] = _nobody_asked


class Answering(Protocol):
    """What the console asks of `bot.dispatch.dispatcher.Dispatcher`."""

    @property
    def commands(self) -> Mapping[str, object]:
        """The commands there are, by name."""
        ...

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer one event."""
        ...

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """Find the best options for what was typed so far."""
        ...


@dataclass(frozen=True)
class Parts:
    """Everything the console works with. `people` and `completions` are asked afresh each time, so changes show at once."""

    dispatcher: Answering
    people: Callable[[], Awaitable[list[ConsolePerson]]]
    completions: Callable[[str], Awaitable[list[tuple[str, str, str]]]]
    previews: Mapping[str, Preview]
    clock: Clock
    sample: bool
    company: str
    guide: Guide
