"""The week for the CX office: what happened, and what needs somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.engagements.customers import Tier
from bot.domain.promises.commitments import Commitment
from bot.measures import asked, engaged, pledged, promised, scope, waiting
from bot.measures.pledged import Pledges
from bot.measures.promised import Kept
from bot.measures.scope import Share, Window
from bot.settings import Settings

WEEKS = 8
"""Weeks in the picture."""

_NAMED = 3
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weekly:
    """One week. `engagements` are of eight weeks, oldest first, the last being this one; `pledges` those of the quarter that runs.

    What needs somebody: `late` commitments and the latest of them, `unanswered` questions, key customers (`stale`, with days or None),
    people not `unreached` by the week's updates, roadmap items `untied`, customers to be `checked`.
    """

    window: Window
    weeks: tuple[Window, ...]
    engagements: tuple[int, ...]
    pledges: Pledges
    answered: Share
    promises: Kept
    late: int
    latest: list[Commitment]
    unanswered: int
    stale: list[Any]
    unreached: int
    untied: int
    to_check: int


def week_of(day: date, settings: Settings, now: datetime) -> Window:
    """The week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return scope.window(monday, monday + timedelta(days=6), settings, now)


def week_before(day: date, settings: Settings, now: datetime) -> Window:
    """The whole week before the one a day lies in."""
    return week_of(day - _WEEK, settings, now)


def weekly(session: Session, window: Window, settings: Settings, now: datetime) -> Weekly:
    """Count the week, at the UTC instant `now`."""
    weeks = tuple(
        Window(window.first - _WEEK * back, window.last - _WEEK * back, window.today, window.zone)
        for back in reversed(range(WEEKS))
    )
    quarter = scope.quarter(settings, now)
    needs = waiting.waiting(session, window, settings)
    stale = engaged.stalest(session, scope.COMPANY, quarter, _NAMED, tier=Tier.KEY)
    return Weekly(
        window=window,
        weeks=weeks,
        engagements=tuple(sum(engaged.kinds(session, scope.COMPANY, one).values()) for one in weeks),
        pledges=pledged.pledges(session, scope.COMPANY, quarter, settings),
        answered=asked.answered(session, scope.COMPANY, window, now),
        promises=promised.kept(session, scope.COMPANY, window),
        late=needs.late,
        latest=promised.latest(session, window, limit=_NAMED),
        unanswered=needs.questions,
        stale=[(customer, days) for customer, days in stale if engaged.is_stale(days, settings)],
        unreached=waiting.unreached(session, window),
        untied=needs.untied,
        to_check=needs.to_check,
    )
