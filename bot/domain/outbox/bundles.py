"""Bundles: what is due to somebody at one time comes as one message. One delivery leads it, the others are carried by it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from bot.database import all_locked
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Role

_ORDER = (
    Subject.PROMPT,
    Subject.COMMITMENT,
    Subject.QUESTION,
    Subject.ANSWER,
    Subject.AGENDA,
    Subject.REWORDED,
    Subject.POST,
    Subject.BROADCAST,
)
"""What can stand in a bundle, in this order: what waits for its reader's answer first. What is long
is a message of its own: an update to be approved, a report, a letter, a digest."""

CAPPED = {
    Subject.COMMITMENT: 0,
    Subject.QUESTION: 0,
    Subject.ANSWER: 0,
    Subject.REWORDED: 0,
    Subject.BROADCAST: 0,
    Subject.AGENDA: 1,
}
"""What waits for the next message once its reader has had enough for a week, and how many more it may come after: a list says what is due
today. A prompt, report or approval has its own time."""

_ENOUGH: Mapping[bool, int] = {True: 4, False: 3}
"""Messages in seven days, updates included, after which that is so: an executive's or the CX office's, and anybody else's."""

_WEEK = timedelta(days=7)


_BACK = (
    Subject.APPROVAL,
    Subject.PROMPT,
    Subject.DIGEST,
    *_ORDER[1:],
    Subject.WEEKLY_REPORT,
    Subject.MONTHLY_LETTER,
)
"""What can on the first day back from leave, when all that waited comes as one."""


_RANKS = {subject: rank for rank, subject in enumerate(_BACK)}


def waiting_with(session: Session, lead: Delivery, *, back: bool = False) -> list[Delivery]:
    """What else waits for the reader of a delivery that is about to be sent, and can go with it; locked until the transaction ends.

    `back`: on their first day back from leave, what is else a message of its own can, too.
    """
    alike = _BACK if back else _ORDER
    if lead.exempt or lead.subject not in alike:
        return []
    wanted = select(Delivery).where(
        Delivery.person_id == lead.person_id,
        Delivery.state == DeliveryState.QUEUED,
        Delivery.id != lead.key,
        Delivery.exempt == "",
        col(Delivery.broadcast_id).is_(None),
        col(Delivery.not_before).is_not(None),
        col(Delivery.subject).in_(alike),
    )
    return all_locked(session, wanted.order_by(col(Delivery.id)))


def others_wait(session: Session, copy: Delivery) -> bool:
    """Whether anything else waits for the reader of a delivery, updates included."""
    mine = (Delivery.person_id == copy.person_id, Delivery.state == DeliveryState.QUEUED, Delivery.id != copy.key)
    return session.exec(select(Delivery.id).where(*mine).limit(1)).first() is not None


def parts(session: Session, copy: Delivery) -> list[Delivery]:
    """All that stands in the message a delivery is in, in order: itself alone, usually."""
    return parts_of(session, [copy])[copy.key]


def parts_of(session: Session, copies: Sequence[Delivery]) -> dict[int, list[Delivery]]:
    """`parts` of some deliveries, by their id, read at once."""
    leads = {copy.carried_by_id or copy.key for copy in copies}
    wanted = select(Delivery).where(col(Delivery.id).in_(leads) | col(Delivery.carried_by_id).in_(leads))
    found: dict[int, list[Delivery]] = {}
    for one in session.exec(wanted.options(*deliveries.with_readers())) if leads else ():
        found.setdefault(one.carried_by_id or one.key, []).append(one)
    return {copy.key: sorted(found[copy.carried_by_id or copy.key], key=place) for copy in copies}


def led_by(session: Session, lead: int) -> list[Delivery]:
    """All that stands in the message that the delivery with this id leads, in order."""
    wanted = select(Delivery).where((col(Delivery.id) == lead) | (col(Delivery.carried_by_id) == lead))
    return sorted(session.exec(wanted.options(*deliveries.with_readers())), key=place)


def place(part: Delivery) -> tuple[int, int]:
    """Where something stands in a message among the others: sorts by it."""
    return (_RANKS.get(part.subject, len(_RANKS)), part.key)


def enough_until(session: Session, person: Person, subject: Subject, now: datetime) -> datetime:
    """From when a message about a subject isn't too much for somebody; `now` when it isn't."""
    if subject not in CAPPED:
        return now
    enough = _ENOUGH[person.has(Role.EXECUTIVE, Role.CX_OFFICE)] + CAPPED[subject]
    recent = select(Delivery.sent_at).where(
        Delivery.person_id == person.key,
        col(Delivery.sent_at) > now - _WEEK,
        col(Delivery.carried_by_id).is_(None),
        col(Delivery.told_in_id).is_(None),
    )
    had = [at for at in session.exec(recent.order_by(col(Delivery.sent_at).desc()).limit(enough)) if at is not None]
    return had[-1] + _WEEK if len(had) >= enough else now


def is_latest(session: Session, copy: Delivery) -> bool:
    """Whether its reader has no newer copy of the same subject."""
    return copy.key in latest_of(session, [copy])


def latest_of(session: Session, copies: Iterable[Delivery]) -> set[int]:
    """The ids of those of some deliveries whose reader has no newer copy of the same subject."""
    last: dict[tuple[Subject, int, int], int] = {}
    for subject, ids, people in _by_subject(copies):
        same = (Delivery.subject == subject, col(Delivery.subject_id).in_(ids), col(Delivery.person_id).in_(people))
        newest = select(Delivery.subject_id, Delivery.person_id, func.max(Delivery.part)).where(*same)
        for number, person, part in session.exec(newest.group_by(col(Delivery.subject_id), col(Delivery.person_id))):
            last[subject, number, person] = part
    return {one.key for one in copies if last[one.subject, one.subject_id, one.person_id] == one.part}


def _by_subject(copies: Iterable[Delivery]) -> list[tuple[Subject, set[int], set[int]]]:
    """The subjects of some deliveries, each with the numbers and the people it has there."""
    found: dict[Subject, tuple[set[int], set[int]]] = {}
    for one in copies:
        numbers, people = found.setdefault(one.subject, (set(), set()))
        numbers.add(one.subject_id)
        people.add(one.person_id)
    return [(subject, *both) for subject, both in found.items()]
