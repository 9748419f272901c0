"""Commitments, with the age of each hop and whether the dates were kept."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.domain.promises.commitment_events import Happening
from bot.domain.promises.commitments import Commitment
from bot.spreadsheets.exporting.rows import ALL, Span
from bot.spreadsheets.exporting.writing import Table, Value

COLUMNS = (
    "id",
    "promise",
    "customer",
    "promised by",
    "kept by",
    "department that promised",
    "department that keeps",
    "crosses departments",
    "state",
    "stage",
    "target",
    "heard on",
    "made at",
    "first due",
    "due",
    "times moved",
    "accepted at",
    "done at",
    "told at",
    "kept on first date",
    "kept on last date",
    "days from heard to promised",
    "days from promised to done",
    "days from done to told",
    "days from heard to told",
    "what was done",
    "link",
)


def commitments(session: Session, span: Span = ALL) -> Table:
    """Every commitment made in a span, the oldest first, with its dates, its age at each hop, and whether it was kept on each date."""
    made = span.holds(sa.cast(col(Commitment.made_at), sa.Date))
    found = session.exec(select(Commitment).where(*made).order_by(col(Commitment.id)))
    return COLUMNS, (_row(one) for one in found)


def _row(one: Commitment) -> Sequence[Value]:
    on_first, on_last = one.kept_on_time()
    kept, ages = one.done_at is not None, one.ages()
    return (
        one.id,
        one.what,
        one.customer.name if one.customer else "",
        one.promised_by.name,
        one.owner.name,
        one.promised_by.department,
        one.owner.department,
        one.crosses_departments,
        one.state.value,
        one.stage,
        one.target,
        one.heard_on,
        one.made_at,
        one.first_due,
        one.due,
        sum(event.kind == Happening.DATE_CHANGED for event in one.events),
        one.accepted_at,
        one.done_at,
        one.told_at,
        on_first if kept else None,
        on_last if kept else None,
        ages.to_promised,
        ages.to_done,
        ages.to_told,
        ages.heard_to_told,
        one.done_note,
        one.link,
    )
