"""What customers said: the newest things heard, an executive's engagements, and a customer's story by days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import col, select

from bot.domain.engagements import customers
from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Person
from bot.domain.promises import promises
from bot.domain.promises.commitment_events import Happening
from bot.domain.promises.commitments import Commitment
from bot.domain.rights import Action, may
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.updates import Update
from bot.measures import engaged
from bot.views.engagements import ago, day_words, names
from bot.web.dashboard.look import Look
from bot.web.dashboard.work import seen_broadcasts

NEWEST = 3
"""Things heard that the overview opens with."""


def newest(look: Look) -> list[Engagement]:
    """What was heard last in the scope and days looked at, for the CX office; for others of their own and of those they act for."""
    conditions = engaged.happened(look.wanted.scope, look.wanted.window)
    if not look.oversees:
        there = sa.select(col(EngagementExecutive.engagement_id)).where(col(EngagementExecutive.person_id).in_(look.selves))
        conditions += [col(Engagement.id).in_(there)]
    return _engagements(look, conditions, 0, NEWEST)


def of_person(look: Look, person: Person) -> list[Engagement]:
    """An executive's engagements, the newest first, from the row looked at on; none for whoever may not see them."""
    if not may(look.viewer, Action.SEE_ENGAGEMENTS_OF, person):
        return []
    there = sa.select(col(EngagementExecutive.engagement_id)).where(col(EngagementExecutive.person_id) == person.key)
    return _engagements(look, [col(Engagement.id).in_(there), col(Engagement.deleted_at).is_(None)], look.offset, look.read)


def _engagements(look: Look, conditions: list[sa.ColumnElement[bool]], offset: int, limit: int) -> list[Engagement]:
    """With all that is shown of them, in as many statements however many they are."""
    loaded = (selectinload(Engagement.executives), selectinload(Engagement.contacts), joinedload(Engagement.customer))  # type: ignore[arg-type]  # relationships, at run time attributes
    ordered = select(Engagement).where(*conditions).order_by(col(Engagement.happened_on).desc(), col(Engagement.id).desc())
    return list(look.session.exec(ordered.options(*loaded).offset(offset).limit(limit)))


@dataclass(frozen=True)
class Moment:
    """Something on a customer's page: on which day, of which `kind` (heard, made, done, withdrawn, missed, told, update), what, and who by."""

    day: date
    kind: str
    title: str
    who: str = ""
    heard: str = ""
    surprised: str = ""
    follow_up: str = ""


def customer(look: Look, key: int) -> dict[str, Any]:
    """One customer's page, for those who may see it: what we heard, what became of it, and what comes next."""
    found = customers.get_for(look.session, key, look.viewer)
    met = _engagements(
        look, [col(Engagement.customer_id) == found.key, col(Engagement.deleted_at).is_(None)], look.offset, look.read
    )
    promised = _commitments(look, found)
    last = engaged.last_seen(look.session, found)
    moments = [*_heard(met[: look.size])]
    if not look.offset:
        moments += [*(one for each in promised for one in _became(look, each)), *_updates(look, promised)]
    segment = look.settings.segment(found.segment)
    return {
        "title": found.name,
        "customer": found,
        "segment": segment.name if segment else "",
        "contacts": ", ".join(sorted(one.name for one in found.contacts)),
        "seen": ago((look.wanted.window.today - last).days) if last else "never",
        "moments": sorted(moments, key=lambda one: one.day, reverse=True),
        "more": len(met) > look.size,
        "next": _next(look, promised, met, last),
    }


def _commitments(look: Look, found: Customer) -> list[Commitment]:
    """The newest commitments to a customer that are the viewer's to see, as in chat."""
    loaded = (joinedload(Commitment.owner), joinedload(Commitment.promised_by), selectinload(Commitment.events))  # type: ignore[arg-type]  # relationships, at run time attributes
    newest_first = select(Commitment).where(Commitment.customer_id == found.key).order_by(col(Commitment.made_at).desc())
    return promises.visible(look.session.exec(newest_first.options(*loaded).limit(look.size)).unique(), look.viewer)


def _heard(met: list[Engagement]) -> Iterator[Moment]:
    for one in met:
        who = " with ".join(part for part in (names(one.executives), ", ".join(each.name for each in one.contacts)) if part)
        yield Moment(one.happened_on, "heard", one.kind.label, who, one.heard, one.surprised, one.follow_up)


def _became(look: Look, one: Commitment) -> Iterator[Moment]:
    """What happened to a commitment: made, done or given up, and the customer told of it."""
    due = f"{one.owner.name}, due {day_words(one.due)}" if one.is_open else one.owner.name
    yield Moment(_day(look, one.made_at), "made", one.what, f"{one.promised_by.name} to {due}")
    if one.done_at is not None:
        yield Moment(one.done_on or _day(look, one.done_at), "done", one.what, one.owner.name, follow_up=one.done_note)
    for event in one.events:
        if event.kind is Happening.GIVEN_UP and not one.is_open:
            yield Moment(_day(look, event.at), one.state.value, one.what, one.owner.name, follow_up=event.note)
    if one.told_at is not None:
        yield Moment(_day(look, one.told_at), "told", one.what, one.promised_by.name)


def _updates(look: Look, promised: list[Commitment]) -> Iterator[Moment]:
    """What staff were told of the roadmap items that mend what this customer was promised; only updates whose figures the viewer sees."""
    items = {one.item_id for one in promised if one.item_id is not None}
    wanted = (
        select(Broadcast)
        .join(Update, col(Update.id) == col(Broadcast.update_id))
        .where(col(Update.item_id).in_(items), col(Update.recalled_at).is_(None), col(Broadcast.started_at).is_not(None))
        .where(seen_broadcasts(look))
        .options(joinedload(Broadcast.update).selectinload(Update.texts), joinedload(Broadcast.update).joinedload(Update.speaker))  # type: ignore[arg-type]  # relationships, at run time attributes
        .limit(look.size)
    )
    for one in look.session.exec(wanted).unique() if items else ():
        if one.started_at is not None:
            yield Moment(_day(look, one.started_at), "update", one.update.default.title, one.update.speaker.name)


def _next(look: Look, promised: list[Commitment], met: list[Engagement], last: date | None) -> tuple[str, str]:
    """What comes next, and who does it by when: an open commitment, telling them of one, what was to follow, or a visit."""
    today = look.wanted.window.today
    for one in sorted((one for one in promised if one.is_open), key=lambda one: one.due):
        return one.what, f"{one.owner.name}, {'overdue since' if one.is_late(today) else 'due'} {day_words(one.due)}"
    for one in promised:
        if one.to_be_told:
            return f"Tell them this is done: {one.what}", one.promised_by.name
    if met and met[0].follow_up and not look.offset:
        return met[0].follow_up, f"{names(met[0].executives)}, noted on {day_words(met[0].happened_on)}"
    days = (today - last).days if last else None
    if engaged.is_stale(days, look.settings):
        return "Visit or call them", f"Last seen {ago(days)}" if days is not None else "Never seen by any of us"
    return "Nothing planned", "All commitments to them are done and they were seen lately" if last else ""


def _day(look: Look, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(look.settings.company.zone)).date()
