"""Updates that are told in a digest instead of singly: what waited long for its reader, and what would be too much for them this week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.delivery.notifying import notify
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.working_time import opening
from bot.domain.promises import agendas
from bot.settings import Settings

LONG = timedelta(hours=36)
"""Longer than from one day's work to the next's: so long does only wait what comes over days off."""


FULL = 5
"""Messages of all kinds in seven days, after which updates to an executive or the CX office are left to the digest."""


def gathered(session: Session, rows: Sequence[Any], settings: Settings, now: datetime) -> list[Any]:
    """The rows that are sent by themselves; the others are for the digest. What is urgent always is.

    Where one has waited long for its reader, over a leave or some days off, all that are due to them are told in a digest, which is sent now;
    one alone is, if a digest waits for the same reader.
    """
    calm = [row for row in rows if row.subject == Subject.UPDATE and not row.urgent]
    full = _full(session, [row.person_id for row in calm], now)
    _hold(session, {row.id for row in calm if row.person_id in full})
    rows = [row for row in rows if row not in calm or row.person_id not in full]
    return _waited(session, rows, settings, now)


_FULL = sa.text("""
    SELECT d.person_id FROM deliveries d JOIN people p ON p.id = d.person_id
    WHERE d.person_id = ANY(CAST(:readers AS int[])) AND p.roles && CAST(ARRAY['executive', 'cx_office'] AS text[])
      AND d.sent_at > CAST(:now AS timestamptz) - interval '7 days' AND d.carried_by_id IS NULL AND d.told_in_id IS NULL
    GROUP BY d.person_id HAVING count(*) >= :full""")


def _full(session: Session, readers: list[int], now: datetime) -> set[int]:
    """Those of some people who have had enough for a week."""
    asked = {"readers": readers, "now": now, "full": FULL}
    return set(session.execute(_FULL, asked).scalars()) if readers else set()


def _hold(session: Session, ids: set[int]) -> None:
    if ids:
        hold = sa.update(Delivery).where(col(Delivery.id).in_(ids), col(Delivery.state) == DeliveryState.QUEUED)
        session.execute(hold.values(state=DeliveryState.DIGEST))


def _waited(session: Session, rows: Sequence[Any], settings: Settings, now: datetime) -> list[Any]:
    calm = [row for row in rows if row.subject == Subject.UPDATE and not row.urgent]
    here = _back_today(session, calm, settings, now)
    back = here | {row.person_id for row in calm if row.queued_at < now - LONG}
    waited = [row for row in calm if row.person_id in back]
    numbers = Counter(row.person_id for row in waited)
    coming, more = _with_digest(session, list(numbers)), _with_more(session, here, settings, now)
    readers = {key for key, number in numbers.items() if number > 1 or key in coming | more}
    taken = {row.id for row in waited if row.person_id in readers}
    _hold(session, taken)
    for key in sorted(readers - coming):
        person = people.get(session, key)
        notify(session, person, Subject.DIGEST, person.today(now).toordinal(), settings, now)
    return [row for row in rows if row.id not in taken]


def _back_today(session: Session, rows: Sequence[Any], settings: Settings, now: datetime) -> set[int]:
    """Those for whom something came before their first day back from leave, which is today."""
    found = set()
    for key in {row.person_id for row in rows if row.away}:
        person = people.get(session, key)
        began = opening(person.work_week(settings), person.today(now))
        if moments.is_first_day_back(person, settings, now) and any(row.person_id == key and row.queued_at < began for row in rows):
            found.add(key)
    return found


def _with_digest(session: Session, readers: list[int]) -> set[int]:
    """Those for whom a digest waits to be sent."""
    if not readers:
        return set()
    waits = (col(Delivery.subject) == Subject.DIGEST, col(Delivery.state) == DeliveryState.QUEUED)
    return set(session.exec(select(Delivery.person_id).where(*waits, col(Delivery.person_id).in_(readers))))


def _with_more(session: Session, readers: set[int], settings: Settings, now: datetime) -> set[int]:
    """Those of some people for whom more than one thing waits until noon or so, today's list included."""
    waits = (col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.not_before) <= now + timedelta(hours=4))
    several = select(Delivery.person_id).where(*waits, col(Delivery.person_id).in_(readers)).group_by(col(Delivery.person_id))
    found = set(session.exec(several.having(func.count() > 1))) if readers else set()
    return found | {key for key in readers - found if agendas.items(session, people.get(session, key), settings, now)}
