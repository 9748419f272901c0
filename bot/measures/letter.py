"""The month that ended, for the chief executive: what we heard, promised and kept, what changed, and who met no customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.participation import period_of
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem, Status
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.rights import Action, may
from bot.measures import engaged, pledged, promised, report, scope, told
from bot.measures.engaged import Evidence
from bot.measures.promised import Promises
from bot.measures.report import Point
from bot.measures.scope import Share, Window
from bot.settings import Settings

_QUOTED, _SURPRISES, _NAMED = 3, 2, 3
_LOOKED_THROUGH = 200
"""Of the month's engagements, how many of the newest quotations are chosen from."""


@dataclass(frozen=True)
class Letter:
    """One month. `heard` are engagements of as many segments as can be, `surprised` others that say what surprised.

    `begun` is how many executives had met a customer in the `quarter` up to the month's end, and `silent` are those who had not, nor since;
    `points` the last two quarters that were over by then; `untold` decisions of the month staff heard nothing of; `refused` the emails that
    app.yaml names and the letter can't go to.
    """

    window: Window
    engagements: int
    heard: list[Engagement]
    surprised: list[Engagement]
    promises: Promises
    kept: Commitment | None
    done: list[RoadmapItem]
    decided: list[Decision]
    updates: int
    evidence: Evidence | None
    points: list[Point]
    quarter: Window
    begun: Share
    silent: list[Person]
    untold: list[Decision]
    refused: list[str]

    @property
    def empty(self) -> bool:
        """Whether nothing happened at all."""
        return not (
            self.engagements or self.promises.made or self.promises.on_last_date.whole or self.done or self.decided or self.updates
        )


def month_before(day: date, settings: Settings, now: datetime) -> Window:
    """The whole month before the one a day lies in."""
    return month_of(day.replace(day=1) - timedelta(days=1), settings, now)


def month_of(day: date, settings: Settings, now: datetime) -> Window:
    """The month that a day lies in."""
    month = period_of(day, "month", 1)
    return scope.window(month.first, month.last, settings, now)


def letter(session: Session, window: Window, settings: Settings, now: datetime) -> Letter:
    """Gather the month, at the UTC instant `now`."""
    said = _newest(session, window)
    heard = _diverse(said)
    quarter = upto(window, settings)
    evidence = engaged.evidence(session, scope.COMPANY, window, settings)
    most = max(evidence, key=lambda one: one.holds + one.fails, default=None)
    return Letter(
        window=window,
        engagements=sum(engaged.kinds(session, scope.COMPANY, window).values()),
        heard=heard,
        surprised=[one for one in said if one.surprised and one not in heard][:_SURPRISES],
        promises=promised.promises(session, scope.COMPANY, window),
        kept=_kept(session, window),
        done=_done(session, window),
        decided=_decided(session, window),
        updates=told.telling(session, window, now).updates,
        evidence=most if most is not None and most.holds + most.fails else None,
        points=[one for one in report.trend(session, scope.COMPANY, window, settings, now) if one.window.last <= window.as_of][-2:],
        quarter=quarter,
        begun=pledged.pledges(session, scope.COMPANY, quarter, settings).begun,
        silent=_silent(session, quarter, settings, now),
        untold=told.untold(session, window, _NAMED),
        refused=refused(session, settings),
    )


def upto(month: Window, settings: Settings) -> Window:
    """The quarter that a month lies in, up to the month's end."""
    return Window(scope.quarter_of(month.last, settings).first, month.last, month.today, month.zone)


def _silent(session: Session, quarter: Window, settings: Settings, now: datetime) -> list[Person]:
    """Who had met no customer by the month's end, and hasn't since."""
    found = pledged.not_out_yet(session, scope.COMPANY, quarter, settings, now)
    since = Window(quarter.first, max(quarter.last, quarter.today), quarter.today, quarter.zone)
    last = engaged.last_out(session, [one.key for one in found], since)
    return [one for one in found if last.get(one.key, date.min) < quarter.first]


def _newest(session: Session, window: Window) -> list[Engagement]:
    wanted = sa.select(Engagement).where(*engaged.happened(scope.COMPANY, window), col(Engagement.customer_id).is_not(None))
    ordered = wanted.order_by(col(Engagement.happened_on).desc(), col(Engagement.id).desc())
    return list(session.scalars(ordered.limit(_LOOKED_THROUGH)))


def _diverse(said: list[Engagement]) -> list[Engagement]:
    """A few, the newest of each segment before a second of any."""
    rank: dict[str, int] = {}
    ranked = []
    for one in said:
        segment = one.customer.segment if one.customer else ""
        ranked.append((rank.setdefault(segment, 0), one))
        rank[segment] += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:_QUOTED]]


def _kept(session: Session, window: Window) -> Commitment | None:
    """The latest promise to a customer that was kept, one they were told of before others."""
    wanted = (
        sa.select(Commitment)
        .where(col(Commitment.state) == CommitmentState.KEPT, col(Commitment.customer_id).is_not(None))
        .where(col(Commitment.done_on).between(window.first, window.last))
        .order_by(col(Commitment.told_at).is_(None), col(Commitment.done_on).desc(), col(Commitment.id).desc())
    )
    return session.scalars(wanted.limit(1)).first()


def _done(session: Session, window: Window) -> list[RoadmapItem]:
    wanted = sa.select(RoadmapItem).where(col(RoadmapItem.status) == Status.DONE, window.has(col(RoadmapItem.status_since)))
    return list(session.scalars(wanted.order_by(col(RoadmapItem.id))))


def _decided(session: Session, window: Window) -> list[Decision]:
    wanted = sa.select(Decision).where(col(Decision.decided_on).between(window.first, window.last))
    return list(session.scalars(wanted.order_by(col(Decision.decided_on).desc(), col(Decision.id))))


def may_read(person: Person) -> bool:
    """Whether the letter may go to this person."""
    return may(person, Action.READ_LETTER)


def refused(session: Session, settings: Settings) -> list[str]:
    """The emails that app.yaml names and the letter can't go to: unknown, gone, or without the right to read it."""
    named = ((email, people.by_email(session, email)) for email in settings.reports.letter_to)
    return [email for email, person in named if person is None or not may_read(person)]


def readers(session: Session, settings: Settings) -> list[Person]:
    """Whom the letter goes to, each once: those app.yaml names who may read it; the CX office too, to pass it on, unless all may."""
    named = [people.by_email(session, email) for email in settings.reports.letter_to]
    fit = [one for one in named if one is not None and may_read(one)]
    office = [] if fit and len(fit) == len(named) else people.with_role(session, Role.CX_OFFICE)
    return list({one.key: one for one in (*fit, *office)}.values())
