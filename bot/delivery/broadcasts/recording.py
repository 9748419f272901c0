"""What became of messages, written back in one statement, with what their platform told on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.delivery.broadcasts.claims import OutgoingMessage
from bot.delivery.outcomes import Ending, storable
from bot.delivery.senders import Sent
from bot.domain.outbox.deliveries import IN_DOUBT


@dataclass(frozen=True)
class Outcome:
    """What became of a message: its new state, and the columns that go with it. `attempts` is None where this was one more.

    `ending` is what its try came to, None of one that wasn't tried.
    """

    outgoing: OutgoingMessage
    state: str
    reason: str = ""
    sent: Sent | None = None
    not_before: datetime | None = None
    attempts: int | None = None
    ending: Ending | None = None


_RECORD = sa.text("""
    WITH o AS MATERIALIZED (
        SELECT o.*, u.version AS latest, u.recalled_at IS NOT NULL AS recalled, b.state = 'cancelled' AS cancelled
        FROM json_to_recordset(CAST(:rows AS json)) AS o(id int, broadcast_id int, state text, reason text, user_id text,
            conversation text, message_id text, tenant text, not_before timestamptz, version int, attempts int)
        JOIN broadcasts b ON b.id = o.broadcast_id JOIN updates u ON u.id = b.update_id)
    UPDATE deliveries d SET reason = o.reason, user_id = coalesce(o.user_id, d.user_id), attempts = o.attempts,
        conversation = coalesce(o.conversation, d.conversation), message_id = coalesce(o.message_id, d.message_id),
        tenant = coalesce(o.tenant, d.tenant),
        not_before = coalesce(o.not_before, d.not_before),
        sent_at = CASE WHEN o.state = 'sent' THEN CAST(:now AS timestamptz) ELSE d.sent_at END,
        shown = CASE WHEN o.state = 'sent' THEN o.version ELSE d.shown END,
        to_change = o.state = 'sent' AND (o.recalled OR o.version < o.latest),
        state = CASE WHEN o.state = 'queued' AND NOT starts_with(o.reason, :in_doubt) AND (o.cancelled OR o.recalled) THEN 'cancelled'
            ELSE o.state END
    FROM o WHERE d.id = o.id""")
"""What their broadcasts say is joined first, so that the rows can only be found by their ids. They come as JSON: written by the driver as
arrays they'd cost an eighth of all the time a broadcast takes."""

_TALKS = sa.text("""
    UPDATE accounts a SET conversation = o.conversation
    FROM unnest(CAST(:users AS text[]), CAST(:talks AS text[])) AS o(user_id, conversation)
    WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = o.user_id AND a.conversation <> o.conversation""")

_VOUCHED = sa.text("""
    UPDATE accounts SET vouched_at = :now
    WHERE platform = :platform AND tenant = :tenant AND user_id = ANY(:users) AND vouched_at IS NULL""")

_HOLD = sa.text("SELECT id FROM updates WHERE id IN (SELECT update_id FROM broadcasts WHERE id = ANY(:broadcasts)) FOR SHARE")
"""A version can't change between its being compared and the row's being written: an edit waits, and then finds the row SENT."""


def record(session: Session, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what became of messages that were sent (or not)."""
    if not outcomes:
        return
    session.execute(_HOLD, {"broadcasts": list({one.outgoing.broadcast_id for one in outcomes})})
    rows = json.dumps([_row(one) for one in outcomes])
    session.execute(_RECORD, {"now": now, "in_doubt": IN_DOUBT, "rows": rows})
    _keep_conversations(session, outcomes)
    _keep_vouched(session, outcomes, now)


def _keep_vouched(session: Session, outcomes: Iterable[Outcome], now: datetime) -> None:
    """An account linked before anybody vouched for it was checked by the sender: once is enough."""
    checked = [one for one in outcomes if one.sent and one.outgoing.to.unchecked]
    if checked:
        to, users = checked[0].outgoing.to, [one.sent.user_id for one in checked if one.sent]
        session.execute(_VOUCHED, {"platform": to.platform.value, "tenant": to.tenant, "users": users, "now": now})


def _row(outcome: Outcome) -> dict[str, Any]:
    outgoing, sent = outcome.outgoing, outcome.sent
    return {
        "id": outgoing.delivery_id,
        "broadcast_id": outgoing.broadcast_id,
        "state": outcome.state,
        "reason": storable(outcome.reason),
        "user_id": sent.user_id or None if sent else None,
        "conversation": storable(sent.conversation) if sent else None,
        "message_id": storable(sent.message_id) if sent else None,
        "tenant": sent.tenant or None if sent else None,
        "not_before": outcome.not_before.isoformat() if outcome.not_before else None,
        "version": outgoing.version,
        "attempts": outgoing.attempts if outcome.attempts is None else outcome.attempts,
    }


def _keep_conversations(session: Session, outcomes: Iterable[Outcome]) -> None:
    """What a platform told on the way (a conversation opened) saves asking next time."""
    opened = [one for one in outcomes if one.sent and one.sent.user_id and one.sent.conversation != one.outgoing.to.conversation]
    if opened:
        to = opened[0].outgoing.to
        users, talks = [one.sent.user_id for one in opened if one.sent], [one.sent.conversation for one in opened if one.sent]
        session.execute(_TALKS, {"platform": to.platform.value, "tenant": to.tenant, "users": users, "talks": talks})
