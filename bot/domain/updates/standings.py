"""How a broadcast stands, all in one: whom it is for, what it waits for, how far it is, what was answered."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, func, select

from bot.domain.people.people import Absence, Person
from bot.domain.updates import audiences, proposals, recalls, receipts, recipients
from bot.domain.updates.audiences import Audience, Inside, Reach
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.recalls import Recall
from bot.domain.updates.receipts import Answer, Receipt
from bot.domain.updates.recipients import Progress
from bot.domain.updates.updates import Update
from bot.domain.words.answers import whole
from bot.settings import Settings
from bot.settings.values import country_names


@dataclass(frozen=True)
class Standing:
    """A broadcast and everything its card says of it.

    `latest` is the update as it would be once new words are approved; `reach` is None once its recipients are fixed.
    `answers` are those of whom it reached, `later` how many others read it since and got it; `silent` haven't answered, `remindable` are
    those of them who have it singly; `within` is how long half of the questions
    waited for their answer at most; `channels` are those its audience speaks of, until it goes out.
    """

    broadcast: Broadcast
    latest: Update
    to: str
    reach: Reach | None
    missing: tuple[str, ...]
    progress: Progress
    failures: list[tuple[str, int]]
    recall: Recall
    answers: dict[Answer, int]
    asked: int = 0
    unanswered: int = 0
    silent: int = 0
    remindable: int = 0
    away: int = 0
    later: int = 0
    within: timedelta | None = None
    reasons: list[tuple[str, str]] = field(default_factory=list)
    channels: list[Inside] = field(default_factory=list)


def of(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> Standing:
    """How it stands at the UTC instant `now`."""
    update, started = broadcast.update, broadcast.started_at is not None
    answers = receipts.counts(session, update, recipients.reached_by(broadcast))
    return Standing(
        broadcast,
        proposals.latest(session, update),
        to=describe(session, broadcast.audience, settings),
        reach=None if started else audiences.reach(session, broadcast.audience),
        missing=broadcast.missing(settings),
        progress=recipients.progress(session, broadcast, now),
        failures=recipients.failures(session, broadcast),
        recall=recalls.of(session, broadcast),
        answers=answers,
        asked=receipts.asked(session, update),
        unanswered=len(receipts.unanswered(session, update)),
        silent=_number(session, recipients.silence(broadcast)) if started else 0,
        remindable=_number(session, recipients.silence(broadcast, singly=True)) if started else 0,
        away=_away(session, broadcast, now) if started else 0,
        later=receipts.counts(session, update)[Answer.GOT_IT] - answers[Answer.GOT_IT],
        within=receipts.answered_within(session, update),
        reasons=[(one.person.name, one.note) for one in _cannot(session, broadcast)],
        channels=[] if started else audiences.inside(session, broadcast.audience),
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


def describe(session: Session, audience: Audience, settings: Settings) -> str:
    """An audience in words: `Service or Sales, who are in DE, but not executives`."""

    def words(parts: tuple[str, ...]) -> str:
        return " or ".join(part_label(session, part, settings) for part in parts)

    found = words(audience.who)
    if audience.also:
        found += f", who are also: {words(audience.also)}"
    if audience.never:
        found += f", but not: {words(audience.never)}"
    return found


def part_label(session: Session, part: str, settings: Settings) -> str:
    """One part of an audience in words."""
    kind, _, value = part.partition(":")
    if kind in {"person", "team"}:
        key = whole(value)
        person = session.get(Person, key) if key is not None else None
        name = person.name if person else "somebody who isn't known any more"
        return name if kind == "person" else f"everyone who reports to {name}"
    segment = settings.segment(value)
    labels = {
        "everyone": "everyone who works here",
        "guests": "guests",
        "role": {"cx_office": "the CX office"}.get(value, f"{value}s"),
        "department": value,
        "country": f"in {country_names().get(value.upper(), value)}",
        "zone": f"in the time zone {value}",
        "serves": f"those who look after {segment.name if segment else value}",
        "channel": f"members of the channel {value.partition(':')[2]}",
        "platform": f"on {value.capitalize()}",
    }
    return labels.get(kind, part)
