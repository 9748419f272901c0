"""Another way to whom a platform couldn't reach: the next one they have an account on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from bot.delivery.broadcasts.recording import Outcome
from bot.domain.people.people import Platform

_QUEUE = sa.text("""
    UPDATE deliveries d SET platform = a.platform, tenant = a.tenant, user_id = a.user_id, state = 'queued', attempts = 0,
        tried = d.tried || d.platform::text, not_before = :now
    FROM (SELECT DISTINCT ON (person_id) person_id, platform, tenant, user_id FROM accounts
          WHERE platform = ANY(:others) ORDER BY person_id, seen_at DESC) a, broadcasts b, updates u
    WHERE b.id = d.broadcast_id AND b.state <> 'cancelled' AND u.id = b.update_id AND u.recalled_at IS NULL
      AND d.id = ANY(:ids) AND d.state = 'failed' AND a.person_id = d.person_id AND a.platform <> ALL(d.tried)
    RETURNING d.platform, d.tenant""")
"""None once it was called off or taken back: they would wait for ever."""


def queue(session: Session, failed: Sequence[Outcome], others: Sequence[Platform], now: datetime) -> set[tuple[Platform, str]]:
    """Queue those that couldn't be reached here on another platform they have an account on; the lanes they are on now."""
    if not failed or not others:
        return set()
    asked = {"ids": [one.outgoing.delivery_id for one in failed], "others": [one.value for one in others], "now": now}
    return {(Platform(platform), tenant) for platform, tenant in session.execute(_QUEUE, asked).all()}
