"""The week for the CX office: what needs attention, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain.engagements.customers import Tier
from bot.domain.promises.commitments import Commitment
from bot.domain.updates import receipts
from bot.domain.updates.receipts import Question
from bot.measures import asked, engaged, pledged, promised, scope, waiting
from bot.measures.pledged import Pledges
from bot.measures.promised import Kept
from bot.measures.scope import Share, Window
from bot.measures.waiting import Waiting
from bot.settings import Settings

WEEKS = 8
"""Weeks in the picture."""

_NAMED = 3
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weekly:
    """One week. `engagements` are of eight weeks, oldest first, the last being this one; `pledges` those of the quarter the week ends in.

    What needs attention: how much waits (`needs`), with the first few commitments past their date (`latest`), of the questions without an
    answer (`asked`), and of the key customers not seen for long (`stale`, with days or None; `key_stale` of all); and how many people the week's
    updates didn't reach.
    """

    window: Window
    weeks: tuple[Window, ...]
    engagements: tuple[int, ...]
    pledges: Pledges
    answered: Share
    promises: Kept
    needs: Waiting
    latest: list[Commitment]
    asked: list[Question]
    key_stale: Share
    stale: list[Any]
    unreached: int


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
    last = scope.quarter_of(window.as_of, settings)
    quarter = scope.window(last.first, last.last, settings, now)
    seen = engaged.customers_seen(session, scope.COMPANY, quarter, settings)
    needs = waiting.waiting(session, window, settings)
    stale = engaged.stalest(session, scope.COMPANY, quarter, _NAMED, tier=Tier.KEY)
    return Weekly(
        window=window,
        weeks=weeks,
        engagements=tuple(sum(engaged.kinds(session, scope.COMPANY, one).values()) for one in weeks),
        pledges=pledged.pledges(session, scope.COMPANY, quarter, settings),
        answered=asked.answered(session, scope.COMPANY, window, now),
        promises=promised.kept(session, scope.COMPANY, window),
        needs=needs,
        latest=promised.latest(session, window, limit=_NAMED),
        asked=receipts.unanswered(session, limit=_NAMED),
        key_stale=Share(seen.key_stale, seen.key_customers),
        stale=[(customer, days) for customer, days in stale if engaged.is_stale(days, settings)],
        unreached=waiting.unreached(session, window),
    )
