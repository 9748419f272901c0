"""Pledges: what executives promised to do in each period, against what they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.domain.attendance import EngagementExecutive
from bot.domain.engagements import Kind
from bot.domain.participation import Period, Progress, period_of
from bot.domain.people import Person
from bot.domain.tenures import Tenure
from bot.measures.scope import Scope, Share, Window
from bot.settings import Settings
from bot.settings.company import PledgePeriod


@dataclass(frozen=True)
class Kept:
    """One executive's pledge in one period, and what they did of it by then."""

    person_id: int
    email: str
    progress: Progress


@dataclass(frozen=True)
class Pledges:
    """All of a window's: how many of the pledge periods were met, and in how many there was anything at all."""

    met: Share
    begun: Share


def periods(window: Window, kind: PledgePeriod, settings: Settings) -> Iterator[Period]:
    """The pledge periods whose last day lies in the window and that have begun by today, oldest first."""
    day = window.first
    while day <= window.last:
        period = period_of(day, str(kind), settings.company.fiscal_year_starts)
        if period.last <= window.last and period.first <= window.today:
            yield period
        day = period.last + timedelta(days=1)


def results(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Kept]:
    """Each executive's pledge in each of its periods in the window; of those who were executives all through it, up to today.

    Somebody who changed departments counts in the one they were in on the period's last day (or today). A pledge of nothing is left out.
    """
    executives = _executives(session, scope)
    found = []
    for kind in PledgePeriod:
        these = [one for one in executives if settings.pledge_of(one.email).period == kind]
        for period in periods(window, kind, settings) if these else ():
            found += _in_period(session, scope, period, these, window, settings)
    return found


@dataclass(frozen=True)
class _Executive:
    person_id: int
    email: str
    tenures: tuple[Tenure, ...]

    def through(self, first: date, last: date, scope: Scope) -> bool:
        """Whether they were an executive on all of these days, and in the scope on the last of them."""
        day, at_last = first, None
        for one in self.tenures:
            if one.executive and one.covers(day):
                at_last = one if one.covers(last) else at_last
                day = min(one.until, last + timedelta(days=1))
        return day > last and at_last is not None and scope.department in {None, at_last.department}


def _executives(session: Session, scope: Scope) -> list[_Executive]:
    wanted = select(Person.id, Person.email, Tenure).join(Tenure, col(Tenure.person_id) == col(Person.id))
    ever = select(Tenure.person_id).where(col(Tenure.executive))
    wanted = wanted.where(col(Person.id).in_(ever) if scope.person_id is None else col(Person.id) == scope.person_id)
    found: dict[int, tuple[str, list[Tenure]]] = {}
    for key, email, tenure in session.exec(wanted.order_by(col(Tenure.first), col(Tenure.until))):
        found.setdefault(key or 0, (email, []))[1].append(tenure)
    return [_Executive(key, email, tuple(spans)) for key, (email, spans) in found.items()]


def _in_period(
    session: Session, scope: Scope, period: Period, these: Iterable[_Executive], window: Window, settings: Settings
) -> list[Kept]:
    upto = min(period.last, window.today)
    there = [one for one in these if one.through(period.first, upto, scope)]
    counts = _counts(session, period, [one.person_id for one in there] if scope.person_id is not None else None)
    found = []
    for one in there:
        pledge = settings.pledge_of(one.email)
        if pledge.visits or pledge.calls:
            visits, calls = counts.get(one.person_id, (0, 0))
            found.append(Kept(one.person_id, one.email, Progress(pledge, period, visits, calls)))
    return found


def _counts(session: Session, period: Period, person_ids: list[int] | None) -> dict[int, tuple[int, int]]:
    """Visits and calls in a period by person."""
    person, call = col(EngagementExecutive.person_id), col(EngagementExecutive.kind) == Kind.CALL.value
    wanted = (
        sa.select(person, func.count().filter(~call), func.count().filter(call))
        .where(col(EngagementExecutive.happened_on).between(period.first, period.last), col(EngagementExecutive.counts))
        .group_by(person)
    )
    if person_ids is not None:
        wanted = wanted.where(person.in_(person_ids))
    return {key: (visits, calls) for key, visits, calls in session.execute(wanted)}


def pledges(session: Session, scope: Scope, window: Window, settings: Settings) -> Pledges:
    """How many pledges were met, and how many at least begun."""
    return summed(results(session, scope, window, settings))


def summed(found: list[Kept]) -> Pledges:
    """The same of results at hand."""
    met = sum(one.progress.met for one in found)
    return Pledges(Share(met, len(found)), Share(sum(one.progress.begun for one in found), len(found)))


def streak(session: Session, person: Person, settings: Settings, today: date) -> int:
    """How many of their pledge periods on end, up to the last that is over, this executive has met; the running one counts once it's met."""
    kind = str(settings.pledge_of(person.email).period)
    whole = Scope(person_id=person.key)
    period, met = period_of(today, kind, settings.company.fiscal_year_starts), 0
    while met < 400:
        window = Window(period.first, period.last, today, settings.company.zone)
        kept = [one.progress for one in results(session, whole, window, settings)]
        if kept and kept[0].met:
            met += 1
        elif not window.running:
            break
        period = period_of(period.first - timedelta(days=1), kind, settings.company.fiscal_year_starts)
    return met
