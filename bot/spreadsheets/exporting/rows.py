"""The tables themselves, streamed row by row as PostgreSQL gives them; people by their emails, customers by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.customers import Contact, Customer
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.fields import FIELDS
from bot.domain.engagements.prompts import Prompt
from bot.domain.people.people import Absence, Delegation, Person
from bot.domain.people.tenures import BEGINNING, FOREVER, Tenure
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises.commitment_events import CommitmentEvent
from bot.domain.updates.receipts import Question, Receipt
from bot.domain.updates.updates import Update, UpdateText
from bot.measures import engaged
from bot.spreadsheets.exporting.writing import Table, Value


@dataclass(frozen=True)
class Span:
    """Only what happened on the days from `first` to `last`; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: Any) -> list[sa.ColumnElement[bool]]:
        """Whether a day lies in it, as conditions of SQL."""
        found = [day >= self.first] if self.first is not None else []
        return found + ([day <= self.last] if self.last is not None else [])


ALL = Span()
_AT_ONCE = 2_000
"""Rows fetched at once."""


def _streamed(session: Session, wanted: Any) -> Iterator[Sequence[Value]]:
    for row in session.execute(wanted, execution_options={"yield_per": _AT_ONCE}):
        yield tuple(_plain(value) for value in row)


def _plain(value: Any) -> Value:
    """Lists as text, enums as their values, the two ends of time as nothing."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if value in (BEGINNING, FOREVER):
        return None
    plain: Value = getattr(value, "value", value)
    return plain


def _select(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """A select of any columns: more than the types of SQLAlchemy's own count."""
    return sa.select(*columns)


def people(session: Session, _span: Span = ALL) -> Table:
    """Everyone known, with the columns an import takes."""
    manager, delegate = aliased(Person), aliased(Person)
    delegates = (
        _select(func.string_agg(col(delegate.email), aggregate_order_by(sa.literal(" "), col(delegate.email))))
        .join(Delegation, col(Delegation.delegate_id) == col(delegate.id))
        .where(col(Delegation.executive_id) == col(Person.id))
        .scalar_subquery()
    )
    names = (
        *("id", "email", "external_id", "name", "title", "department", "roles", "country", "zone", "locale", "guest", "active"),
        *("prompts_paused", "picture", "working_days", "works_from", "works_until"),
    )
    columns = (*(getattr(Person, name) for name in names), manager.email, delegates)
    wanted = _select(*columns).outerjoin(manager, col(manager.id) == col(Person.manager_id)).order_by(col(Person.id))
    return [*(name.replace("_", " ") for name in names), "manager", "delegates"], _streamed(session, wanted)


def tenures(session: Session, _span: Span = ALL) -> Table:
    """Who was in which department, and an executive, from when until (not including) when; empty for always."""
    columns = (Person.email, Tenure.department, Tenure.executive, Tenure.first, Tenure.until)
    wanted = _select(*columns).join(Person, col(Person.id) == col(Tenure.person_id)).order_by(col(Tenure.id))
    return ("email", "department", "executive", "from", "until"), _streamed(session, wanted)


def absences(session: Session, span: Span = ALL) -> Table:
    """Out of office."""
    columns = (Person.email, Absence.first, Absence.last, Absence.reason)
    wanted = _select(*columns).join(Person, col(Person.id) == col(Absence.person_id))
    return ("email", "first", "last", "reason"), _streamed(
        session, wanted.where(*span.holds(col(Absence.last))).order_by(col(Absence.id))
    )


def customers(session: Session, _span: Span = ALL) -> Table:
    """Every customer, with when anybody was last there."""
    contacts = (
        _select(func.string_agg(col(Contact.name), aggregate_order_by(sa.literal("; "), col(Contact.name))))
        .where(col(Contact.customer_id) == col(Customer.id))
        .scalar_subquery()
    )
    columns = (
        Customer.id,
        Customer.name,
        func.array_to_string(col(Customer.aliases), "; "),
        Customer.segment,
        Customer.tier,
        Person.email,
        contacts,
        engaged.seen_on(),
        Customer.unchecked,
    )
    wanted = _select(*columns).outerjoin(Person, col(Person.id) == col(Customer.owner_id)).order_by(col(Customer.id))
    names = ("id", "name", "aliases", "segment", "tier", "owner", "contacts", "last seen", "to be checked")
    return names, _streamed(session, wanted)


def engagements(session: Session, span: Span = ALL) -> Table:
    """Every engagement that counts."""
    present = aliased(Person)
    there = (
        _select(func.string_agg(col(present.email), aggregate_order_by(sa.literal(", "), col(present.email))))
        .join(EngagementExecutive, col(EngagementExecutive.person_id) == col(present.id))
        .where(col(EngagementExecutive.engagement_id) == col(Engagement.id))
        .scalar_subquery()
    )
    one = Engagement
    columns = (
        *(one.id, one.kind, one.happened_on, one.logged_at, Person.email, there, Customer.name, Customer.segment),
        *(getattr(one, field.name) for field in FIELDS),
    )
    wanted = (
        _select(*columns)
        .join(Person, col(Person.id) == col(one.logged_by_id))
        .outerjoin(Customer, col(Customer.id) == col(one.customer_id))
        .where(col(one.deleted_at).is_(None), *span.holds(col(one.happened_on)))
        .order_by(col(one.happened_on), col(one.id))
    )
    names = (
        *("id", "kind", "happened on", "logged at", "logged by", "executives", "customer", "segment"),
        *(field.heading for field in FIELDS),
    )
    return names, _streamed(session, wanted)


def commitment_events(session: Session, span: Span = ALL) -> Table:
    """Everything that happened to every commitment."""
    one = CommitmentEvent
    names = ("id", "commitment_id", "at", "kind", "note", "old_due", "new_due")
    wanted = _select(*(getattr(one, name) for name in names), Person.email).join(Person, col(Person.id) == col(one.actor_id))
    rows = _streamed(session, wanted.where(*span.holds(sa.cast(col(one.at), sa.Date))).order_by(col(one.id)))
    return (*(name.replace("_", " ") for name in names), "by"), rows


def prompts(session: Session, span: Span = ALL) -> Table:
    """Every prompt and what became of it."""
    names = ("id", "state", "created_at", "sent_at", "answer_by", "reminded_at", "closed_at", "skip_reason", "engagement_id")
    wanted = _select(Person.email, *(getattr(Prompt, name) for name in names)).join(Person, col(Person.id) == col(Prompt.person_id))
    rows = _streamed(session, wanted.where(*span.holds(sa.cast(col(Prompt.created_at), sa.Date))).order_by(col(Prompt.id)))
    return ("email", *(name.replace("_", " ") for name in names)), rows


def roadmap(session: Session, _span: Span = ALL) -> Table:
    """Every roadmap item."""
    names = ("id", "title", "what", "stage", "target", "status", "added_at", "status_since")
    wanted = _select(*(getattr(RoadmapItem, name) for name in names), Person.email)
    wanted = wanted.join(Person, col(Person.id) == col(RoadmapItem.owner_id)).order_by(col(RoadmapItem.id))
    return (*(name.replace("_", " ") for name in names), "owner"), _streamed(session, wanted)


def decisions(session: Session, span: Span = ALL) -> Table:
    """Every decision."""
    names = ("id", "title", "why", "need", "stage", "target", "decided_on", "item_id")
    wanted = _select(*(getattr(Decision, name) for name in names), Person.email)
    wanted = wanted.join(Person, col(Person.id) == col(Decision.decided_by_id)).where(*span.holds(col(Decision.decided_on)))
    return (*(name.replace("_", " ") for name in names), "decided by"), _streamed(session, wanted.order_by(col(Decision.id)))


def updates(session: Session, _span: Span = ALL) -> Table:
    """Every update in each of its languages."""
    names = ("locale", "title", "changed", "means", "may", "behaviour")
    text = UpdateText
    columns = (Update.id, *(getattr(text, name) for name in names), Person.email, Update.made_at, Update.recalled_at)
    wanted = (
        _select(*columns)
        .join(text, col(text.update_id) == col(Update.id))
        .join(Person, col(Person.id) == col(Update.speaker_id))
        .order_by(col(Update.id), col(text.id))
    )
    return ("id", *names, "speaker", "made at", "recalled at"), _streamed(session, wanted)


def receipts(session: Session, span: Span = ALL) -> Table:
    """What readers answered."""
    columns = (Receipt.update_id, Person.email, Receipt.answer, Receipt.note, Receipt.at)
    wanted = _select(*columns).join(Person, col(Person.id) == col(Receipt.person_id))
    wanted = wanted.where(*span.holds(sa.cast(col(Receipt.at), sa.Date)))
    return ("update id", "email", "answer", "note", "at"), _streamed(
        session, wanted.order_by(col(Receipt.update_id), col(Receipt.at))
    )


def questions(session: Session, span: Span = ALL) -> Table:
    """Questions about updates, with their answers."""
    names = ("id", "update_id", "text", "asked_at", "answer", "answered_at", "published")
    wanted = _select(Person.email, *(getattr(Question, name) for name in names)).join(
        Person, col(Person.id) == col(Question.asker_id)
    )
    rows = _streamed(session, wanted.where(*span.holds(sa.cast(col(Question.asked_at), sa.Date))).order_by(col(Question.id)))
    return ("asked by", *(name.replace("_", " ") for name in names)), rows
