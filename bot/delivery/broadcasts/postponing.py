"""Look again, when an update's turn has come, whether its reader may be written to: much may have changed since its moment was reckoned.

An absence was entered, somebody moved or works other hours, or it was sent again at night.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates import limits
from bot.domain.updates.broadcasts import Broadcast
from bot.settings import Settings

COLUMNS = """p.zone, p.country, p.working_days, p.works_from, p.works_until, b.urgent, b."when" = 'morning' AS morning, EXISTS (
        SELECT FROM absences o WHERE o.person_id = p.id AND o.last >= CAST(:now AS timestamptz)::date - 6
          AND o.first <= CAST(:now AS timestamptz)::date + 1) AS away"""
"""What must be known of a reader `p` and a broadcast `b`. Few are away about any day or came back just before, so only they are looked at
one by one."""

_POSTPONE = sa.text("""
    UPDATE deliveries d SET not_before = o.moment
    FROM unnest(CAST(:ids AS int[]), CAST(:moments AS timestamptz[])) AS o(id, moment) WHERE d.id = o.id AND d.state = 'queued'""")


def at_work(session: Session, rows: Sequence[Any], settings: Settings, now: datetime) -> list[Any]:
    """The rows whose reader may be written to at the UTC instant `now`; the others are put off until they may."""
    known: dict[tuple[Any, ...], datetime] = {}
    going, later = [], dict[int, datetime]()
    for row in rows:
        moment = now if row.urgent and row.subject == Subject.UPDATE else _moment(session, row, settings, now, known)
        if moment > now:
            later[row.id] = moment
        else:
            going.append(row)
    if later:
        limits.one_at_a_time(session)
        session.execute(_POSTPONE, {"ids": list(later), "moments": list(later.values())})
        _hold_back(session, [row for row in rows if row.id in later and row.subject == Subject.UPDATE], settings, now)
    return going


def _hold_back(session: Session, rows: Sequence[Any], settings: Settings, now: datetime) -> None:
    """Put off, several may meet on one morning: what is too many by then is for the digest."""
    for key in sorted({row.broadcast_id for row in rows}):
        mine = [row.id for row in rows if row.broadcast_id == key]
        limits.hold_back(session, session.get_one(Broadcast, key), settings, now, mine)


def _moment(session: Session, row: Any, settings: Settings, now: datetime, known: dict[tuple[Any, ...], datetime]) -> datetime:
    if row.away:
        return _next(people.get(session, row.person_id), settings, now, morning=row.morning)
    way = (row.zone, row.country, row.working_days, row.works_from, row.works_until, row.morning)
    if way not in known:
        zone, country, days, start, end, morning = way
        somebody = Person(email="", name="", zone=zone, country=country, working_days=days, works_from=start, works_until=end)
        known[way] = _next(somebody, settings, now, morning=morning)
    return known[way]


def _next(person: Person, settings: Settings, now: datetime, *, morning: bool) -> datetime:
    return moments.next_moment_for_update(person, settings, now, morning=morning) or now + moments.LOOK_AGAIN
