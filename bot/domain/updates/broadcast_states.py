"""The states of a broadcast, and when it may go out."""

from datetime import timedelta
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
