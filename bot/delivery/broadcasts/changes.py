"""The copies an edit or recall has yet to reach, digests among them, and what became of them, written back in one statement."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from bot.database import context
from bot.delivery.broadcasts.claims import Cards, OutgoingMessage, about, gone
from bot.delivery.broadcasts.recording import Outcome
from bot.delivery.senders import Destination, Sent
from bot.delivery.shown.bundling import message
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.updates import digests
from bot.settings import Settings

_ROWS = """FROM unnest(CAST(:ids AS int[]), CAST(:states AS text[]), CAST(:reasons AS text[]), CAST(:versions AS int[]))
    AS o(id, state, reason, version)"""


def _filled(query: str) -> str:
    """A query with the parts that several have."""
    return query.replace("{VERSION}", digests.VERSION).replace("{_ROWS}", _ROWS)


_CHANGED = sa.text(
    _filled("""
    SELECT d.id, d.broadcast_id, d.subject, d.subject_id, d.user_id, d.conversation, d.message_id, p.email, p.locale,
        u.recalled_at IS NOT NULL AS recalled, coalesce(r.answer, '') AS answer, p.active, p.guest, d.person_id,
        CASE WHEN d.subject = 'digest' THEN {VERSION} END AS version,
        (SELECT array_agg(h.broadcast_id) FROM deliveries h WHERE h.told_in_id = d.id) AS tells
    FROM deliveries d JOIN people p ON p.id = d.person_id
    LEFT JOIN updates u ON u.id = d.subject_id AND d.subject <> 'digest'
    LEFT JOIN receipts r ON r.update_id = u.id AND r.person_id = d.person_id
    WHERE d.platform = :platform AND d.tenant = :tenant AND d.to_change AND d.id > :after ORDER BY d.id LIMIT :number""")
)

_CHANGES = sa.text(
    _filled("""
    UPDATE deliveries d SET state = o.state, change_reason = o.reason, shown = o.version,
        to_change = o.reason = '' AND o.state = 'sent' AND (u.recalled_at IS NOT NULL OR o.version < u.version)
    {_ROWS}, updates u WHERE d.id = o.id AND u.id = d.subject_id""")
)

_DIGEST_CHANGES = sa.text(
    _filled("""
    UPDATE deliveries d SET change_reason = o.reason, shown = o.version, to_change = o.reason = '' AND o.version <> {VERSION}
    {_ROWS} WHERE d.id = o.id""")
)

_TOLD = sa.text(
    _filled("""
    UPDATE deliveries h SET change_reason = o.reason,
        state = CASE WHEN o.reason = '' AND u.recalled_at IS NOT NULL THEN 'recalled' ELSE h.state END
    {_ROWS}, deliveries d, updates u
    WHERE d.id = o.id AND NOT d.to_change AND h.told_in_id = d.id AND h.state = 'digest' AND u.id = h.subject_id
      AND (o.reason = '' OR u.recalled_at IS NOT NULL)""")
)
"""What a digest tells has gone the way of the digest: taken out of it, or, when it can't be changed any more, still in it."""

_HOLD = sa.text("""
    SELECT id FROM updates
    WHERE id IN (SELECT subject_id FROM deliveries WHERE (id = ANY(:ids) AND subject <> 'digest') OR told_in_id = ANY(:ids))
    ORDER BY id FOR SHARE""")
"""A version can't change between its being compared and the row's being written."""


def changed(
    session: Session, lane: tuple[Platform, str], after: int, number: int, cards: Cards, settings: Settings
) -> list[OutgoingMessage]:
    """The next copies on a lane that an edit or recall has to reach, with ids above `after`."""
    platform, tenant = lane
    asked = {"platform": platform.value, "tenant": tenant, "after": after, "number": number}
    found = []
    rows = session.execute(_CHANGED, asked).all()
    copies = [row for row in rows if row.subject != Subject.DIGEST]
    updates = about(session, copies)
    left = gone(session, copies, updates)
    for row in rows:
        to = Destination(platform, row.user_id, row.email, tenant, row.conversation)
        sent = Sent(row.message_id, row.conversation, row.user_id, tenant)
        if row.subject == Subject.DIGEST:
            card = message(session, session.get_one(Delivery, row.id), settings, context(session).now)
            found.append(OutgoingMessage(row.id, None, to, card, row.version, sent=sent, tells=tuple(row.tells or ())))
            continue
        update = updates[row.subject_id]
        card, version = cards.of(session, update, row.subject, row.locale, row.answer), update.version
        there = row.id not in left
        found.append(OutgoingMessage(row.id, row.broadcast_id, to, card, version, active=there, sent=sent, recalled=row.recalled))
    return found


def record_changes(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Write which copies an edit or recall has reached, and why it can't reach others."""
    if not outcomes:
        return
    session.execute(_HOLD, {"ids": [one.outgoing.delivery_id for one in outcomes]})
    copies = [one for one in outcomes if one.outgoing.broadcast_id is not None]
    if copies:
        session.execute(_CHANGES, _columns(copies))
    of_digests = [one for one in outcomes if one.outgoing.broadcast_id is None]
    if of_digests:
        session.execute(_DIGEST_CHANGES, _columns(of_digests))
        session.execute(_TOLD, _columns(of_digests))


def _columns(outcomes: Sequence[Outcome]) -> dict[str, list[int] | list[str]]:
    return {
        "ids": [one.outgoing.delivery_id for one in outcomes],
        "states": [one.state for one in outcomes],
        "reasons": [one.reason for one in outcomes],
        "versions": [one.outgoing.version for one in outcomes],
    }
