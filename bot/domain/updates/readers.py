"""Readers: who may read an update back, because it reached them or went out to such as they are."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.database import context
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.rights import Action, Reading, may
from bot.domain.updates import audiences, broadcasts
from bot.domain.updates.broadcasts import Broadcast, BroadcastState, When
from bot.domain.updates.updates import Update

LOOK_BACK = 100
"""How many of the newest broadcasts are looked through for such as were meant for somebody who came later."""


_STOPPED = {BroadcastState.PAUSED, BroadcastState.CANCELLED}
_TO_COME = {DeliveryState.QUEUED, DeliveryState.CANCELLED, DeliveryState.DIGEST}


def readable(session: Session, person: Person) -> list[Broadcast]:
    """The broadcasts that somebody may read back, newest first: sent to them, or sent to such as they are now.

    Neither recalled ones, nor those stopped before they reached them, nor those for a morning to come.
    """
    theirs = {one.broadcast_id: one for one in session.exec(_copies(person))}
    newest_first = (col(Broadcast.started_at).desc(), col(Broadcast.id).desc())
    standing = (
        select(Broadcast)
        .join(Update, col(Update.id) == col(Broadcast.update_id))
        .where(col(Broadcast.started_at).is_not(None), col(Update.recalled_at).is_(None))
        .order_by(*newest_first)
    )
    mine = {one.key: one for one in session.exec(standing.where(col(Broadcast.id).in_(theirs)))}
    if not person.works_here:
        return [one for one in mine.values() if may_read(session, one.update, person)]
    others = session.exec(standing.where(col(Broadcast.id).not_in(theirs)).limit(LOOK_BACK))
    mine |= {one.key: one for one in others if audiences.includes(session, one.audience, person)}
    there = [one for key, one in mine.items() if _is_open(session, one, person, theirs.get(key))]
    return sorted(there, key=lambda one: (one.started_at, one.key), reverse=True)


def _copies(person: Person) -> SelectOfScalar[Delivery]:
    return select(Delivery).where(Delivery.person_id == person.key, Delivery.subject == Subject.UPDATE)


def _is_open(session: Session, broadcast: Broadcast, person: Person, copy: Delivery | None) -> bool:
    """Whether somebody may read it: they have it, or nothing holds it back from such as they are."""
    if copy is not None and (copy.sent_at is not None or copy.state not in _TO_COME):
        return True
    stopped = {broadcast.state, broadcast.held_from} & _STOPPED or broadcast.held_from == BroadcastState.SENDING
    day = broadcast.day if broadcast.when == When.MORNING and not broadcast.urgent else None
    return not stopped and (day is None or context(session).now >= person.start_of(day))


def reading(session: Session, update: Update, person: Person) -> Reading:
    """An update as somebody wants to read it: whether they have it, and whether it is meant for such as they are now.

    One that was stopped before it reached them, or is for a morning to come, is neither (yet).
    """
    copy = session.exec(_copies(person).where(Delivery.subject_id == update.key)).first()
    begun = [one for one in broadcasts.of_update(session, update) if one.started_at is not None]
    if not any(_is_open(session, one, person, copy) for one in begun):
        return Reading(update, had=False, meant=False)
    return Reading(update, had=copy is not None, meant=bool(meant(session, update, [person.key])))


def meant(session: Session, update: Update, person_ids: Collection[int]) -> set[int]:
    """Those of some people for such as whom an update has gone out, as they are now."""
    sent = [one for one in broadcasts.of_update(session, update) if one.started_at is not None]
    fits = sa.or_(sa.false(), *(one.audience.condition() for one in sent))
    return set(session.scalars(sa.select(col(Person.id)).where(col(Person.id).in_(person_ids), fits)))


def may_read(session: Session, update: Update, person: Person) -> bool:
    """Whether somebody may read an update and answer it."""
    return may(person, Action.READ_UPDATE, reading(session, update, person))
