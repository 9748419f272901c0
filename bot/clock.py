"""The clock, passed in everywhere, so that 90 days can be tried in seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Gives the present instant, UTC-aware."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class MovableClock:
    """A clock that runs like the real one, `offset` ahead of it. Only ever moved forward."""

    def __init__(self, offset: timedelta = timedelta(0), real: Clock = utc_now) -> None:
        self.offset = offset
        self._real = real

    def __call__(self) -> datetime:
        """The present instant of this clock."""
        return self._real() + self.offset

    def forward(self, to: datetime) -> timedelta:
        """Move so that it is `to` now; returns by how much. ValueError when `to` is already past."""
        step = to - self()
        if step < timedelta(0):
            msg = f"{to.isoformat()} is already past; this clock only moves forward"
            raise ValueError(msg)
        self.offset += step
        return step

    def reach(self, instant: datetime) -> timedelta:
        """Move so that it is `instant` at least; returns by how much, which is nothing when it's that late already."""
        step = max(instant - self(), timedelta(0))
        self.offset += step
        return step


def real(clock: Clock, instant: datetime) -> datetime:
    """The real instant of one of a clock's own: what the database's clock, which nobody moves, shows by then."""
    return instant - clock.offset if isinstance(clock, MovableClock) else utc_now() + (instant - clock())
