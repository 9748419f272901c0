"""What executives did over time, read in one go: visits and calls by person, to be added up over any days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col, func

from bot.domain.engagements.attendance import EngagementExecutive, EngagementMonth
from bot.domain.engagements.engagements import Kind


@dataclass(frozen=True)
class Done:
    """What somebody did: up to each of some days, in order, how many visits and calls. A whole month may stand on its first day."""

    days: Sequence[int] = ()
    visits: Sequence[int] = (0,)
    calls: Sequence[int] = (0,)

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Visits and calls from one day to another."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return self.visits[high] - self.visits[low], self.calls[high] - self.calls[low]


NOTHING = Done()


def doings(session: Session, first: date, last: date, only: int | None, *, whole: bool) -> dict[int, Done]:
    """What everybody did, or one person: of `whole` months, which the database keeps with every change, or else by days."""
    rows: Any  # selects of columns that the types of SQLAlchemy count differently
    if whole:
        day, person = col(EngagementMonth.month), col(EngagementMonth.person_id)
        rows = sa.select(
            person, day.label("day"), col(EngagementMonth.visits).label("visits"), col(EngagementMonth.calls).label("calls")
        )
    else:
        day, person = col(EngagementExecutive.happened_on), col(EngagementExecutive.person_id)
        calls = func.count().filter(col(EngagementExecutive.kind) == Kind.CALL.value)
        rows = sa.select(person, day.label("day"), (func.count() - calls).label("visits"), calls.label("calls")).group_by(
            person, day
        )
        rows = rows.where(col(EngagementExecutive.counts).is_(True))
    each = rows.where(day.between(first, last), sa.true() if only is None else person == only).subquery()
    number = each.c.day - sa.literal(date.min, sa.Date) + 1
    columns = (func.array_agg(aggregate_order_by(one, each.c.day)) for one in (number, each.c.visits, each.c.calls))
    found = session.execute(sa.select(each.c.person_id, *columns).group_by(each.c.person_id))
    return {key: Done(days, (0, *accumulate(visits)), (0, *accumulate(calls))) for key, days, visits, calls in found}
