"""How many updates a person gets in a week: counted by when each arrives; what is above it, and all of whoever wants so, is told in the digest."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from bot.domain.updates.broadcasts import Broadcast
from bot.settings import Settings

WEEK = timedelta(days=7, minutes=15)
"""The seven days, and how much later than at its moment a copy may arrive: two a week apart to the minute aren't told apart by seconds."""

_EXPANDING = 4_183_507
"""The advisory lock under which recipients are looked up: two broadcasts that begin at once must see each other's."""

_HOLD_BACK = sa.text("""
    WITH mine AS MATERIALIZED (
        SELECT d.id, d.person_id, greatest(coalesce(d.not_before, d.queued_at), :now) AS at, p.digest
        FROM deliveries d JOIN people p ON p.id = d.person_id
        WHERE d.broadcast_id = :broadcast AND d.subject = 'update' AND d.state = 'queued' AND NOT starts_with(d.reason, 'in doubt')
          AND d.id NOT IN (SELECT unnest(delivery_ids) FROM under_way)
          AND (CAST(:ids AS int[]) IS NULL OR d.id = ANY(CAST(:ids AS int[])))),
    others AS MATERIALIZED (
        SELECT o.person_id,
            CASE WHEN o.state = 'queued' THEN greatest(coalesce(o.not_before, o.queued_at), :now)
                ELSE coalesce(o.sent_at, o.not_before, o.queued_at) END AS at
        FROM deliveries o
        WHERE o.subject = 'update' AND o.broadcast_id IS DISTINCT FROM :broadcast
          AND o.state IN ('queued', 'sending', 'sent', 'unconfirmed', 'recalled')
          AND (o.state = 'queued' OR coalesce(o.sent_at, o.not_before, o.queued_at) > CAST(:now AS timestamptz) - CAST(:week AS interval))
          AND o.person_id IN (SELECT person_id FROM mine)),
    ahead AS (
        SELECT person_id, at, count(*) OVER (
            PARTITION BY person_id ORDER BY at RANGE BETWEEN CURRENT ROW AND CAST(:week AS interval) FOLLOWING) AS number
        FROM others),
    full_weeks AS (
        SELECT m.id FROM mine m JOIN ahead a ON a.person_id = m.person_id
        WHERE a.at > m.at - CAST(:week AS interval) AND a.at <= m.at AND a.number >= :limit
        UNION
        SELECT m.id FROM mine m JOIN others o ON o.person_id = m.person_id
        WHERE o.at >= m.at AND o.at < m.at + CAST(:week AS interval) GROUP BY m.id HAVING count(*) >= :limit)
    UPDATE deliveries SET state = 'digest'
    WHERE id IN (SELECT id FROM mine WHERE digest UNION SELECT id FROM full_weeks)""")


def one_at_a_time(session: Session) -> None:
    """Wait until nobody else looks up recipients, and let nobody until this transaction is over."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_EXPANDING)))


def hold_back(session: Session, broadcast: Broadcast, settings: Settings, now: datetime, ids: Collection[int] | None = None) -> int:
    """Leave to the digest those of a broadcast's waiting copies that would be too many in any seven days, and those of who wants it; how many.

    `ids`: of these only. What is urgent waits for no digest, and counts all the same.
    """
    session.flush()
    if broadcast.urgent:
        return 0
    chosen = None if ids is None else list(ids)
    asked = {"broadcast": broadcast.key, "now": now, "week": WEEK, "limit": settings.updates.weekly_limit, "ids": chosen}
    return int(session.execute(_HOLD_BACK, asked).rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it
