"""How a broadcast stands, all in one: whom it is for, what it waits for, how far it is, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, func, select

from bot.domain.people.people import Absence, Person
from bot.domain.updates import audience_words, proposals, recipients
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Answer, Receipt
from bot.domain.updates.updates import Update
from bot.measures import audience_sizes, progress, recalls, told, waiting
from bot.measures.audience_sizes import Inside, Reach
from bot.measures.progress import Progress
from bot.measures.recalls import Recall
from bot.measures.scope import Share
from bot.measures.told import Told
from bot.settings import Settings


@dataclass(frozen=True)
class Standing:
    """A broadcast and everything its card says of it.

    `latest` is the update as it would be once new words are approved; `reach` is None once its recipients are fixed.
    `told` is whom it reached and what they answered; `silent` haven't answered, `remindable` are those of them who have it singly; `within` is
    how long half of the questions waited for their answer at most; `channels` are those its audience speaks of, until it goes out.
    """

    broadcast: Broadcast
    latest: Update
    to: str
    reach: Reach | None
    missing: tuple[str, ...]
    progress: Progress
    failures: list[tuple[str, int]]
    recall: Recall
    told: Told
    unanswered: int = 0
    silent: int = 0
    remindable: int = 0
    away: int = 0
    within: timedelta | None = None
    reasons: list[tuple[str, str]] = field(default_factory=list)
    channels: list[Inside] = field(default_factory=list)


def of(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> Standing:
    """How it stands at the UTC instant `now`. One that hasn't begun has no copies yet that could be counted."""
    update, started = broadcast.update, broadcast.started_at is not None
    return Standing(
        broadcast,
        proposals.latest(session, update),
        to=audience_words.describe(session, broadcast.audience, settings),
        reach=None if started else audience_sizes.reach(session, broadcast.audience),
        missing=broadcast.missing(settings),
        progress=progress.progress(session, broadcast, now) if started else Progress({}),
        failures=progress.failures(session, broadcast) if started else [],
        recall=recalls.of(session, broadcast) if started else Recall(Share(0, 0), 0, 0, 0),
        told=told.each(session, [update.key])[update.key],
        unanswered=waiting.questions(session, update),
        silent=_number(session, recipients.silence(broadcast)) if started else 0,
        remindable=_number(session, recipients.silence(broadcast, singly=True)) if started else 0,
        away=_away(session, broadcast, now) if started else 0,
        within=told.half_within(session, update.key),
        reasons=[(one.person.name, one.note) for one in _cannot(session, broadcast)],
        channels=[] if started else audience_sizes.inside(session, broadcast.audience),
    )


def _number(session: Session, who: sa.ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(Person).where(who)).one()


def _away(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """How many of the silent are out of office today. Few are away on any day, so only they are looked at, each in their own zone."""
    day = timedelta(days=1)
    near = select(Absence.person_id).where(Absence.first <= (now + day).date(), Absence.last >= (now - day).date())
    wanted = select(Person).where(recipients.silence(broadcast), col(Person.id).in_(near))
    some = session.exec(wanted.options(selectinload(Person.absences)))  # type: ignore[arg-type]  # a relationship, at run time an attribute
    return sum(one.is_away(one.today(now)) for one in some)


def _cannot(session: Session, broadcast: Broadcast) -> list[Receipt]:
    wanted = select(Receipt).where(Receipt.update_id == broadcast.update_id, Receipt.answer == Answer.CANNOT)
    return list(session.exec(wanted.order_by(col(Receipt.at).desc()).limit(5)))
