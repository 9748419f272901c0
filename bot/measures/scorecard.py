"""One executive's own: what they promised, what they did, and whom to see next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.engagements.engagements import Kind
from bot.domain.engagements.participation import Progress
from bot.domain.people.people import Person
from bot.measures import asked, engaged, promised, scope
from bot.measures.engaged import Stale
from bot.measures.pledged import progress, streak
from bot.measures.promised import Promises
from bot.measures.scope import Scope, Share, Window
from bot.settings import Settings


@dataclass(frozen=True)
class Suggestion:
    """Whom to see next: a customer nobody has seen for `days` (None: never); `yours` when this executive answers for them.

    `uncovered` is the segment's key when it was chosen because they have met nobody of it this quarter.
    """

    customer: Customer
    days: int | None
    yours: bool
    uncovered: str = ""


@dataclass(frozen=True)
class Quarter:
    """Visits and calls in one quarter."""

    window: Window
    visits: int
    calls: int


@dataclass(frozen=True)
class Scorecard:
    """All of it. `covered` are segments and stages met this quarter, each of all there are; `pledged` None for somebody without a pledge."""

    person: Person
    window: Window
    pledged: Progress | None
    streak: int
    answered: Share
    promises: Promises
    stale: list[Stale]
    segments: Share
    stages: Share
    quarters: list[Quarter]
    suggestion: Suggestion | None


def scorecard(session: Session, person: Person, settings: Settings, now: datetime) -> Scorecard:
    """Count it, at the UTC instant `now`, for the running quarter."""
    whose, window = scope.of_person(person), scope.quarter(settings, now)
    today = person.today(now)
    pledge = settings.pledge_of(person.email)
    met = engaged.coverage_by_executive(session, whose, window).get(person.key, {})
    segments = {segment for segment, _ in met} & {one.key for one in settings.segments}
    stages = {stage for _, stage in met} & {one.key for one in settings.journey}
    return Scorecard(
        person=person,
        window=window,
        pledged=progress(session, person, settings, today) if pledge.visits or pledge.calls else None,
        streak=streak(session, person, settings, today) if pledge.visits or pledge.calls else 0,
        answered=asked.answered(session, whose, window, now),
        promises=promised.promises(session, whose, window),
        stale=engaged.stale_customers(session, person, settings, today),
        segments=Share(len(segments), len(settings.segments)),
        stages=Share(len(stages), len(settings.journey)),
        quarters=list(quarters(session, whose, window, settings, now)),
        suggestion=suggest(session, person, window, segments, settings),
    )


def quarters(session: Session, whose: Scope, upto: Window, settings: Settings, now: datetime) -> Iterator[Quarter]:
    """Visits and calls of eight quarters, oldest first."""
    windows = list(scope.quarters(settings, upto, now))
    whole = Window(windows[0].first, windows[-1].last, upto.today, upto.zone)
    link = EngagementExecutive
    attended = sa.select(col(link.happened_on), col(link.kind)).where(*engaged.attended(whose, whole))
    days = [(day, kind) for day, kind in session.execute(attended)]
    for one in windows:
        kinds = [kind for day, kind in days if one.first <= day <= one.last]
        calls = kinds.count(Kind.CALL.value)
        yield Quarter(one, len(kinds) - calls, calls)


def suggest(session: Session, person: Person, window: Window, met: set[str], settings: Settings) -> Suggestion | None:
    """The key customer of theirs not seen for longest; else of a segment they haven't met this quarter; else any key one left alone.

    None when all of these were seen within `engagements.stale_days`.
    """
    own = engaged.stalest(session, scope.of_person(person), window, 50)
    for customer, days in sorted(own, key=lambda one: one[0].tier != Tier.KEY):
        if engaged.is_stale(days, settings):
            return Suggestion(customer, days, yours=True)
    for customer, days in own:
        if customer.segment and customer.segment not in met and (days is None or days > 0):
            return Suggestion(customer, days, yours=True, uncovered=customer.segment)
    for customer, days in engaged.stalest(session, scope.COMPANY, window, 1, tier=Tier.KEY):
        if engaged.is_stale(days, settings):
            return Suggestion(customer, days, yours=False)
    return None
