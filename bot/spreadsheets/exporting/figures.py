"""The figures as tables: of the company, each department and each executive; coverage; and the trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.domain.people import people
from bot.measures import engaged, report, scope
from bot.measures.scope import Scope, Window
from bot.settings import Settings
from bot.spreadsheets.exporting.writing import Table, Value
from bot.workflows.participation import departments


def figures(session: Session, settings: Settings, window: Window, now: datetime) -> Table:
    """Every figure of every scope, a line each: `value` of `whole`."""
    columns = ("whose", "first", "last", "key", "figure", "detail", "value", "whole", "unit")
    return columns, _lines(session, settings, window, now)


def _lines(session: Session, settings: Settings, window: Window, now: datetime) -> Iterator[Sequence[Value]]:
    scopes: list[Scope] = [
        scope.COMPANY,
        *(scope.of_department(one) for one in departments(session)),
        *(scope.of_person(one) for one in people.executives(session)),
    ]
    for whose in scopes:
        found = report.figures(session, whose, window, settings, now)
        for one in report.lines(found, settings):
            about = (one.definition.key, one.definition.name, one.detail)
            yield (whose.name, window.first, window.last, *about, one.value, one.whole, one.definition.unit)


def coverage(session: Session, settings: Settings, window: Window, _now: datetime) -> Table:
    """Each segment at each stage."""
    cells = engaged.coverage(session, scope.COMPANY, window, settings)
    rows = [(one.segment, one.stage, one.engagements, one.executives) for one in cells]
    return ("segment", "stage", "engagements", "executives"), rows


def trend(session: Session, settings: Settings, window: Window, now: datetime) -> Table:
    """Eight quarters of the company."""
    columns = (
        "first",
        "last",
        "pledges met",
        "pledges",
        "kept on first date",
        "kept on last date",
        "promises due",
        "told",
        "to tell",
    )
    rows = [
        (
            *(one.window.first, one.window.last, one.pledges.met.part, one.pledges.met.whole),
            *(one.promises.on_first_date.part, one.promises.on_last_date.part, one.promises.on_last_date.whole),
            *(one.promises.told.part, one.promises.told.whole),
        )
        for one in report.trend(session, scope.COMPANY, window, settings, now)
    ]
    return columns, rows
