"""How far the sending of an update has come: its copies by state, and why some people weren't reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.updates.broadcasts import Broadcast


@dataclass(frozen=True)
class Progress:
    """How far a broadcast has come: its recipients' copies by state, each person once; `reminding` are reminders still to be sent.

    `told` are those in the digest whose digest has arrived.

    `to_change` are the copies that an edit or recall has yet to reach, `unchangeable` those it can't reach, `seconds_left` what is
    left at the pace of the last minute (None while that isn't known, or nothing is due now), `waiting` those whose own time is to come, the
    last of them at `waits_until`.
    """

    counts: dict[DeliveryState, int]
    to_change: int = 0
    unchangeable: int = 0
    waiting: int = 0
    reminding: int = 0
    told: int = 0
    seconds_left: int | None = None
    waits_until: datetime | None = None

    def __getitem__(self, state: DeliveryState) -> int:
        """How many are in a state."""
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        """All there are."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Those still to be sent."""
        return self[DeliveryState.QUEUED] + self[DeliveryState.SENDING] + self.reminding


def progress(session: Session, broadcast: Broadcast, now: datetime) -> Progress:
    """How far it has come at the UTC instant `now`."""
    later = (col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.not_before) > now)
    row = sa.select(
        func.count().filter(col(Delivery.to_change)),
        func.count().filter(col(Delivery.change_reason) != ""),
        func.count().filter(col(Delivery.subject) == Subject.UPDATE, *later),
        func.count().filter(col(Delivery.sent_at) > now - timedelta(minutes=1), col(Delivery.state) == DeliveryState.SENT),
        func.count().filter(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.sent_at).is_not(None)),
        func.count().filter(
            col(Delivery.subject) == Subject.REMINDER, col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING])
        ),
        func.max(col(Delivery.not_before)).filter(*later),
    ).where(col(Delivery.broadcast_id) == broadcast.key)
    to_change, unchangeable, waiting, last_minute, told, reminding, until = session.execute(row).one()
    by_state = (
        sa.select(col(Delivery.state), func.count())
        .where(col(Delivery.broadcast_id) == broadcast.key, col(Delivery.subject) == Subject.UPDATE)
        .group_by(col(Delivery.state))
    )
    counts = {DeliveryState(state): number for state, number in session.execute(by_state)}
    due = counts.get(DeliveryState.QUEUED, 0) - waiting
    seconds = round(due * 60 / last_minute) if last_minute and due > 0 else None
    return Progress(counts, to_change, unchangeable, waiting, reminding, told, seconds, until)


def failures(session: Session, broadcast: Broadcast) -> list[tuple[str, int]]:
    """Why people weren't reached, with how many; the commonest first."""
    reason = func.split_part(col(Delivery.reason), ":", 1)
    wanted = (
        sa.select(reason, func.count())
        .where(
            col(Delivery.broadcast_id) == broadcast.key,
            col(Delivery.subject) == Subject.UPDATE,
            sa.or_(
                col(Delivery.state).in_([DeliveryState.FAILED, DeliveryState.UNCONFIRMED]),
                sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.reason) != ""),
            ),
        )
        .group_by(reason)
        .order_by(func.count().desc(), reason)
    )
    return [(str(why), number) for why, number in session.execute(wanted)]
