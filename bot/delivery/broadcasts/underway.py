"""Which copies of a lane are with the platform at this moment: one small row for many of them, committed just before their calls.

A row a copy would cost as much as writing what became of it. One job at a time has the lane; whatever is under way when another begins
was left by one that died, and may have arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from sqlmodel import Session

from bot.delivery.broadcasts.claims import OutgoingMessage
from bot.domain.outbox.deliveries import IN_DOUBT
from bot.domain.people.people import Platform

Connection = AsyncConnection[TupleRow]


class LeaseLost(Exception):
    """Another job has the lane by now: this one was taken for dead, as when its machine slept."""


_TURN = sa.text("""
    INSERT INTO lane_turns (platform, tenant, turn) VALUES (:platform, :tenant, 1)
    ON CONFLICT (platform, tenant) DO UPDATE SET turn = lane_turns.turn + 1 RETURNING turn""")

_ORPHANS = sa.text("""
    WITH gone AS (DELETE FROM under_way WHERE platform = :platform AND tenant = :tenant RETURNING delivery_ids)
    UPDATE deliveries SET reason = :reason, attempts = attempts + 1
    WHERE id IN (SELECT unnest(delivery_ids) FROM gone) AND state = 'queued'""")

_MINE = sa.text("SELECT turn FROM lane_turns WHERE platform = :platform AND tenant = :tenant FOR SHARE")

_MARK = """
    WITH mine AS MATERIALIZED (SELECT turn FROM lane_turns WHERE platform = %(platform)s AND tenant = %(tenant)s FOR SHARE),
    running AS MATERIALIZED (
        SELECT b.id, u.version FROM broadcasts b JOIN updates u ON u.id = b.update_id
        WHERE b.id = ANY(%(broadcasts)s::int[]) AND b.state = 'sending' AND u.recalled_at IS NULL
          AND (SELECT turn FROM mine) = %(turn)s FOR SHARE OF b, u),
    waiting AS MATERIALIZED (SELECT id, broadcast_id FROM deliveries WHERE id = ANY(%(ids)s::int[]) AND state = 'queued'),
    going AS (
        INSERT INTO under_way (platform, tenant, delivery_ids)
        SELECT %(platform)s, %(tenant)s, array_agg(w.id)
        FROM unnest(%(ids)s::int[], %(versions)s::int[]) AS o(id, version)
        JOIN waiting w ON w.id = o.id JOIN running r ON r.id = w.broadcast_id AND r.version = o.version
        HAVING count(*) > 0 RETURNING id, delivery_ids)
    SELECT mine.turn, going.id, going.delivery_ids FROM mine LEFT JOIN going ON true"""
"""One round trip, committed by itself: everything waits for it. While it holds its locks nobody else can begin on the lane, nor pause,
edit or recall. Rows are found by their ids before anything is joined: the planner, knowing an older state of the table, would go through
a broadcast."""

_SHRINK = sa.text("""
    UPDATE under_way w SET delivery_ids = CAST(o.ids AS int[])
    FROM unnest(CAST(:rows AS int[]), CAST(:lists AS text[])) AS o(id, ids) WHERE w.id = o.id""")

_CLOSE = sa.text("DELETE FROM under_way WHERE id = ANY(:rows)")


@dataclass
class UnderWay:
    """What one job has under way on its lane: by the row that says so, the deliveries whose end isn't written yet."""

    platform: Platform
    tenant: str
    turn: int = 0
    rows: dict[int, set[int]] = field(default_factory=dict)

    @property
    def _lane(self) -> dict[str, str]:
        return {"platform": self.platform.value, "tenant": self.tenant}

    def begin(self, session: Session) -> int:
        """Take the lane, and put in doubt what a job that died had under way; gives the number of this turn."""
        turn: int = session.execute(_TURN, self._lane).scalar_one()
        session.execute(_ORPHANS, self._lane | {"reason": f"{IN_DOUBT}: interrupted"})
        return turn

    async def mark(self, connection: Connection, outgoing_messages: Sequence[OutgoingMessage]) -> frozenset[int]:
        """Put those under way that may go as things stand, and say which those are.

        Raises LeaseLost when this job doesn't have the lane any more.
        """
        asked = {
            "turn": self.turn,
            "ids": [one.delivery_id for one in outgoing_messages],
            "versions": [one.version for one in outgoing_messages],
            "broadcasts": list({one.broadcast_id for one in outgoing_messages}),
        }
        found = await (await connection.execute(_MARK, self._lane | asked)).fetchone()
        if found is None or found[0] != self.turn:
            raise LeaseLost
        _, row, ids = found
        if row is None:
            return frozenset()
        self.rows[row] = set(ids)
        return frozenset(ids)

    def is_mine(self, session: Session) -> bool:
        """Whether this job has the lane still; nobody else can begin on it until this transaction is over."""
        return bool(session.execute(_MINE, self._lane).scalar() == self.turn)

    def after(self, ended: Iterable[int]) -> dict[int, set[int]]:
        """The rows that change when these have ended, with what is left in each."""
        over = set(ended)
        return {row: ids - over for row, ids in self.rows.items() if ids & over}

    def write(self, session: Session, left: dict[int, set[int]]) -> None:
        """Write what is left in some rows; one with nothing left is over."""
        session.execute(_CLOSE, {"rows": [row for row, ids in left.items() if not ids]})
        shrunk = {row: ids for row, ids in left.items() if ids}
        if shrunk:
            lists = ["{" + ",".join(map(str, sorted(ids))) + "}" for ids in shrunk.values()]
            session.execute(_SHRINK, {"rows": list(shrunk), "lists": lists})

    def keep(self, left: dict[int, set[int]]) -> None:
        """Remember what was written."""
        for row, ids in left.items():
            if ids:
                self.rows[row] = ids
            else:
                self.rows.pop(row, None)
