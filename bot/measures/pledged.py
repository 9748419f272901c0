"""Pledges: each executive once in a window, with what they promised to do in their pledge periods and what they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.domain.engagements.participation import Period, Progress, period_of
from bot.domain.people.people import Person
from bot.domain.people.tenures import Tenure
from bot.measures.doings import NOTHING, Done, doings
from bot.measures.scope import Scope, Share, Window
from bot.settings import Settings
from bot.settings.company import Pledge


class State(StrEnum):
    """Where an executive stands: JUST_BEGUN has done nothing yet, and less than a tenth of the period is over."""

    MET = "met"
    IN_PROGRESS = "in_progress"
    JUST_BEGUN = "just_begun"
    NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Standing:
    """One executive in a window, counted once.

    `periods` are the pledge periods looked at, oldest first: those that end in the window, else the one that holds its last day (or today);
    `met` whether all of their pledge is kept, as it stands, `begun` whether there is any engagement in these or in the window. `today` is the
    day they are looked at.
    """

    person_id: int
    email: str
    periods: tuple[Progress, ...]
    met: bool
    begun: bool
    today: date

    @property
    def running(self) -> Progress | None:
        """The period that isn't over yet; None in a window that is."""
        return self.periods[-1] if self.periods[-1].period.last >= self.today else None

    @property
    def kept(self) -> Share:
        """In how many of their periods the pledge is met."""
        return Share(sum(one.met for one in self.periods), len(self.periods))

    @property
    def state(self) -> State:
        """Where they stand."""
        if self.met:
            return State.MET
        if self.begun:
            return State.IN_PROGRESS
        return State.JUST_BEGUN if all(one.period.is_young(self.today) for one in self.periods) else State.NOT_STARTED


@dataclass(frozen=True)
class Pledges:
    """All of a window's: how many executives have met their pledge, and how many have met a customer at all."""

    met: Share
    begun: Share


_Spans = tuple[tuple[date, date, str, bool], ...]


@dataclass(frozen=True)
class Executive:
    """Somebody who is or was an executive: their pledge, and their spans of (first day, day after the last, department, executive)."""

    person_id: int
    email: str
    pledge: Pledge
    spans: _Spans

    def through(self, first: date, last: date) -> str | None:
        """The department they were in on the last of these days, if they were an executive on all of them; else None."""
        day, department = first, None
        for begins, until, name, executive in self.spans:
            if executive and begins <= day < until:
                department = name if last < until else None
                day = until
            if day > last:
                break
        return department if day > last else None

    def looked_at(self, window: Window, scope: Scope, year_starts: int) -> tuple[Period, ...]:
        """The pledge periods that count in a window, all through which they were an executive; none when they count elsewhere, or nowhere."""
        kind, found = str(self.pledge.period), []
        for period in ending(window, kind, year_starts) or (period_of(window.as_of, kind, year_starts),):
            department = self.through(period.first, min(period.last, window.as_of))
            if department is not None:
                found.append((period, department))
        there = found and scope.department in {None, found[-1][1]}
        return tuple(period for period, _ in found) if there else ()


def ending(window: Window, kind: str, year_starts: int) -> tuple[Period, ...]:
    """The pledge periods whose last day lies in the window and that have begun by today, oldest first."""
    day, found = window.first, []
    while day <= window.last:
        period = period_of(day, kind, year_starts)
        if period.last <= window.last and period.first <= window.today:
            found.append(period)
        day = period.last + timedelta(days=1)
    return tuple(found)


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
    same: dict[_Spans, _Spans] = {}
    interned = {key: same.setdefault(tuple(spans), tuple(spans)) for key, (_, spans) in found.items()}
    all_of_them = [Executive(key, email, settings.pledge_of(email), interned[key]) for key, (email, _) in found.items()]
    return [one for one in all_of_them if one.pledge.visits or one.pledge.calls]


@dataclass(frozen=True)
class _Asked:
    """What is looked at of all who have the same spans and kind of pledge, in days since the year 1.

    `days` are those counted in each period, `judged` the places of the periods that say whether the pledge is met: one that has just begun
    doesn't, where there is another.
    """

    periods: tuple[Period, ...]
    days: tuple[tuple[int, int], ...]
    judged: tuple[int, ...]
    window: tuple[int, int]
    today: date


def _asked(periods: tuple[Period, ...], window: Window) -> _Asked:
    """A period that goes on after a window that is over counts as it stood on the window's last day."""
    upto, today = (date.max, window.today) if window.running else (window.last, window.last)
    days = tuple((one.first.toordinal(), min(one.last, upto).toordinal()) for one in periods)
    old = tuple(place for place, one in enumerate(periods) if not one.is_young(today))
    return _Asked(periods, days, old or tuple(range(len(periods))), (window.first.toordinal(), window.last.toordinal()), today)


def progress(session: Session, executive: Person, settings: Settings, today: date) -> Progress:
    """What `executive` has done of their pledge in the period that `today` lies in."""
    pledge = settings.pledge_of(executive.email)
    period = period_of(today, str(pledge.period), settings.company.fiscal_year_starts)
    done = doings(session, period.first, period.last, executive.key, whole=True).get(executive.key, NOTHING)
    return Progress(pledge, period, *done.between(period.first.toordinal(), period.last.toordinal()))


def _outcome(pledge: Pledge, asked: _Asked, done: Done) -> tuple[list[tuple[int, int]], bool, bool]:
    """What was done in each period, whether the pledge is met, and whether there is any engagement at all."""
    if not done.days:
        return [(0, 0)] * len(asked.days), False, False
    parts = [done.between(first, last) for first, last in asked.days]
    met = all(parts[place][0] >= pledge.visits and parts[place][1] >= pledge.calls for place in asked.judged)
    return parts, met, any(any(one) for one in parts) or any(done.between(*asked.window))


def _looked_at(
    session: Session, scope: Scope, windows: Sequence[Window], settings: Settings, among: list[Executive] | None
) -> Iterator[Iterator[tuple[Executive, _Asked, Done]]]:
    """For each window, who counts in it, with what is looked at and what they did; all that was done is asked for once."""
    known, year_starts = executives(session, scope, settings) if among is None else among, settings.company.fiscal_year_starts
    alike = [(id(one.spans), str(one.pledge.period)) for one in known]
    one_of_each = dict(zip(alike, known, strict=True))
    each = [{key: one.looked_at(window, scope, year_starts) for key, one in one_of_each.items()} for window in windows]
    days = [*((one.first, one.last) for one in windows), *((one.first, one.last) for some in each for one in chain(*some.values()))]
    whole = all(one.first.day == 1 and (one.last + timedelta(days=1)).day == 1 for one in windows)
    first, last = min((one for one, _ in days), default=date.max), max((one for _, one in days), default=date.min)
    done = doings(session, first, last, scope.person_id, whole=whole) if any(chain(*(some.values() for some in each))) else {}
    for window, some in zip(windows, each, strict=True):
        asked = {key: _asked(periods, window) for key, periods in some.items() if periods}
        yield ((one, asked[key], done.get(one.person_id, NOTHING)) for one, key in zip(known, alike, strict=True) if key in asked)


def standings(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Standing]:
    """Each executive who counts in a window."""
    (found,) = _looked_at(session, scope, [window], settings, None)
    return [_standing(*one) for one in found]


def _standing(one: Executive, asked: _Asked, done: Done) -> Standing:
    parts, met, begun = _outcome(one.pledge, asked, done)
    periods = tuple(Progress(one.pledge, period, *part) for period, part in zip(asked.periods, parts, strict=True))
    return Standing(one.person_id, one.email, periods, met, begun, asked.today)


def pledges(session: Session, scope: Scope, window: Window, settings: Settings, among: list[Executive] | None = None) -> Pledges:
    """How many executives have met their pledge, and how many have met a customer."""
    return pledges_in_each(session, scope, [window], settings, among)[0]


def pledges_in_each(
    session: Session, scope: Scope, windows: Sequence[Window], settings: Settings, among: list[Executive] | None = None
) -> list[Pledges]:
    """The same of several windows; of thousands of executives, nothing but the counts."""
    found = []
    for each in _looked_at(session, scope, windows, settings, among):
        outcomes = [_outcome(one.pledge, asked, done) for one, asked, done in each]
        whole = len(outcomes)
        found.append(
            Pledges(Share(sum(met for _, met, _ in outcomes), whole), Share(sum(begun for _, _, begun in outcomes), whole))
        )
    return found


def summed(found: Sequence[Standing]) -> Pledges:
    """The same of standings at hand."""
    return Pledges(Share(sum(one.met for one in found), len(found)), Share(sum(one.begun for one in found), len(found)))


def with_people(session: Session, found: Sequence[Standing]) -> list[tuple[Person, Standing]]:
    """Standings with the executives themselves, in the same order."""
    wanted = sa.select(Person).where(col(Person.id).in_([one.person_id for one in found]))
    known = {one.key: one for one in session.scalars(wanted)}
    return [(known[one.person_id], one) for one in found]


def totals(standing: Standing) -> tuple[Share, Share]:
    """Visits and calls of all their periods looked at, each of what is pledged in them."""
    each = standing.periods
    return (
        Share(sum(one.visits for one in each), sum(one.pledge.visits for one in each)),
        Share(sum(one.calls for one in each), sum(one.pledge.calls for one in each)),
    )


def by_state(found: Sequence[Standing]) -> dict[State, int]:
    """How many executives stand where, each once."""
    return {state: sum(one.state == state for one in found) for state in State}


def not_out_yet(session: Session, scope: Scope, window: Window, settings: Settings, now: datetime) -> list[Person]:
    """Executives who are here and had no engagement in the window nor in their pledge period, by name.

    A period less than a tenth of which is over accuses nobody, and whoever is away today is left in peace.
    """
    waiting = {one.person_id for one in standings(session, scope, window, settings) if one.state == State.NOT_STARTED}
    found = session.scalars(sa.select(Person).where(col(Person.id).in_(waiting), col(Person.active)).order_by(col(Person.name)))
    return [person for person in found if not person.is_away(person.today(now))]


def streak(session: Session, person: Person, settings: Settings, today: date) -> int:
    """How many of their pledge periods on end, up to the last that is over, this executive has met; the running one counts once it's met."""
    kind = str(settings.pledge_of(person.email).period)
    whole = Scope(person_id=person.key)
    period, met = period_of(today, kind, settings.company.fiscal_year_starts), 0
    while met < 400:
        window = Window(period.first, period.last, today, settings.company.zone)
        found = standings(session, whole, window, settings)
        if found and found[0].periods[-1].met:
            met += 1
        elif not window.running:
            break
        period = period_of(period.first - timedelta(days=1), kind, settings.company.fiscal_year_starts)
    return met
