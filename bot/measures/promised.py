"""Commitments: made, kept in time, told to the customer, kept across departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from bot.domain.people.people import Person
from bot.domain.people.tenures import Column, Tenure
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises import promises as commitments
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.measures.scope import Scope, Share, Window, day_in

_Promiser, _Keeper = aliased(Tenure), aliased(Tenure)


@dataclass(frozen=True)
class Kept:
    """How many promises were kept in time, and told."""

    on_first_date: Share
    on_last_date: Share
    told: Share


@dataclass(frozen=True)
class Promises(Kept):
    """What became of promises. `across` are those made that another department keeps; `late` are open past their date."""

    made: int
    across: Share
    late: int


def promises(session: Session, scope: Scope, window: Window) -> Promises:
    """The promises of the executives in the scope: each belongs to whoever made it."""
    made, across = _made(session, scope, window)
    found = kept(session, scope, window)
    return Promises(found.on_first_date, found.on_last_date, found.told, made, Share(across, made), late(session, scope, window))


def kept(session: Session, scope: Scope, window: Window) -> Kept:
    """Of the promises due in the window, how many were kept in time; of those kept, how many the customer was told of."""
    return kept_in_each(session, scope, [window])[0]


def kept_in_each(session: Session, scope: Scope, windows: Sequence[Window]) -> list[Kept]:
    """The same of windows that follow one upon the other, the earliest first: each promise is looked at once."""
    due, told = _due(session, scope, windows), _told(session, scope, windows)
    found = []
    for place in range(1, len(windows) + 1):
        of, first, last = due.get(place, (0, 0, 0))
        found.append(Kept(Share(first, of), Share(last, of), Share(*told.get(place, (0, 0)))))
    return found


def _place(day: Column, windows: Sequence[Window]) -> sa.ColumnElement[int]:
    """Which of the windows a day lies in, the first being 1."""
    return func.width_bucket(day, sa.cast([one.first for one in windows], ARRAY(sa.Date)))


def _made_on(window: Window) -> sa.ColumnElement[date]:
    return day_in(col(Commitment.made_at), window.zone)


def _within(scope: Scope, window: Window) -> sa.ColumnElement[bool]:
    return scope.covers(col(Commitment.promised_by_id), _made_on(window))


def _made(session: Session, scope: Scope, window: Window) -> tuple[int, int]:
    """Made in the window, and how many of these somebody keeps who was in another department on the day it was made."""
    day = _made_on(window)

    def held(who: Column, tenure: type[Tenure]) -> sa.ColumnElement[bool]:
        return sa.and_(col(tenure.person_id) == who, col(tenure.first) <= day, col(tenure.until) > day)

    differs = col(_Promiser.department).is_distinct_from(col(_Keeper.department))
    wanted = (
        sa.select(func.count(), func.count().filter(differs))
        .select_from(Commitment)
        .outerjoin(_Promiser, held(col(Commitment.promised_by_id), _Promiser))
        .outerjoin(_Keeper, held(col(Commitment.owner_id), _Keeper))
        .where(window.has(col(Commitment.made_at)), _within(scope, window))
    )
    made, across = session.execute(wanted).one()
    return made, across


def _due(session: Session, scope: Scope, windows: Sequence[Window]) -> dict[int, tuple[int, int, int]]:
    """Of those due in each whose day has passed or that are kept: how many, on the first date, on the last. Withdrawn ones aside."""
    kept = col(Commitment.state) == CommitmentState.KEPT
    on_first, on_last = (sa.and_(kept, col(Commitment.done_on) <= col(due)) for due in (Commitment.first_due, Commitment.due))
    place = _place(col(Commitment.due), windows).label("place")
    wanted = (
        sa.select(place, func.count(), func.count().filter(on_first), func.count().filter(on_last))
        .where(col(Commitment.due).between(windows[0].first, windows[-1].last), col(Commitment.state) != CommitmentState.WITHDRAWN)
        .where(sa.or_(kept, col(Commitment.due) < windows[0].today), _within(scope, windows[0]))
        .group_by(place)
    )
    return {key: (of, first, last) for key, of, first, last in session.execute(wanted)}


def _told(session: Session, scope: Scope, windows: Sequence[Window]) -> dict[int, tuple[int, int]]:
    """Of the promises to a customer kept in each, how many they were told of, of how many."""
    place = _place(col(Commitment.done_on), windows).label("place")
    wanted = sa.select(place, func.count().filter(col(Commitment.told_at).is_not(None)), func.count()).where(
        col(Commitment.state) == CommitmentState.KEPT,
        col(Commitment.customer_id).is_not(None),
        col(Commitment.done_on).between(windows[0].first, windows[-1].last),
        _within(scope, windows[0]),
    )
    return {key: (told, of) for key, told, of in session.execute(wanted.group_by(place))}


def past_date(window: Window) -> sa.ColumnElement[bool]:
    """Whether a promise is open past its date, as of the window's today."""
    return Commitment.late_on(window.today)


def late(session: Session, scope: Scope, window: Window) -> int:
    """How many of the scope's are open past their date."""
    wanted = sa.select(func.count()).where(past_date(window), _within(scope, window))
    return int(session.execute(wanted).scalar_one())


def latest(
    session: Session,
    window: Window,
    *conditions: sa.ColumnElement[bool],
    limit: int,
    offset: int = 0,
) -> list[Commitment]:
    """Those open past their date that fit, the longest late first."""
    wanted = sa.select(Commitment).where(past_date(window), *conditions).order_by(col(Commitment.due), col(Commitment.id))
    return list(session.scalars(wanted.offset(offset).limit(limit)))


@dataclass(frozen=True)
class Owed:
    """What somebody is to look after, the most urgent first, and how many there are, late ones among them."""

    first: list[Commitment]
    number: int
    late: int


def owed(session: Session, person: Person, today: date, most: int) -> Owed:
    """What `person` has to keep, to decide or to tell, of what they may see: `most` of it. `today` is a day of their own calendar."""
    found = commitments.visible(commitments.mine(session, person), person)
    ranked = sorted(found, key=lambda one: (not one.is_late(today), not one.is_open, one.due, one.key))
    return Owed(ranked[:most], len(found), sum(one.is_late(today) for one in found))


def waiting_for(session: Session, item: RoadmapItem) -> int:
    """How many open promises wait for a roadmap item."""
    wanted = sa.select(func.count()).where(col(Commitment.item_id) == item.key, col(Commitment.state) == CommitmentState.OPEN)
    return int(session.execute(wanted).scalar_one())


def across_departments(session: Session, window: Window) -> list[tuple[str, str, int]]:
    """Who keeps whose promises, of those made in the window: (department that promised, that keeps, how many), as people are now."""
    promiser, keeper = aliased(Person), aliased(Person)
    pair = (col(promiser.department), col(keeper.department))
    wanted = (
        sa.select(*pair, func.count())
        .select_from(Commitment)
        .join(promiser, col(promiser.id) == col(Commitment.promised_by_id))
        .join(keeper, col(keeper.id) == col(Commitment.owner_id))
        .where(window.has(col(Commitment.made_at)), pair[0] != pair[1])
        .group_by(*pair)
        .order_by(func.count().desc(), *pair)
    )
    return [(one, other, number) for one, other, number in session.execute(wanted)]
