"""Undoing a deletion, for ten minutes: a press too many on a phone costs nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.engagements.engagements import Engagement
from bot.domain.errors import NotAllowed, Refusal
from bot.domain.people.people import Person
from bot.domain.records import audit
from bot.domain.rights import Action, may

WITHIN = timedelta(minutes=10)


def undo_until(engagement: Engagement, now: datetime) -> datetime | None:
    """Until when a deleted engagement can be had back; None when it can't (any more)."""
    if engagement.deleted_at is None or now - engagement.deleted_at > WITHIN:
        return None
    return engagement.deleted_at + WITHIN


def may_undo(session: Session, engagement: Engagement, actor: Person) -> bool:
    """Whether it is theirs to undo: whoever deleted it last, as the audit trail has it, and who oversees everything."""
    if may(actor, Action.OVERSEE):
        return True
    session.flush()  # a deletion just made has its entry
    deletions = [one for one in audit.history(session, "engagements", engagement.key) if (one.after or {}).get("deleted_at")]
    return bool(deletions) and deletions[-1].actor_id == actor.id


def restore(session: Session, engagement: Engagement, actor: Person, now: datetime) -> None:
    """Put a deleted engagement back; Refusal after ten minutes. One that is there already stays so: Undo may be pressed twice.

    Whoever asks has been found to have the right to change it; NotAllowed where somebody else deleted it.
    """
    if engagement.deleted_at is None:
        return
    if not may_undo(session, engagement, actor):
        msg = "Someone else deleted this"
        raise NotAllowed(msg, "Ask them or the CX office to undo it, or log it again with /logvisit.")
    if undo_until(engagement, now) is None:
        msg = "This was deleted more than ten minutes ago"
        raise Refusal(msg, "Log it again with /logvisit.")
    engagement.deleted_at = None
