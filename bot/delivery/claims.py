"""What a lane has to do, read from the database piece by piece, and what became of it, written back in one statement.

A copy says SENDING, committed, just before the platform is called, and only if it may still go and shows the latest version. One job at
a time holds a lane's lock, so whatever says SENDING when a job begins was left by one that died, and may have arrived.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.cards import Card
from bot.delivery.senders import Destination, Sent
from bot.domain import receipts, updates
from bot.domain.people import Platform
from bot.domain.recipients import REMINDER
from bot.domain.updates import Update
from bot.views import updates as views

IN_DOUBT = "in doubt"
"""How the reason of a delivery begins that may have arrived: it is looked up before it is sent again."""


@dataclass(frozen=True)
class Parcel:
    """One copy on its way: to whom, what it shows, and which version that is. `sent` is where it is, of one to be changed."""

    delivery_id: int
    broadcast_id: int
    to: Destination
    card: Card
    version: int
    attempts: int = 0
    in_doubt: bool = False
    active: bool = True
    sent: Sent | None = None
    recalled: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a parcel: its new state, and the columns that go with it."""

    parcel: Parcel
    state: str
    reason: str = ""
    sent: Sent | None = None
    not_before: datetime | None = None
    attempts: int | None = None


@dataclass
class Cards:
    """The cards of the updates on their way, made once for each language and version."""

    _made: dict[tuple[int, str, int, str], Card] = field(default_factory=dict)

    def of(self, session: Session, update: Update, subject: str, locale: str) -> Card:
        """The card somebody reads."""
        text = update.text_for(locale)
        key = (update.key, subject, update.version, text.locale)
        if key not in self._made:
            card = views.copy(update, text.locale, receipts.published(session, update))
            self._made[key] = views.again(card) if subject == REMINDER else card
        return self._made[key]


def _updates(session: Session, rows: Sequence[Any]) -> dict[int, Update]:
    """The updates some rows are about, as they are in this transaction, by id."""
    return {key: updates.get(session, key) for key in {row.subject_id for row in rows}}


_DUE = sa.text("""
    WITH next AS MATERIALIZED (
        SELECT d.id, d.broadcast_id, d.subject, d.subject_id, d.user_id, d.attempts, d.reason, d.person_id, d.not_before
        FROM deliveries d
        WHERE d.platform = :platform AND d.tenant = :tenant AND d.state = 'queued' AND d.broadcast_id IS NOT NULL
          AND d.not_before <= :now AND d.id <> ALL(CAST(:in_hand AS int[])) AND d.broadcast_id IN (
            SELECT b.id FROM broadcasts b JOIN updates u ON u.id = b.update_id WHERE b.state = 'sending' AND u.recalled_at IS NULL)
        ORDER BY d.not_before, d.id LIMIT :number)
    SELECT n.*, p.email, p.locale, p.active, a.conversation AS talk
    FROM next n JOIN people p ON p.id = n.person_id
    LEFT JOIN LATERAL (
        SELECT conversation FROM accounts WHERE person_id = n.person_id AND platform = :platform AND n.user_id IN ('', user_id)
        ORDER BY seen_at DESC LIMIT 1) a ON true
    ORDER BY n.not_before, n.id""")
"""The next are found by the lane's own index before anything is looked up about them. Somebody without an account when the rows were made
may have one by now: the bot was installed for them meanwhile."""

_MARK = sa.text("""
    UPDATE deliveries d SET state = 'sending', attempts = d.attempts + 1
    FROM unnest(CAST(:ids AS int[]), CAST(:versions AS int[])) AS o(id, version), broadcasts b, updates u
    WHERE d.id = o.id AND b.id = d.broadcast_id AND u.id = b.update_id AND d.state = 'queued'
      AND b.state = 'sending' AND u.recalled_at IS NULL AND u.version = o.version
    RETURNING d.id""")

_CHANGED = sa.text("""
    SELECT d.id, d.broadcast_id, d.subject, d.subject_id, d.user_id, d.conversation, d.message_id, p.email, p.locale,
        u.recalled_at IS NOT NULL AS recalled
    FROM deliveries d JOIN updates u ON u.id = d.subject_id JOIN people p ON p.id = d.person_id
    WHERE d.platform = :platform AND d.tenant = :tenant AND d.to_change AND d.id > :after ORDER BY d.id LIMIT :number""")

_RECORD = sa.text("""
    UPDATE deliveries d SET reason = o.reason, user_id = coalesce(o.user_id, d.user_id), attempts = coalesce(o.attempts, d.attempts),
        conversation = coalesce(o.conversation, d.conversation), message_id = coalesce(o.message_id, d.message_id),
        not_before = coalesce(o.not_before, d.not_before),
        sent_at = CASE WHEN o.state = 'sent' THEN CAST(:now AS timestamptz) ELSE d.sent_at END,
        shown = CASE WHEN o.state = 'sent' THEN o.version ELSE d.shown END,
        to_change = o.state = 'sent' AND (u.recalled_at IS NOT NULL OR o.version < u.version),
        state = CASE WHEN o.state = 'queued' AND (b.state = 'cancelled' OR u.recalled_at IS NOT NULL) THEN 'cancelled' ELSE o.state END
    FROM unnest(CAST(:ids AS int[]), CAST(:states AS text[]), CAST(:reasons AS text[]), CAST(:users AS text[]),
        CAST(:talks AS text[]), CAST(:messages AS text[]), CAST(:moments AS timestamptz[]), CAST(:versions AS int[]),
        CAST(:tries AS int[]))
        AS o(id, state, reason, user_id, conversation, message_id, not_before, version, attempts), broadcasts b, updates u
    WHERE d.id = o.id AND b.id = d.broadcast_id AND u.id = b.update_id""")

_CHANGES = sa.text("""
    UPDATE deliveries d SET state = o.state, change_reason = o.reason, shown = o.version,
        to_change = o.reason = '' AND o.state = 'sent' AND (u.recalled_at IS NOT NULL OR o.version < u.version)
    FROM unnest(CAST(:ids AS int[]), CAST(:states AS text[]), CAST(:reasons AS text[]), CAST(:versions AS int[]))
        AS o(id, state, reason, version), updates u
    WHERE d.id = o.id AND u.id = d.subject_id""")

_TALKS = sa.text("""
    UPDATE accounts a SET conversation = o.conversation
    FROM unnest(CAST(:users AS text[]), CAST(:talks AS text[])) AS o(user_id, conversation)
    WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = o.user_id AND a.conversation <> o.conversation""")

_HOLD = sa.text("SELECT id FROM updates WHERE id IN (SELECT update_id FROM broadcasts WHERE id = ANY(:broadcasts)) FOR SHARE")
"""A version can't change between its being compared and the row's being written: an edit waits, and then finds the row SENT."""

_ORPHANS = sa.text("""
    UPDATE deliveries SET state = 'queued', reason = :reason
    WHERE platform = :platform AND tenant = :tenant AND state = 'sending' AND broadcast_id IS NOT NULL""")

_NEXT = sa.text("""
    SELECT min(d.not_before) FROM deliveries d JOIN broadcasts b ON b.id = d.broadcast_id JOIN updates u ON u.id = b.update_id
    WHERE d.platform = :platform AND d.tenant = :tenant AND d.state = 'queued' AND b.state = 'sending' AND u.recalled_at IS NULL""")

_ELSEWHERE = sa.text("""
    UPDATE deliveries d SET platform = a.platform, tenant = a.tenant, user_id = a.user_id, state = 'queued', attempts = 0,
        tried = d.tried || d.platform::text, not_before = :now
    FROM (SELECT DISTINCT ON (person_id) person_id, platform, tenant, user_id FROM accounts
          WHERE platform = ANY(:others) ORDER BY person_id, seen_at DESC) a
    WHERE d.id = ANY(:ids) AND d.state = 'failed' AND a.person_id = d.person_id AND a.platform <> ALL(d.tried)
    RETURNING d.platform, d.tenant""")


def orphans(session: Session, platform: Platform, tenant: str) -> None:
    """Queue what a job that died had taken; it is looked up before it is sent."""
    session.execute(_ORPHANS, {"platform": platform.value, "tenant": tenant, "reason": f"{IN_DOUBT}: interrupted"})


def next_due(session: Session, platform: Platform, tenant: str) -> datetime | None:
    """When the next on a lane may go; None when nothing waits there."""
    found: datetime | None = session.execute(_NEXT, {"platform": platform.value, "tenant": tenant}).scalar()
    return found


def due(
    session: Session, lane: tuple[Platform, str], number: int, in_hand: Collection[int], cards: Cards, now: datetime
) -> list[Parcel]:
    """The next to be sent on a lane, those in hand aside."""
    platform, tenant = lane
    asked = {"platform": platform.value, "tenant": tenant, "number": number, "in_hand": list(in_hand), "now": now}
    found = []
    rows = session.execute(_DUE, asked).all()
    about = _updates(session, rows)
    for row in rows:
        update = about[row.subject_id]
        card, version = cards.of(session, update, row.subject, row.locale), update.version
        to = Destination(platform, row.user_id, row.email, tenant, row.talk or "")
        doubt = row.reason.startswith(IN_DOUBT)
        found.append(Parcel(row.id, row.broadcast_id, to, card, version, row.attempts + 1, in_doubt=doubt, active=row.active))
    return found


def mark(session: Session, parcels: Sequence[Parcel]) -> frozenset[int]:
    """Mark as SENDING those that may go as things stand, and say which those are."""
    asked = {"ids": [one.delivery_id for one in parcels], "versions": [one.version for one in parcels]}
    return frozenset(session.execute(_MARK, asked).scalars())


def changed(session: Session, platform: Platform, tenant: str, after: int, number: int, cards: Cards) -> list[Parcel]:
    """The next copies on a lane that an edit or recall has to reach, with ids above `after`."""
    asked = {"platform": platform.value, "tenant": tenant, "after": after, "number": number}
    found = []
    rows = session.execute(_CHANGED, asked).all()
    about = _updates(session, rows)
    for row in rows:
        update = about[row.subject_id]
        card, version = cards.of(session, update, row.subject, row.locale), update.version
        to = Destination(platform, row.user_id, row.email, tenant, row.conversation)
        sent = Sent(row.message_id, row.conversation, row.user_id)
        found.append(Parcel(row.id, row.broadcast_id, to, card, version, sent=sent, recalled=row.recalled))
    return found


def record(session: Session, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what became of parcels that were sent (or not)."""
    if not outcomes:
        return
    session.execute(_HOLD, {"broadcasts": list({one.parcel.broadcast_id for one in outcomes})})
    session.execute(
        _RECORD,
        {
            "now": now,
            "ids": [one.parcel.delivery_id for one in outcomes],
            "states": [one.state for one in outcomes],
            "reasons": [one.reason for one in outcomes],
            "users": [one.sent.user_id or None if one.sent else None for one in outcomes],
            "talks": [one.sent.conversation if one.sent else None for one in outcomes],
            "messages": [one.sent.message_id if one.sent else None for one in outcomes],
            "moments": [one.not_before for one in outcomes],
            "versions": [one.parcel.version for one in outcomes],
            "tries": [one.attempts for one in outcomes],
        },
    )
    _keep_conversations(session, outcomes)


def _keep_conversations(session: Session, outcomes: Iterable[Outcome]) -> None:
    """What a platform told on the way (a conversation opened) saves asking next time."""
    opened = [one for one in outcomes if one.sent and one.sent.user_id and one.sent.conversation != one.parcel.to.conversation]
    if opened:
        to = opened[0].parcel.to
        users, talks = [one.sent.user_id for one in opened if one.sent], [one.sent.conversation for one in opened if one.sent]
        session.execute(_TALKS, {"platform": to.platform.value, "tenant": to.tenant, "users": users, "talks": talks})


def record_changes(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Write which copies an edit or recall has reached, and why it can't reach others."""
    if not outcomes:
        return
    session.execute(_HOLD, {"broadcasts": list({one.parcel.broadcast_id for one in outcomes})})
    columns = {
        "ids": [one.parcel.delivery_id for one in outcomes],
        "states": [one.state for one in outcomes],
        "reasons": [one.reason for one in outcomes],
        "versions": [one.parcel.version for one in outcomes],
    }
    session.execute(_CHANGES, columns)


def elsewhere(session: Session, failed: Sequence[Outcome], others: Sequence[Platform], now: datetime) -> set[tuple[Platform, str]]:
    """Queue those that couldn't be reached here on another platform they have an account on; the lanes they are on now."""
    if not failed or not others:
        return set()
    asked = {"ids": [one.parcel.delivery_id for one in failed], "others": [one.value for one in others], "now": now}
    return {(Platform(platform), tenant) for platform, tenant in session.execute(_ELSEWHERE, asked).all()}
