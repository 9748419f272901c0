"""Whether what is outside can be reached: each platform is asked in the background until it answers, and an outage is told of once.

Nothing waits for a platform: while one is away, the others, the web server, the worker and the schedules go on.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

import structlog
from prometheus_client import Gauge

from bot.delivery.senders import Refused, RetryLater

_log = structlog.get_logger(__name__)

_UP = Gauge("outside_in_platform_up", "Whether the platform answers and takes the bot (1) or not (0)", ["platform"])

_FIRST, _LONGEST, _REFUSED = 1.0, 60.0, 300.0
"""Seconds between tries: the first, the longest after doublings, and those of a refusal, which someone must act on."""

_LOOK_EVERY = 300.0
"""Seconds between looks while all is well: a token that was revoked is noticed by then."""


class OutageListener(Protocol):
    """Is told when an outage that someone must act on begins, and when a platform answers."""

    async def refused(self, platform: str, why: str) -> bool:
        """The platform refuses the bot. False when it couldn't be told on: it is told again."""
        ...

    async def answers(self, platform: str) -> bool:
        """The platform answers. False as above."""
        ...


class Connection:
    """One platform. `ask` raises Refused or RetryLater, with a sentence, when it isn't there; what else it raises is a fault of ours."""

    def __init__(self, platform: str, ask: Callable[[], Awaitable[None]], *, every: float = _LOOK_EVERY) -> None:
        self.platform = platform
        self.up = False
        self.why = "not asked yet"
        self.outage_listener: OutageListener | None = None
        self._ask = ask
        self._every = every
        self._since = time.monotonic()
        self._tries = 0
        self.asked = asyncio.Event()
        self._wanted = asyncio.Event()
        self._refusal = ""  # why it is refused, in this outage
        self._untold: str | None = None  # the same, or "" that it answers, as long as nobody has been told

    def look(self) -> None:
        """Ask at once, instead of when it's time: something was noticed. While it is away its own pauses hold."""
        if self.up:
            self._wanted.set()

    async def keep(self) -> None:
        """Look after it until cancelled. `asked` is set once it has been asked, or nobody is going to ask."""
        _UP.labels(self.platform).set(0)
        try:
            while True:
                await self._turn()
        finally:
            self.asked.set()

    async def _turn(self) -> None:
        """Ask, tell, and wait until it's time to ask again."""
        self._wanted.clear()
        pause = await self._look()
        self.asked.set()
        await self._tell()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), pause)

    async def _look(self) -> float:
        """Ask once; the seconds until the next time."""
        try:
            await self._ask()
        except Refused as error:
            self._lost(str(error), refused=True)
            return jittered(min(_REFUSED, 30 * 2 ** (self._tries - 1)))
        except RetryLater as error:
            self._lost(error.detail)
            return max(error.after or 0, jittered(min(_LONGEST, _FIRST * 2 ** (self._tries - 1))))
        self._found()
        return self._every

    def _lost(self, why: str, *, refused: bool = False) -> None:
        """Say so once an outage, and once more where it turns out to be a refusal."""
        if self._tries == 0:
            self._since = time.monotonic()
        if refused and why != self._refusal:
            _log.error("platform refuses the bot", platform=self.platform, reason=why)
            self._refusal = self._untold = why
        elif self._tries == 0:
            _log.warning("platform is away", platform=self.platform, reason=why)
        self._tries = min(self._tries + 1, 30)
        self.up, self.why = False, why
        _UP.labels(self.platform).set(0)

    def _found(self) -> None:
        if not self.up:
            away: dict[str, object] = {"away_seconds": round(time.monotonic() - self._since)} if self._tries else {}
            _log.info("platform is back" if self._tries else "platform answers", platform=self.platform, **away)
            self._untold = ""
        self.up, self.why, self._tries, self._refusal = True, "", 0, ""
        _UP.labels(self.platform).set(1)

    async def _tell(self) -> None:
        if self.outage_listener is None or self._untold is None:
            return
        why = self._untold
        told = await (self.outage_listener.refused(self.platform, why) if why else self.outage_listener.answers(self.platform))
        if told and self._untold == why:
            self._untold = None


def jittered(seconds: float) -> float:
    """Between half of it and all of it, so that many processes don't come back at one moment."""
    return seconds * random.uniform(0.5, 1)  # noqa: S311 - no secret hangs on it
