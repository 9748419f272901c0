"""The rows behind the figures, by pages in order of their ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload
from sqlmodel import col

from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.fields import FIELDS, EngagementField
from bot.domain.people.people import Person
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises.commitments import Commitment
from bot.domain.updates.updates import Update
from bot.measures import told
from bot.web.api.asking import Asking
from bot.web.api.contract import (
    CommitmentRow,
    CustomerRow,
    Dated,
    DecisionRow,
    EngagementRow,
    Page,
    Paged,
    PersonRow,
    RoadmapRow,
    UpdateRow,
)


def _page(
    asking: Asking, table: Any, asked: Paged, day: Any = None, *conditions: Any, load: Sequence[Any] = ()
) -> tuple[list[Any], int | None]:
    """The rows of a table after an id, and the id to go on with; of some days when `day`, a column, is given."""
    key = col(table.id)
    wanted = sa.select(table).where(key > asked.after, *conditions).order_by(key).limit(asked.limit + 1)
    if isinstance(asked, Dated) and asked.first is not None:
        wanted = wanted.where(day >= asked.first)
    if isinstance(asked, Dated) and asked.last is not None:
        wanted = wanted.where(day <= asked.last)
    found = list(asking.session.scalars(wanted.options(*(selectinload(one) for one in load))))
    rows = found[: asked.limit]
    return rows, rows[-1].id if len(found) > asked.limit else None


def people(asking: Asking, asked: Paged) -> Page[PersonRow]:
    """Everyone known, guests and those who have left too."""
    rows, after = _page(asking, Person, asked)
    shown = ("email", "name", "title", "department", "country", "zone", "active")
    made = [PersonRow(id=one.key, roles=sorted(one.roles), **{name: getattr(one, name) for name in shown}) for one in rows]
    return Page[PersonRow](rows=made, next=after)


def customers(asking: Asking, asked: Paged) -> Page[CustomerRow]:
    """Every customer."""
    rows, after = _page(asking, Customer, asked, load=(Customer.owner,))
    made = [
        CustomerRow(
            id=one.key, name=one.name, segment=one.segment, tier=one.tier.value, owner=one.owner.email if one.owner else None
        )
        for one in rows
    ]
    return Page[CustomerRow](rows=made, next=after)


def engagements(asking: Asking, asked: Dated) -> Page[EngagementRow]:
    """Every engagement that counts, by the day it happened."""
    live = col(Engagement.deleted_at).is_(None)
    load = (Engagement.executives, Engagement.logged_by)
    rows, after = _page(asking, Engagement, asked, col(Engagement.happened_on), live, load=load)
    made = [
        EngagementRow(
            id=one.key,
            kind=one.kind.value,
            customer_id=one.customer_id,
            happened_on=one.happened_on,
            logged_at=one.logged_at,
            logged_by=one.logged_by.email,
            executives=sorted(person.email for person in one.executives),
            **{field.name: _said(asking, one, field) for field in FIELDS},
        )
        for one in rows
    ]
    return Page[EngagementRow](rows=made, next=after)


def _said(asking: Asking, engagement: Engagement, field: EngagementField) -> Any:
    """What a field says; None for words that the token may not read."""
    value = getattr(engagement, field.name)
    return asking.note(value) if field.shape.typed else value


def commitments(asking: Asking, asked: Dated) -> Page[CommitmentRow]:
    """Every promise, by the day it is due."""
    rows, after = _page(asking, Commitment, asked, col(Commitment.due), load=(Commitment.promised_by, Commitment.owner))
    same = ("customer_id", "stage", "target", "heard_on", "made_at", "first_due", "due", "done_on", "told_at")
    made = [
        CommitmentRow(
            id=one.key,
            promised_by=one.promised_by.email,
            owner=one.owner.email,
            state=one.state.value,
            what=asking.note(one.what),
            done_note=asking.note(one.done_note),
            **{name: getattr(one, name) for name in same},
        )
        for one in rows
    ]
    return Page[CommitmentRow](rows=made, next=after)


def roadmap(asking: Asking, asked: Paged) -> Page[RoadmapRow]:
    """Every roadmap item."""
    rows, after = _page(asking, RoadmapItem, asked, load=(RoadmapItem.owner,))
    same = ("title", "stage", "target", "added_at", "status_since")
    made = [
        RoadmapRow(id=one.key, status=one.status.value, owner=one.owner.email, **{name: getattr(one, name) for name in same})
        for one in rows
    ]
    return Page[RoadmapRow](rows=made, next=after)


def decisions(asking: Asking, asked: Dated) -> Page[DecisionRow]:
    """Every decision, by the day it was taken."""
    rows, after = _page(asking, Decision, asked, col(Decision.decided_on), load=(Decision.decided_by,))
    made = [
        DecisionRow(
            id=one.key,
            title=one.title,
            decided_by=one.decided_by.email,
            decided_on=one.decided_on,
            stage=one.stage,
            target=one.target,
            why=asking.note(one.why),
            need=asking.note(one.need),
        )
        for one in rows
    ]
    return Page[DecisionRow](rows=made, next=after)


def updates(asking: Asking, asked: Paged) -> Page[UpdateRow]:
    """Every update that has begun to go out."""
    begun = told.began()
    rows, after = _page(
        asking, Update, asked, None, col(Update.id).in_(sa.select(begun.c.update_id)), load=(Update.speaker, Update.texts)
    )
    keys = [one.key for one in rows]
    sent = dict(asking.session.execute(sa.select(begun.c.update_id, begun.c.at).where(begun.c.update_id.in_(keys))).all())
    became = told.each(asking.session, keys)
    made = [_update(one, sent[one.key], became[one.key]) for one in rows]
    return Page[UpdateRow](rows=made, next=after)


def _update(one: Update, sent_at: datetime, became: told.Told) -> UpdateRow:
    """`recipients` and `reached` are the two sides of the share that the dashboard and the card in chat show."""
    return UpdateRow(
        id=one.key,
        title=one.default.title,
        speaker=one.speaker.email,
        sent_at=sent_at,
        recipients=became.reached.whole,
        reached=became.reached.part,
        got_it=became.got_it,
        cannot=became.cannot,
        questions=became.questions,
        recalled_at=one.recalled_at,
    )
