"""Every outcome is told once its transaction is committed: one log line, one counter. What wasn't sent is kept beside its row, too.

The line has the delivery's (or post's) id and the trace id of what caused it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter
from sqlalchemy import event
from sqlmodel import Session

from bot.database import context
from bot.delivery.outcomes import Ending, Result
from bot.domain.outbox import delivery_events
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.delivery_events import DeliveryEvent
from bot.domain.outbox.posts import ChannelPost
from bot.domain.people.people import Platform

_log = structlog.get_logger(__name__)
_OUTCOMES = Counter("outside_in_deliveries", "What became of each try to send something", ("kind", "platform", "outcome"))

_TROUBLE = {Ending.UNCONFIRMED, Ending.REFUSED, Ending.FAILED}
"""Told as warnings: somebody may have to do something."""


@dataclass(frozen=True)
class Told:
    """What became of one try: of a `message`, a `post` or a broadcast's `copy` (`kind`), and with which number."""

    kind: str
    number: int
    subject: str
    trace: str
    ending: Ending
    platform: Platform | None = None
    reason: str = ""
    tries: int = 0
    next_at: datetime | None = None


def of_copy(session: Session, copy: Delivery, result: Result, platform: Platform | None) -> None:
    """Tell what became of a single message."""
    found = Told(
        "message", copy.key, copy.subject, copy.trace, result.ending, platform, result.reason, copy.attempts, _next(session, result)
    )
    tell(session, [found])


def of_post(session: Session, post: ChannelPost, result: Result) -> None:
    """Tell what became of a post in a channel."""
    at = _next(session, result)
    tell(
        session,
        [Told("post", post.key, post.subject, post.trace, result.ending, post.platform, result.reason, post.attempts, at)],
    )


def put_away(session: Session, copy: Delivery, reason: str) -> None:
    """Tell that nobody needs a message any more."""
    tell(session, [Told("message", copy.key, copy.subject, copy.trace, Ending.CANCELLED, None, reason, copy.attempts)])


def tell(session: Session, told: Sequence[Told]) -> None:
    """Write beside their rows what wasn't sent; and, once this is committed, the lines and counts of all."""
    now = context(session).now
    delivery_events.record(session, [_event(one, now) for one in told if one.ending is not Ending.SENT])

    def say(_session: Session) -> None:
        for one in told:
            _say(one)

    event.listen(session, "after_commit", say, once=True)


def _next(session: Session, result: Result) -> datetime | None:
    return None if result.after is None else context(session).now + timedelta(seconds=result.after)


def _event(told: Told, now: datetime) -> DeliveryEvent:
    post = told.kind == "post"
    return DeliveryEvent(
        delivery_id=None if post else told.number,
        post_id=told.number if post else None,
        at=now,
        what=told.ending.value,
        reason=told.reason,
        platform=told.platform.value if told.platform else "",
        next_at=told.next_at,
    )


def _say(told: Told) -> None:
    platform = told.platform.value if told.platform else ""
    _OUTCOMES.labels(told.kind, platform, told.ending.value).inc()
    fields: dict[str, object] = {"post" if told.kind == "post" else "delivery": told.number, "trace": told.trace}
    fields |= {"outcome": told.ending.value, "subject": str(told.subject), "platform": platform, "tries": told.tries}
    if told.reason:
        fields["reason"] = told.reason
    if told.next_at:
        fields["next_at"] = told.next_at.isoformat()
    (_log.warning if told.ending in _TROUBLE else _log.info)(f"{told.kind} {told.ending.value}", **fields)
