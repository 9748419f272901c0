"""Who was out, how, how soon it was written down, and what that covered."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.measures.scope import Scope, Window, day_in, of_person
from bot.settings import Settings

_ATTENDED = col(EngagementExecutive.engagement_id)


def attended(scope: Scope, window: Window) -> list[sa.ColumnElement[bool]]:
    """The executives' days of a scope and window, as conditions on `EngagementExecutive`."""
    day, person_id = col(EngagementExecutive.happened_on), col(EngagementExecutive.person_id)
    return [day.between(window.first, window.last), col(EngagementExecutive.counts).is_(True), scope.covers(person_id, day)]


def happened(scope: Scope, window: Window) -> list[sa.ColumnElement[bool]]:
    """The engagements of a scope and window, each once, as conditions on `Engagement`."""
    whole: list[sa.ColumnElement[bool]] = [
        col(Engagement.happened_on).between(window.first, window.last),
        col(Engagement.deleted_at).is_(None),
    ]
    if scope.company:
        return whole
    return [*whole, col(Engagement.id).in_(sa.select(_ATTENDED).where(*attended(scope, window)))]


def kinds(session: Session, scope: Scope, window: Window) -> dict[Kind, int]:
    """How many engagements of each kind there were; one that several executives were at counts once."""
    wanted = sa.select(col(Engagement.kind), func.count()).where(*happened(scope, window)).group_by(col(Engagement.kind))
    found = {Kind(kind): number for kind, number in session.execute(wanted)}
    return {kind: found.get(kind, 0) for kind in Kind}


def first_day(session: Session) -> date | None:
    """The day of the company's first engagement; None while there is none."""
    found: date | None = session.execute(
        sa.select(func.min(col(Engagement.happened_on))).where(col(Engagement.deleted_at).is_(None))
    ).scalar_one()
    return found


@dataclass(frozen=True)
class Logged:
    """What was written down: how many of each kind, and the median of days it took."""

    kinds: dict[Kind, int]
    days_to_log: float | None


def logged(session: Session, scope: Scope, window: Window) -> Logged:
    """Kinds as above, and the median of days from happening to being written down, in the logger's own calendar; None of nothing."""
    days = (day_in(col(Engagement.logged_at), col(Person.zone)) - col(Engagement.happened_on)).label("days")
    wanted = (
        sa.select(col(Engagement.kind), days, func.count())
        .join(Person, col(Person.id) == col(Engagement.logged_by_id))
        .where(*happened(scope, window))
        .group_by(col(Engagement.kind), days)
    )
    found, after = Counter[Kind](), Counter[int]()
    for kind, number_of_days, number in session.execute(wanted):
        found[Kind(kind)] += number
        after[number_of_days] += number
    return Logged({kind: found[kind] for kind in Kind}, _median(after))


def _median(counts: Counter[int]) -> float | None:
    """The middle one of numbers that are counted, or what lies between the two in the middle."""
    whole = counts.total()
    if not whole:
        return None
    ordered = sorted(counts)
    upto = list(accumulate(counts[one] for one in ordered))
    low, high = (ordered[bisect_right(upto, place)] for place in ((whole - 1) // 2, whole // 2))
    return (low + high) / 2


@dataclass(frozen=True)
class Cell:
    """One segment at one stage of the journey: how many engagements, and how many executives were at them."""

    segment: str
    stage: str
    engagements: int
    executives: int


def coverage(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Cell]:
    """Every segment at every stage of the journey, by app.yaml's order, the empty ones too."""
    wanted = (
        sa.select(
            col(Customer.segment),
            col(EngagementExecutive.stage),
            func.count(sa.distinct(_ATTENDED)),
            func.count(sa.distinct(col(EngagementExecutive.person_id))),
        )
        .join(Customer, col(Customer.id) == col(EngagementExecutive.customer_id))
        .where(*attended(scope, window))
        .group_by(col(Customer.segment), col(EngagementExecutive.stage))
    )
    found = {(segment, stage): (number, people) for segment, stage, number, people in session.execute(wanted)}
    return [
        Cell(segment.key, stage.key, *found.get((segment.key, stage.key), (0, 0)))
        for segment in settings.segments
        for stage in settings.journey
    ]


def coverage_by_executive(session: Session, scope: Scope, window: Window) -> dict[int, dict[tuple[str, str], int]]:
    """Each executive's engagements by segment and stage; those who had none, and cells without any, are left out."""
    cell = (col(EngagementExecutive.person_id), col(Customer.segment), col(EngagementExecutive.stage))
    wanted = (
        sa.select(*cell, func.count())
        .join(Customer, col(Customer.id) == col(EngagementExecutive.customer_id))
        .where(*attended(scope, window))
        .group_by(*cell)
    )
    found: dict[int, dict[tuple[str, str], int]] = {}
    for person_id, segment, stage, number in session.execute(wanted):
        found.setdefault(person_id, {})[segment, stage] = number
    return found


@dataclass(frozen=True)
class Covered:
    """How much of the map one executive covers: how many of app.yaml's cells, and which of its segments."""

    person: Person
    cells: int
    segments: frozenset[str]


def covered_by_each(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Covered]:
    """Every executive who is here, those who cover least first; of a department or person, those who had any engagement in it."""
    found = coverage_by_executive(session, scope, window)
    known = {segment.key for segment in settings.segments}
    each = []
    for one in people.executives(session):
        cells = [segment for segment, _ in found.get(one.key, {}) if segment in known]
        if scope.company or one.key in found:
            each.append(Covered(one, len(cells), frozenset(cells)))
    return sorted(each, key=lambda one: (one.cells, one.person.name))


BUCKETS = (30, 90, 180)
"""Days since a customer was last seen at which one group ends."""


@dataclass(frozen=True)
class Seen:
    """Customers by days since they were last seen: up to 30, up to 90, up to 180, longer, and never."""

    groups: tuple[int, ...]
    key_stale: int
    key_customers: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.groups)


GROUP_NAMES = ("up to 30 days", "31 to 90 days", "91 to 180 days", "longer", "never")


def seen_on(upto: date | None = None) -> sa.ScalarSelect[date]:
    """The day anybody of the company was last at a customer (up to a day), for a statement on `Customer`."""
    latest = sa.select(func.max(col(Engagement.happened_on))).where(
        col(Engagement.customer_id) == col(Customer.id), col(Engagement.deleted_at).is_(None)
    )
    latest = latest if upto is None else latest.where(col(Engagement.happened_on) <= upto)
    return latest.correlate(Customer).scalar_subquery()


def last_seen(session: Session, customer: Customer) -> date | None:
    """The day a customer was last seen; None for one nobody has seen."""
    found: date | None = session.execute(sa.select(seen_on()).where(col(Customer.id) == customer.key)).scalar_one()
    return found


def last_out(session: Session, person_ids: Collection[int], window: Window) -> dict[int, date]:
    """The day of each executive's last engagement up to the window's last day; who never had one is left out."""
    person, day = col(EngagementExecutive.person_id), col(EngagementExecutive.happened_on)
    latest = sa.select(person, func.max(day)).where(person.in_(person_ids), col(EngagementExecutive.counts).is_(True))
    return dict(session.execute(latest.where(day <= window.as_of).group_by(person)).all())


def _last_seen(scope: Scope, window: Window) -> sa.CTE:
    """Each customer of the scope with the days since anybody of the company was there, as of the window's last day."""
    as_of = sa.literal(window.as_of, sa.Date)
    wanted = sa.select(col(Customer.id), col(Customer.tier), (as_of - seen_on(window.as_of)).label("days"))
    # Materialized: each use of the days below would otherwise look them up again.
    return (
        wanted.where(sa.true() if scope.company else scope.covers(col(Customer.owner_id), as_of))
        .cte("seen")
        .prefix_with("MATERIALIZED")
    )


def customers_seen(session: Session, scope: Scope, window: Window, settings: Settings) -> Seen:
    """How long ago the scope's customers were last seen; a person's or department's are those they answer for."""
    rows = _last_seen(scope, window)
    days, key = rows.c.days, rows.c.tier == Tier.KEY.value
    edges = (-1, *BUCKETS)
    groups = [func.count().filter(days > low, days <= high) for low, high in zip(edges, BUCKETS, strict=False)]
    stale = sa.or_(days.is_(None), days > settings.engagements.stale_days)
    last = (func.count().filter(days > BUCKETS[-1]), func.count().filter(days.is_(None)))
    found = session.execute(sa.select(*groups, *last, func.count().filter(key, stale), func.count().filter(key))).one()
    return Seen(tuple(found[:-2]), found[-2], found[-1])


def stalest(
    session: Session, scope: Scope, window: Window, limit: int | None, offset: int = 0, tier: Tier | None = None
) -> list[Any]:
    """Customers with the days since they were last seen, those longest ago first: rows of (Customer, days or None)."""
    rows = _last_seen(scope, window)
    wanted = sa.select(Customer, rows.c.days).join(rows, rows.c.id == col(Customer.id))
    if tier is not None:
        wanted = wanted.where(col(Customer.tier) == tier)
    ordered = wanted.order_by(rows.c.days.desc().nulls_first(), col(Customer.name))
    return list(session.execute(ordered.offset(offset).limit(limit)))


@dataclass(frozen=True)
class Stale:
    """A key customer nobody has seen for `days` (None: never)."""

    customer: Customer
    days: int | None


def is_stale(days: int | None, settings: Settings) -> bool:
    """Whether a customer not seen for so many days (None: never) hasn't been seen for long."""
    return days is None or days > settings.engagements.stale_days


def stale_customers(session: Session, owner: Person, settings: Settings, today: date) -> list[Stale]:
    """The key customers `owner` answers for that have not been seen for `engagements.stale_days`, longest first."""
    theirs = stalest(session, of_person(owner), Window(today, today, today, owner.zone), None, tier=Tier.KEY)
    return [Stale(customer, days) for customer, days in theirs if is_stale(days, settings)]


@dataclass(frozen=True)
class Evidence:
    """What was heard for one target: how often it held, how often it didn't."""

    target: str
    holds: int
    fails: int


def evidence(session: Session, scope: Scope, window: Window, settings: Settings) -> list[Evidence]:
    """The evidence for each target of app.yaml, in its order."""
    target, holding = col(Engagement.evidence_target), col(Engagement.evidence_holds)
    wanted = (
        sa.select(target, func.count().filter(holding.is_(True)), func.count().filter(holding.is_(False)))
        .where(target != "", *happened(scope, window))
        .group_by(target)
    )
    found = {key: (yes, no) for key, yes, no in session.execute(wanted)}
    keys = [target.key for segment in settings.segments for target in segment.targets]
    return [Evidence(key, *found.get(key, (0, 0))) for key in keys]
