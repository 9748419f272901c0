"""Pledges: what executives promised to do in each period, against what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, func

from bot.domain.engagements.attendance import EngagementMonth
from bot.domain.engagements.participation import Period, Progress, period_of
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.people.tenures import Tenure
from bot.measures.scope import Scope, Share, Window
from bot.settings import Settings
from bot.settings.company import Pledge, PledgePeriod


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


@dataclass(frozen=True)
class Executive:
    """Somebody who is or was an executive: their pledge, and their spans of (first day, day after the last, department, executive)."""

    person_id: int
    email: str
    pledge: Pledge
    spans: tuple[tuple[date, date, str, bool], ...]

    def through(self, first: date, last: date, scope: Scope) -> bool:
        """Whether they were an executive on all of these days, and in the scope on the last of them."""
        day, department = first, None
        for begins, until, name, executive in self.spans:
            if executive and begins <= day < until:
                department = name if last < until else None
                day = until
            if day > last:
                break
        return day > last and department is not None and scope.department in {None, department}


def executives(session: Session, scope: Scope, settings: Settings) -> list[Executive]:
    """Everyone in the scope who ever was an executive and has pledged something."""
    columns = (col(Tenure.first), col(Tenure.until), col(Tenure.department), col(Tenure.executive))
    wanted = sa.select(col(Person.id), col(Person.email), *columns).join(Tenure, col(Tenure.person_id) == col(Person.id))
    ever = sa.select(col(Tenure.person_id)).where(col(Tenure.executive))
    wanted = wanted.where(col(Person.id).in_(ever) if scope.person_id is None else col(Person.id) == scope.person_id)
    found: dict[int, tuple[str, list[tuple[date, date, str, bool]]]] = {}
    for key, email, *span in session.execute(wanted.order_by(col(Tenure.first), col(Tenure.until))):
        found.setdefault(key, (email, []))[1].append((span[0], span[1], span[2], span[3]))
    # Thousands have the same spans: they are one object then, so that what follows from them is worked out once.
    same: dict[tuple[tuple[date, date, str, bool], ...], tuple[tuple[date, date, str, bool], ...]] = {}
    interned = {key: same.setdefault(tuple(spans), tuple(spans)) for key, (_, spans) in found.items()}
    all_of_them = [Executive(key, email, settings.pledge_of(email), interned[key]) for key, (email, _) in found.items()]
    return [one for one in all_of_them if one.pledge.visits or one.pledge.calls]


def _asked(scope: Scope, window: Window, settings: Settings, among: list[Executive]) -> Iterator[tuple[Period, list[Executive]]]:
    """Each pledge period that counts in the window, with those whose pledge it is and who were executives all through it, up to today.

    Somebody who changed departments counts in the one they were in on the period's last day (or today).
    """
    for kind in PledgePeriod:
        these = [one for one in among if one.pledge.period == kind]
        for period in periods(window, kind, settings) if these else ():
            upto = min(period.last, window.today)
            by_spans = {id(one.spans): one for one in these}
            whole = {key for key, one in by_spans.items() if one.through(period.first, upto, scope)}
            if there := [one for one in these if id(one.spans) in whole]:
                yield period, there


def _sums() -> tuple[sa.Label[int], sa.Label[int]]:
    """What counts to a pledge. Every pledge period is made of whole months."""
    return func.sum(col(EngagementMonth.visits)).label("visits"), func.sum(col(EngagementMonth.calls)).label("calls")


def _did(session: Session, period: Period, only: int | None = None) -> dict[int, tuple[int, int]]:
    """Everybody's visits and calls in a period, or one person's; who did nothing is left out."""
    person = col(EngagementMonth.person_id)
    wanted = sa.select(person, *_sums()).where(col(EngagementMonth.month).between(period.first, period.last)).group_by(person)
    wanted = wanted if only is None else wanted.where(person == only)
    return {key: (visits, calls) for key, visits, calls in session.execute(wanted)}


def progress(session: Session, executive: Person, settings: Settings, today: date) -> Progress:
    """What `executive` has done of their pledge in the period that `today` lies in."""
    pledge = settings.pledge_of(executive.email)
    period = period_of(today, str(pledge.period), settings.company.fiscal_year_starts)
    return Progress(pledge, period, *_did(session, period, executive.key).get(executive.key, (0, 0)))


@dataclass(frozen=True)
class Turnout:
    """Each executive with what they have done in their own current period; `out` are those who have done anything."""

    each: list[tuple[Person, Progress]]

    @property
    def out(self) -> Share:
        """How many have been out, of how many there are."""
        return Share(sum(one.begun for _, one in self.each), len(self.each))


def turnout(session: Session, settings: Settings, now: datetime) -> Turnout:
    """The CX office's first question: which executives have been out. Each in their own calendar at the UTC instant `now`.

    They are asked for together, once for each period there is among them: a few, however many they are.
    """
    year, everyone = settings.company.fiscal_year_starts, people.executives(session)
    pledges = [settings.pledge_of(person.email) for person in everyone]
    running = [period_of(person.today(now), str(one.period), year) for person, one in zip(everyone, pledges, strict=True)]
    did = {period: _did(session, period) for period in set(running)}
    return Turnout(
        [
            (person, Progress(pledge, period, *did[period].get(person.key, (0, 0))))
            for person, pledge, period in zip(everyone, pledges, running, strict=True)
        ]
    )


def results(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Kept]:
    """Each executive's pledge in each of its periods in the window."""
    found = []
    for period, there in _asked(scope, window, settings, executives(session, scope, settings)):
        counts = _did(session, period, there[0].person_id if len(there) == 1 else None)
        for one in there:
            visits, calls = counts.get(one.person_id, (0, 0))
            found.append(Kept(one.person_id, one.email, Progress(one.pledge, period, visits, calls)))
    return found


def pledges(session: Session, scope: Scope, window: Window, settings: Settings, among: list[Executive] | None = None) -> Pledges:
    """How many pledges were met, and how many at least begun; `among` are the scope's `executives`, when they are known already."""
    return pledges_in_each(session, scope, [window], settings, among)[0]


def pledges_in_each(
    session: Session, scope: Scope, windows: Sequence[Window], settings: Settings, among: list[Executive] | None = None
) -> list[Pledges]:
    """The same of several windows; what they ask of the same executives is counted in one go."""
    known = executives(session, scope, settings) if among is None else among
    whole, done = Counter[int](), dict.fromkeys(range(len(windows)), (0, 0))
    alike: dict[tuple[int, ...], tuple[list[Executive], list[tuple[int, Period]]]] = {}
    for place, window in enumerate(windows):
        for period, there in _asked(scope, window, settings, known):
            whole[place] += len(there)
            who = tuple(one.person_id for one in there)
            alike.setdefault(who, (there, []))[1].append((place, period))
    for there, asked in alike.values():
        for place, met, begun in session.execute(_done(asked, there)):
            done[place] = (done[place][0] + met, done[place][1] + begun)
    return [Pledges(Share(met, whole[place]), Share(begun, whole[place])) for place, (met, begun) in done.items()]


def _done(asked: list[tuple[int, Period]], there: list[Executive]) -> sa.Select[int, int, int]:
    """By place, how many met what they pledged for one of the periods, and how many did anything. Who did nothing is in neither."""
    numbers = sa.select(
        *(
            _numbers(values).label(name)
            for name, values in (
                ("person_id", [one.person_id for one in there]),
                ("visits", [one.pledge.visits for one in there]),
                ("calls", [one.pledge.calls for one in there]),
            )
        )
    ).subquery()
    firsts = sa.cast([period.first for _, period in asked], ARRAY(sa.Date))
    lasts = sa.cast([period.last for _, period in asked], ARRAY(sa.Date))
    spans = sa.select(
        _numbers([place for place, _ in asked]).label("place"), func.unnest(firsts).label("first"), func.unnest(lasts).label("last")
    ).subquery()
    month, person = col(EngagementMonth.month), col(EngagementMonth.person_id)
    did = (
        sa.select(spans.c.place, spans.c.first, person, *_sums())
        .join(spans, month.between(spans.c.first, spans.c.last))
        .group_by(spans.c.place, spans.c.first, person)
    )
    if len(there) == 1:
        did = did.where(person == there[0].person_id)
    rows = did.subquery()
    kept = sa.and_(rows.c.visits >= numbers.c.visits, rows.c.calls >= numbers.c.calls)
    counts = (func.count().filter(kept), func.count().filter(rows.c.visits + rows.c.calls > 0))
    wanted = sa.select(rows.c.place, *counts).join(numbers, numbers.c.person_id == rows.c.person_id)
    return wanted.group_by(rows.c.place)


def _numbers(values: Sequence[int]) -> sa.ColumnElement[int]:
    """Numbers as a column. They go as text: thousands of them, written one by one by the driver, take longer than the counting."""
    return func.unnest(sa.cast(sa.literal("{" + ",".join(map(str, values)) + "}", sa.Text), ARRAY(sa.Integer)))


def summed(found: list[Kept]) -> Pledges:
    """The same of results at hand."""
    met = sum(one.progress.met for one in found)
    return Pledges(Share(met, len(found)), Share(sum(one.progress.begun for one in found), len(found)))


def not_out_yet(session: Session, scope: Scope, window: Window, settings: Settings, now: datetime) -> list[Person]:
    """Executives who are here and haven't been out at all in the pledge period that runs, by name; whoever is away today is left in peace."""
    waiting = {
        one.person_id
        for one in results(session, scope, window, settings)
        if not one.progress.begun and one.progress.period.last >= window.today
    }
    found = session.scalars(sa.select(Person).where(col(Person.id).in_(waiting), col(Person.active)).order_by(col(Person.name)))
    return [person for person in found if not person.is_away(person.today(now))]


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
