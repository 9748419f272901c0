"""Every table and figure there is, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.measures import scope
from bot.measures.scope import Window
from bot.settings import Settings
from bot.spreadsheets.exporting import figures, rows
from bot.spreadsheets.exporting.commitments import commitments
from bot.spreadsheets.exporting.deliveries import deliveries
from bot.spreadsheets.exporting.rows import Span
from bot.spreadsheets.exporting.writing import Table

TABLES: Mapping[str, Callable[[Session, Span], Table]] = {
    "engagements": rows.engagements,
    "customers": rows.customers,
    "commitments": commitments,
    "commitment events": rows.commitment_events,
    "prompts": rows.prompts,
    "roadmap": rows.roadmap,
    "decisions": rows.decisions,
    "updates": rows.updates,
    "recipients": deliveries,
    "receipts": rows.receipts,
    "questions": rows.questions,
    "people": rows.people,
    "tenures": rows.tenures,
    "absences": rows.absences,
}
"""Tables of rows; a span leaves out what happened on other days, where a row has a day."""

FIGURES: Mapping[str, Callable[[Session, Settings, Window, datetime], Table]] = {
    "figures": figures.figures,
    "coverage": figures.coverage,
    "trend": figures.trend,
}
"""Tables of figures, of one window."""


def window_of(span: Span, settings: Settings, now: datetime) -> Window:
    """The days a span's figures are of: the running quarter where it leaves an end open."""
    quarter = scope.quarter(settings, now)
    return scope.window(span.first or quarter.first, span.last or quarter.last, settings, now)


def everything(session: Session, settings: Settings, span: Span, now: datetime) -> dict[str, Table]:
    """All of it, figures first; rows are read only as they are written."""
    window = window_of(span, settings, now)
    counted = {name: made(session, settings, window, now) for name, made in FIGURES.items()}
    return counted | {name: made(session, span) for name, made in TABLES.items()}
