"""Pacing: no faster than a platform allows, and slower for a while where it says so."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock, utc_now
from bot.delivery.senders import PlatformSender
from bot.domain.people.people import Platform

_TIGHT = 0.99
"""What a rate is multiplied by when it was just over what the platform allows."""

_MUCH = 0.985
"""What it is multiplied by when the platform throttles again soon after: something else uses up the same budget, too."""

_SHARE, _LATE = 0.5, 0.01
"""Of the time between two calls, how much of a late one's delay the next makes up for; and how much at most, in seconds: on a slow lane
more than a timer's own lateness would put a call too many into somebody's second."""

_SOON, _CALM = 30, 600
"""Seconds after a throttle in which another is “soon”, and without any after which the rate is tried a little higher."""

SILENCE = 2.0
"""Seconds of silence that a job waits out. When a platform asks for more, another job comes after it."""


class TenantPace:
    """One tenant's turn-taking: evenly spaced calls at `per_second`, a pause when the platform asks for one; None is unlimited.

    A throttle makes everyone on the tenant wait as long as the platform says, and the rate a little lower afterwards; calm makes it
    rise again, never above what app.yaml sets. Times are the event loop's own; a silence is over, too, when `clock` has been moved past it,
    as the console's can be.
    """

    def __init__(self, per_second: float | None, clock: Clock = utc_now) -> None:
        self._ceiling = per_second
        self._clock = clock
        self._opens_at: datetime | None = None
        self._closed_until = self._throttled_at = self._next = float("-inf")
        self.per_second = per_second
        self._turn = asyncio.Lock()

    async def wait(self, patience: float = math.inf) -> bool:
        """Return when one more call may be made: True; or False, without the turn, when the silence asked for is longer than `patience` seconds.

        One waits at a time, in the order they came: else those who have waited out a pause would all go at once after it.
        """
        if self.per_second is None:
            return await self._until(float("-inf"), patience)
        async with self._turn:
            self._recover()
            if not await self._until(self._next, patience):
                return False
            # A timer that is late by a little is made up for, so that the average holds; more than that would be a rush.
            late = asyncio.get_running_loop().time() - min(_SHARE / self.per_second, _LATE)
            self._next = max(self._next, late) + 1 / self.per_second
        return True

    @property
    def closed_for(self) -> float:
        """Seconds for which the platform has asked for silence yet; 0 when it hasn't, or they are over."""
        left = max(0.0, self._closed_until - asyncio.get_running_loop().time())
        return left if left and self._opens_at is not None and self._clock() < self._opens_at else 0.0

    async def _until(self, moment: float, patience: float) -> bool:
        """Sleep until a moment, and as long as the tenant is closed after it; False when that is longer than `patience`."""
        loop = asyncio.get_running_loop()
        while (left := max(moment - loop.time(), self.closed_for)) > 0:
            if self.closed_for > patience:
                return False
            await asyncio.sleep(left)  # the end may move while one sleeps
        return True

    def throttled(self, after: float) -> None:
        """The platform asks for `after` seconds of silence. Several calls told so at once count as one."""
        now = asyncio.get_running_loop().time()
        if not self.closed_for and self.per_second is not None and self._ceiling is not None:
            factor = _MUCH if now - self._throttled_at < _SOON + after else _TIGHT
            self.per_second = max(self.per_second * factor, self._ceiling / 50)
            self._throttled_at = now
        left = max(after, self.closed_for)
        self._closed_until, self._opens_at = now + left, self._clock() + timedelta(seconds=left)

    def silent_as(self, other: TenantPace | None) -> None:
        """Keep the silence that was asked of another, as long as it lasts there."""
        if other is not None:
            self._closed_until, self._opens_at = other._closed_until, other._opens_at

    def _recover(self) -> None:
        now = asyncio.get_running_loop().time()
        if self.per_second is None or self._ceiling is None or self.per_second == self._ceiling:
            return
        if now - self._throttled_at > _CALM:
            self.per_second, self._throttled_at = min(self.per_second / _TIGHT, self._ceiling), now


class Pace:
    """The pace of every tenant, as its platform's `Capabilities` have it. `senders` may get their members later."""

    def __init__(self, senders: Mapping[Platform, PlatformSender], clock: Clock = utc_now) -> None:
        self._senders = senders
        self._clock = clock
        self._instead: dict[str, float] | None = None
        self._tenants: dict[tuple[Platform, str, str], TenantPace] = {}

    def of(self, platform: Platform, tenant: str = "", kind: str = "send") -> TenantPace:
        """A tenant's pace for one kind of call; kinds that the platform doesn't count apart are one."""
        rates = self._of(platform)
        kind = kind if kind in rates else "send"
        key = (platform, tenant, kind)
        if key not in self._tenants:
            made = self._tenants[key] = TenantPace(rates.get(kind), self._clock)
            made.silent_as(self._tenants.get((platform, "", kind)))
        return self._tenants[key]

    def _of(self, platform: Platform) -> Mapping[str, float]:
        """A platform's calls a second, by kind."""
        if self._instead is not None:
            return self._instead
        return self._senders[platform].capabilities.rates if platform in self._senders else {}

    def everywhere(self, per_second: float | None) -> None:
        """Give every tenant this rate in place of its platform's, None for no limit: for platforms that aren't the real ones, as a test's."""
        self._instead = {} if per_second is None else dict.fromkeys(("send", "change", "home"), per_second)
        self._tenants.clear()

    def throttled(self, platform: Platform, tenant: str, after: float, kind: str = "send") -> None:
        """A platform asks for `after` seconds of silence on a tenant; on all of them, now or later, where it isn't known whose call it was."""
        self.of(platform, tenant, kind).throttled(after)
        counted = kind if kind in self._of(platform) else "send"
        for (where, whose, what), pace in self._tenants.items():
            if not tenant and whose and (where, what) == (platform, counted):
                pace.throttled(after)

    async def wait(self, platform: Platform, tenant: str = "", kind: str = "send") -> None:
        """Return when one more call may be made."""
        await self.of(platform, tenant, kind).wait()
