"""Undoing a deletion, for ten minutes: a press too many on a phone costs nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.engagements.engagements import Engagement
from bot.domain.errors import Refusal

WITHIN = timedelta(minutes=10)


def undo_until(engagement: Engagement, now: datetime) -> datetime | None:
    """Until when a deleted engagement can be had back; None when it can't (any more)."""
    if engagement.deleted_at is None or now - engagement.deleted_at > WITHIN:
        return None
    return engagement.deleted_at + WITHIN


def restore(engagement: Engagement, now: datetime) -> None:
    """Put a deleted engagement back; Refusal after ten minutes. One that is there already stays so: Undo may be pressed twice.

    Whoever asks has been found to have the right to change it.
    """
    if engagement.deleted_at is None:
        return
    if undo_until(engagement, now) is None:
        msg = "This was deleted more than ten minutes ago"
        raise Refusal(msg, "Log it again with /logvisit.")
    engagement.deleted_at = None
