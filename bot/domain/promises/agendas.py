"""What each person is reminded of: one list a day, with what is new to them, and nothing else.

New is what this reader hasn't been told yet, whoever else has: what is owed to somebody stays owed until they work. A thing comes again once
something about it has changed, or a week has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import Field as Column
from sqlmodel import Session, SQLModel, col, or_, select

from bot.database import enum_column
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Delegation, Person, Role
from bot.domain.people.working_time import WorkWeek, working_days_between
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.promises.promises import still_open
from bot.settings import Settings

AHEAD = 3
"""Working days before its date that an owner is reminded of a commitment."""

WEEK = 5
"""Working days in a week."""

TO_MANAGER = WEEK
"""Working days late from which the owner's manager hears of it."""

TO_CX_OFFICE = 2 * WEEK
"""Working days late from which the CX office does."""

AGAIN = timedelta(days=7)
"""After how long somebody is told the same once more."""


class Why(StrEnum):
    """What a reader is told of a commitment; when that changes, it is news. The most urgent first."""

    LEFT = "left"
    COVER = "cover"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    RISEN = "risen"
    TELL = "tell"


class Reminded(SQLModel, table=True):
    """One commitment on one list: whom it told what, on which day of theirs. It counts once the list is on its way."""

    __tablename__ = "reminded"
    delivery_id: int = Column(foreign_key="deliveries.id", primary_key=True, ondelete="CASCADE")
    commitment_id: int = Column(foreign_key="commitments.id", primary_key=True, index=True)
    person_id: int = Column(foreign_key="people.id", index=True)
    why: Why = Column(sa_type=enum_column(Why))
    due: date
    day: date


@dataclass(frozen=True)
class Item:
    """A commitment that a reader is to be told of, and why."""

    commitment: Commitment
    why: Why


_BY_MESSAGE = {Why.SOON: timedelta(days=WEEK), Why.TELL: AGAIN}
"""For how long a message about the commitment itself (a request, a question) has told the same."""


_UNDELIVERED = frozenset({Why.LEFT, Why.COVER, Why.RISEN})
"""To somebody other than the owner these are one thing: its owner doesn't see to it."""


@dataclass
class _Known:
    """What some people were told in the last week: by a list (what, and of which date), and by a message about the commitment itself."""

    listed: set[tuple[int, int, Why, date]] = field(default_factory=set)
    messaged: dict[tuple[int, int], datetime] = field(default_factory=dict)
    """When."""
    now: datetime = field(kw_only=True)

    def has(self, person: Person, one: Commitment, why: Why) -> bool:
        """Whether this is no news to somebody."""
        alike = _UNDELIVERED if why in _UNDELIVERED else {why}
        if any((person.key, one.key, told, one.due) in self.listed for told in alike):
            return True
        at = self.messaged.get((person.key, one.key))
        return at is not None and person.today(self.now) - person.today(at) < _BY_MESSAGE.get(why, timedelta(0))


def items(session: Session, person: Person, settings: Settings, now: datetime) -> list[Item]:
    """All that this person is to be told at the UTC instant `now`, the most urgent first."""
    return to_remind(session, [person], settings, now).get(person.key, [])


def to_remind(session: Session, readers: Sequence[Person], settings: Settings, now: datetime) -> dict[int, list[Item]]:
    """What each of some people is to be told, by their id; those with nothing are left out. All is read at once, however many they are."""
    keys = [person.key for person in readers]
    concerning = _concerning(session, readers, now) if readers else []
    if not concerning:
        return {}
    known = _known(session, keys, now)
    offices = {person.key for person in readers if person.has(Role.CX_OFFICE)}
    weeks: dict[int, WorkWeek] = {}
    own = {person.key: person.work_week(settings) for person in readers}
    found: dict[int, list[Item]] = {}
    by_key = {person.key: person for person in readers}
    for one in concerning:
        steady = weeks.get(one.owner_id) or weeks.setdefault(one.owner_id, replace(one.owner.work_week(settings), away=()))
        for person in [by_key[key] for key in sorted(by_key.keys() & (_concerned(one) | offices))]:
            why = _why(one, person, (steady, own[person.key]), person.today(now), office=person.key in offices)
            if why is not None and not known.has(person, one, why):
                found.setdefault(person.key, []).append(Item(one, why))
    return {key: sorted(mine, key=_urgency) for key, mine in found.items()}


def _concerned(one: Commitment) -> set[int | None]:
    return {one.owner_id, one.promised_by_id, one.owner.manager_id, *(who.id for who in one.owner.delegates)}


_ORDER = list(Why)


def _urgency(item: Item) -> tuple[int, date, int]:
    return (_ORDER.index(item.why), item.commitment.due, item.commitment.key)


def _concerning(session: Session, readers: Sequence[Person], now: datetime) -> list[Commitment]:
    """The commitments that may be news to one of these, with the people they concern."""
    keys = [person.key for person in readers]
    managed = select(Person.id).where(col(Person.manager_id).in_(keys))
    covered = select(Delegation.executive_id).where(col(Delegation.delegate_id).in_(keys))
    theirs: list[sa.ColumnElement[bool]] = [
        col(Commitment.owner_id).in_(keys),
        col(Commitment.promised_by_id).in_(keys),
        col(Commitment.owner_id).in_(managed),
        col(Commitment.owner_id).in_(covered),
    ]
    if any(person.has(Role.CX_OFFICE) for person in readers):
        gone = select(Person.id).where(~col(Person.active))
        theirs += [col(Commitment.due) <= now.date() + timedelta(days=1), col(Commitment.owner_id).in_(gone)]
    near = or_(col(Commitment.state) == CommitmentState.KEPT, col(Commitment.due) <= now.date() + _FAR, ~Person.active)  # type: ignore[arg-type]  # a column
    wanted = select(Commitment).join(Person, col(Person.id) == col(Commitment.owner_id)).where(still_open(), or_(*theirs), near)
    owner = joinedload(Commitment.owner)  # type: ignore[arg-type]  # relationships, at run time attributes
    loaded = (owner.selectinload(Person.absences), owner.selectinload(Person.delegates), joinedload(Commitment.promised_by))  # type: ignore[arg-type]
    return list(session.exec(wanted.options(*loaded).order_by(col(Commitment.due), col(Commitment.id))))


_FAR = timedelta(days=31)
"""Nobody is reminded further ahead than this, whatever holidays lie between; those of people who have left aside."""


def _known(session: Session, keys: list[int], now: datetime) -> _Known:
    on_its_way = [DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCONFIRMED]
    since = now.date() - AGAIN
    listed = (
        sa.select(Reminded, Person.zone)  # type: ignore[call-overload]  # a column, at run time
        .join(Delivery, col(Delivery.id) == col(Reminded.delivery_id))
        .join(Person, col(Person.id) == col(Reminded.person_id))
        .where(col(Reminded.person_id).in_(keys), col(Reminded.day) >= since, col(Delivery.state).in_(on_its_way))
    )
    last = sa.func.max(sa.func.coalesce(col(Delivery.sent_at), now))
    messaged = (
        sa.select(col(Delivery.person_id), col(Delivery.subject_id), last)
        .where(col(Delivery.person_id).in_(keys), col(Delivery.subject) == Subject.COMMITMENT)
        .where(or_(col(Delivery.sent_at) > now - AGAIN, col(Delivery.state) == DeliveryState.SENDING))
        .group_by(col(Delivery.person_id), col(Delivery.subject_id))
    )
    return _Known(
        {
            (row.person_id, row.commitment_id, row.why, row.due)
            for row, zone in session.execute(listed)
            if row.day > _today(zone, now) - AGAIN
        },
        {(person, commitment): at for person, commitment, at in session.execute(messaged)},
        now=now,
    )


def _today(zone: str, now: datetime) -> date:
    return Person(email="", name="", zone=zone).today(now)


def _why(one: Commitment, person: Person, weeks: tuple[WorkWeek, WorkWeek], today: date, *, office: bool) -> Why | None:
    """Why this person is to be told of it on their day `today`; None when they aren't.

    `weeks` are the owner's, in which days are counted (an absence doesn't stop the clock), and the reader's.
    """
    steady, own = weeks
    if one.to_be_told:
        since = one.done_on or today
        return Why.TELL if one.promised_by_id == person.id and today > since else None
    if not one.is_open:
        return None
    if not one.owner.active:
        return _of_leaver(one, person, today, office=office)
    if one.owner_id == person.id:
        return _of_owner(one, steady, today)
    if _missed(one, own, today) and _covers(one, person, today, office=office):
        return Why.COVER
    return _risen(one, person, steady, today, office=office)


def _missed(one: Commitment, own: WorkWeek, today: date) -> bool:
    """Whether its owner is away now that it is due; or was on the day, and today is the first day since that its reader works."""
    if today < one.due:
        return False
    worked = working_days_between(own, one.due - timedelta(days=1), today - timedelta(days=1)) > 0
    return one.owner.is_away(today) or (one.owner.is_away(one.due) and not worked)


def _of_owner(one: Commitment, steady: WorkWeek, today: date) -> Why | None:
    if today == one.due:
        return Why.TODAY
    if today > one.due:
        return Why.LATE if working_days_between(steady, one.due, today) else None
    return Why.SOON if working_days_between(steady, today, one.due) <= AHEAD else None


def _of_leaver(one: Commitment, person: Person, today: date, *, office: bool) -> Why | None:
    """The owner is gone, so nobody looks after it: the CX office hears of it at once, the executive who promised when it is late."""
    if office:
        return Why.LEFT
    return Why.COVER if one.promised_by_id == person.id and today > one.due else None


def _risen(one: Commitment, person: Person, steady: WorkWeek, today: date, *, office: bool) -> Why | None:
    late = working_days_between(steady, one.due, today) if today > one.due else 0
    manager = one.owner.manager_id == person.id and late > TO_MANAGER
    return Why.RISEN if manager or (office and late > TO_CX_OFFICE) else None


def _covers(one: Commitment, person: Person, today: date, *, office: bool) -> bool:
    """Whether this is who acts for an owner who is away.

    An executive's delegate, else the manager, else the executive who promised it, else the CX office: the first of them who is here.
    """
    owner = one.owner
    in_turn = ([one for one in owner.delegates if one.acts_for(owner.key)], [owner.manager], [one.promised_by])
    for some in in_turn:
        here = [who for who in some if who and who.works_here and who.id != owner.id and not who.is_away(today)]
        if here:
            return any(who.id == person.id for who in here)
    return office


def take(session: Session, copy: Delivery, settings: Settings, now: datetime) -> list[Item]:
    """Put what is new to a list's reader on it, for good: what it shows later, and what they are told again, follows from that."""
    found = items(session, copy.person, settings, now)
    session.execute(sa.delete(Reminded).where(col(Reminded.delivery_id) == copy.key))  # of a try that the platform put off
    for one in found:
        about, today = one.commitment, copy.person.today(now)
        ids = (copy.key, about.key, copy.person_id)
        session.add(Reminded(delivery_id=ids[0], commitment_id=ids[1], person_id=ids[2], why=one.why, due=about.due, day=today))
    session.flush()
    return found


def on(session: Session, copy: Delivery) -> list[Item]:
    """What stands on a list, in its order, read at once with all that its card says of it."""
    wanted = select(Commitment, Reminded.why).join(Reminded, col(Reminded.commitment_id) == col(Commitment.id))
    with_it = [joinedload(one) for one in (Commitment.customer, Commitment.owner, Commitment.promised_by)]  # type: ignore[arg-type]
    rows = session.exec(wanted.where(Reminded.delivery_id == copy.key).options(*with_it, selectinload(Commitment.events)))  # type: ignore[arg-type]
    return sorted((Item(one, Why(why)) for one, why in rows), key=_urgency)


def lists_of(session: Session, commitment_id: int, now: datetime) -> list[Delivery]:
    """The lists of the last two weeks that a commitment stands on."""
    wanted = select(Delivery).join(Reminded, col(Reminded.delivery_id) == col(Delivery.id))
    recent = (Reminded.commitment_id == commitment_id, col(Delivery.sent_at) > now - 2 * AGAIN)
    return list(session.exec(wanted.where(*recent).order_by(col(Delivery.id))))


def readers(session: Session, zone: str) -> list[Person]:
    """The active people of a time zone whom some open commitment may concern."""
    open_ = select(Commitment.owner_id).where(still_open())
    promised = select(Commitment.promised_by_id).where(still_open())
    managers = select(Person.manager_id).where(col(Person.id).in_(open_), col(Person.manager_id).is_not(None))
    delegates = select(Delegation.delegate_id).where(col(Delegation.executive_id).in_(open_))
    office = col(Person.roles).contains([Role.CX_OFFICE.value])
    concerned = or_(*(col(Person.id).in_(some) for some in (open_, promised, managers, delegates)), office)
    wanted = select(Person).where(col(Person.active), Person.zone == zone, concerned).order_by(col(Person.id))
    return list(session.exec(wanted.options(selectinload(Person.absences))))  # type: ignore[arg-type]  # at run time an attribute
