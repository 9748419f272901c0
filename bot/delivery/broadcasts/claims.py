"""What a lane has to do, read from the database piece by piece. What becomes of it is written back in `recording`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.cards import Card
from bot.delivery.broadcasts import postponing, waiting
from bot.delivery.senders import Destination, Sent
from bot.domain.outbox.deliveries import IN_DOUBT
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.updates import readers, receipts, updates
from bot.domain.updates.receipts import Answer
from bot.domain.updates.updates import Update
from bot.settings import Settings
from bot.views import updates as views


@dataclass(frozen=True)
class OutgoingMessage:
    """One copy on its way: to whom, what it shows, and which version that is. `sent` is where it is, of one to be changed.

    A digest belongs to no broadcast; `tells` are those whose updates are in it. `active` is False for whoever may not read it any more,
    `answered` says of a reminder that nobody need be reminded any more.
    """

    delivery_id: int
    broadcast_id: int | None
    to: Destination
    card: Card
    version: int
    attempts: int = 0
    in_doubt: bool = False
    active: bool = True
    answered: bool = False
    sent: Sent | None = None
    recalled: bool = False
    tells: tuple[int, ...] = ()
    reminds: bool = False
    trace: str = ""

    @property
    def broadcasts(self) -> set[int]:
        """Whose progress it is part of."""
        return set(self.tells) if self.broadcast_id is None else {self.broadcast_id}


@dataclass
class Cards:
    """The cards of the updates on their way, made once for each language and version."""

    _made: dict[tuple[int, str, int, str, str], Card] = field(default_factory=dict)

    def of(self, session: Session, update: Update, subject: Subject, locale: str, answer: str = "") -> Card:
        """The card somebody reads, who has answered it already or not."""
        text = update.text_for(locale)
        key = (update.key, subject, update.version, text.locale, answer)
        if key not in self._made:
            questions = receipts.published(session, update)
            if answer:
                self._made[key] = views.answered(update, text.locale, Answer(answer), questions)
            else:
                card = views.copy(update, text.locale, questions)
                self._made[key] = views.again(card) if subject == Subject.REMINDER else card
        return self._made[key]


def about(session: Session, rows: Sequence[Any]) -> dict[int, Update]:
    """The updates some rows are about, as they are in this transaction, by id."""
    return {key: updates.get(session, key) for key in {row.subject_id for row in rows}}


_NEXT_ROWS = """
    WITH next AS MATERIALIZED (
        SELECT d.id, d.broadcast_id, d.subject, d.subject_id, d.user_id, d.attempts, d.reason, d.person_id, d.not_before, d.queued_at,
            d.trace
        FROM deliveries d
        WHERE d.platform = :platform AND d.tenant = :tenant AND d.state = 'queued' AND d.broadcast_id IS NOT NULL
          AND d.not_before <= :now AND d.id <> ALL(CAST(:claimed AS int[])) AND {which}
        ORDER BY d.not_before, d.id LIMIT :number)
    SELECT n.id, n.broadcast_id, n.subject, n.subject_id, coalesce(a.user_id, '') AS user_id, n.attempts, n.reason, n.person_id, n.queued_at,
        n.trace, p.email,
        p.locale, p.active, p.guest, coalesce(a.conversation, '') AS conversation,
        a.user_id IS NOT NULL AND a.vouched_at IS NULL AS unchecked, n.subject = 'reminder' AND EXISTS (
            SELECT FROM receipts r WHERE r.update_id = n.subject_id AND r.person_id = n.person_id) AS answered, {how_they_work}
    FROM next n JOIN people p ON p.id = n.person_id JOIN broadcasts b ON b.id = n.broadcast_id
    LEFT JOIN LATERAL (
        SELECT user_id, conversation, vouched_at FROM accounts WHERE person_id = n.person_id AND platform = :platform AND n.user_id IN ('', user_id)
        ORDER BY seen_at DESC LIMIT 1) a ON true
    ORDER BY n.not_before, n.id"""
"""The next are found by the lane's own index before anything is looked up about them. Somebody without an account when the rows were made
may have one by now: the bot was installed for them meanwhile. One that was unlinked since isn't theirs: they are looked for anew."""

_NEXT_ROWS = _NEXT_ROWS.replace("{how_they_work}", postponing.COLUMNS)

_DUE = sa.text(
    _NEXT_ROWS.replace(
        "{which}",
        """d.broadcast_id IN (SELECT b.id FROM broadcasts b JOIN updates u ON u.id = b.update_id
            WHERE b.state = 'sending' AND u.recalled_at IS NULL)""",
    )
)

_STOPPED = sa.text(
    _NEXT_ROWS.replace(
        "{which}",
        """starts_with(d.reason, :in_doubt) AND d.broadcast_id IN (SELECT b.id FROM broadcasts b JOIN updates u ON u.id = b.update_id
            WHERE b.state = 'cancelled' OR u.recalled_at IS NOT NULL)""",
    )
)
"""Called off or taken back while they were under way, by a job that died: somebody may have one."""

_NEXT = sa.text("""
    SELECT d.not_before FROM deliveries d WHERE d.platform = :platform AND d.tenant = :tenant AND d.state = 'queued'
      AND d.broadcast_id IN (SELECT b.id FROM broadcasts b JOIN updates u ON u.id = b.update_id
        WHERE b.state = 'sending' AND u.recalled_at IS NULL)
    ORDER BY d.not_before, d.id LIMIT 1""")


def next_due(session: Session, platform: Platform, tenant: str) -> datetime | None:
    """When the next on a lane may go; None when nothing waits there."""
    found: datetime | None = session.execute(_NEXT, {"platform": platform.value, "tenant": tenant}).scalar()
    return found


def due(
    session: Session,
    lane: tuple[Platform, str],
    number: int,
    claimed: Collection[int],
    cards: Cards,
    now: datetime,
    settings: Settings,
    held: set[int] | None = None,
) -> list[OutgoingMessage]:
    """The next to be sent on a lane, those in hand aside. Whose reader isn't at work (any more) is put off; one in doubt is looked up.

    Into `held` go the broadcasts of which some were put off, and perhaps left to the digest: nothing else may be left to send of them.
    """
    asked = {"platform": lane[0].value, "tenant": lane[1], "number": number, "claimed": list(claimed), "now": now}
    while rows := session.execute(_DUE, asked).all():
        doubted = [one for one in rows if one.reason.startswith(IN_DOUBT)]
        may = postponing.at_work(session, [one for one in rows if not one.reason.startswith(IN_DOUBT)], settings, now)
        may = waiting.gathered(session, may, settings, now)
        if held is not None:
            held |= {one.broadcast_id for one in rows} - {one.broadcast_id for one in (*doubted, *may)}
        if doubted or may:
            return _outgoing_messages(session, [*doubted, *may], lane, cards)
    return []


def stopped(session: Session, lane: tuple[Platform, str], number: int, cards: Cards, now: datetime) -> list[OutgoingMessage]:
    """Some that were under way when their broadcast was called off or taken back, of which nobody knows whether they arrived."""
    platform, tenant = lane
    asked: dict[str, Any] = {
        "platform": platform.value,
        "tenant": tenant,
        "number": number,
        "claimed": [],
        "now": now,
        "in_doubt": IN_DOUBT,
    }
    return _outgoing_messages(session, session.execute(_STOPPED, asked).all(), lane, cards)


def _outgoing_messages(session: Session, rows: Sequence[Any], lane: tuple[Platform, str], cards: Cards) -> list[OutgoingMessage]:
    platform, tenant = lane
    subjects = about(session, rows)
    found, read = [], dict[tuple[int, str, str], tuple[Card, int]]()
    left = gone(session, rows, subjects)
    for row in rows:
        key = (row.subject_id, row.subject, row.locale)
        if key not in read:
            update = subjects[row.subject_id]
            read[key] = (cards.of(session, update, row.subject, row.locale), update.version)
        card, version = read[key]
        to = Destination(platform, row.user_id, row.email, tenant, row.conversation, unchecked=row.unchecked)
        doubt, there = row.reason.startswith(IN_DOUBT), row.id not in left
        done = row.answered and not doubt
        outgoing = OutgoingMessage(
            row.id,
            row.broadcast_id,
            to,
            card,
            version,
            row.attempts + 1,
            in_doubt=doubt,
            active=there,
            answered=done,
            reminds=row.subject == Subject.REMINDER,
            trace=row.trace,
        )
        found.append(outgoing)
    return found


def gone(session: Session, rows: Sequence[Any], updates_: Mapping[int, Update]) -> set[int]:
    """The deliveries of those who may not read their update as it is now: they left, or are guests whom it doesn't name."""
    guests: dict[int, set[int]] = {}
    for row in rows:
        if row.active and row.guest:
            guests.setdefault(row.subject_id, set()).add(row.person_id)
    kept = {(key, one) for key, some in guests.items() for one in readers.meant(session, updates_[key], some)}
    return {row.id for row in rows if not row.active or (row.guest and (row.subject_id, row.person_id) not in kept)}
