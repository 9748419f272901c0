"""The states of a broadcast, and when it may go out."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

EARLIEST_ZONE = timedelta(hours=14)
"""How far ahead of UTC the first place on earth begins a day."""


class When(StrEnum):
    """NOW: as soon as it is approved. AT: from one instant on. MORNING: from nine on a day. Each in everyone's own working hours."""

    NOW = "now"
    AT = "at"
    MORNING = "morning"


class BroadcastState(StrEnum):
    """DRAFT: not asked for. WAITING: for those who must agree. SCHEDULED: approved, its time is to come. DONE: nothing is left to send."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


OVER = frozenset({BroadcastState.DONE, BroadcastState.CANCELLED})
"""Nothing more is sent of one in these."""

RUNNING = frozenset({BroadcastState.SCHEDULED, BroadcastState.SENDING, BroadcastState.PAUSED})
"""Approved, and not over."""


def first_instant(when: When, at: datetime | None, day: date | None) -> datetime | None:
    """From when somebody somewhere may be reached: `at`, or the first morning of `day` on earth; None for at once."""
    if when == When.MORNING and day is not None:
        return datetime.combine(day, time(0), UTC) - EARLIEST_ZONE
    return at if when == When.AT else None
