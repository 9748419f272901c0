"""Figures, their trend, and coverage."""

from __future__ import annotations

from bot.domain.errors import NotFound, Refusal
from bot.domain.people import people
from bot.measures import engaged, report, scope
from bot.measures.scope import Scope, Window
from bot.web.api.asking import Asking
from bot.web.api.contract import CoverageAnswer, CoverageCell, Figure, FiguresAnswer, Scoped, TrendAnswer, TrendPoint, WindowAnswer
from bot.workflows.participation import days, departments


def figures(asking: Asking, asked: Scoped) -> FiguresAnswer:
    """Every figure of the company, a department or a person."""
    whose, window = _whose(asking, asked), _window(asking, asked)
    found = report.figures(asking.session, whose, window, asking.settings, asking.now)
    lines = [
        Figure(
            key=one.definition.key,
            name=one.definition.name,
            detail=one.detail,
            value=one.value,
            whole=one.whole,
            unit=one.definition.unit,
        )
        for one in report.lines(found, asking.settings)
    ]
    return FiguresAnswer(scope=asked.scope, window=_shown(window), figures=lines)


def trend(asking: Asking, asked: Scoped) -> TrendAnswer:
    """Eight quarters up to the last day."""
    whose, window = _whose(asking, asked), _window(asking, asked)
    points = [
        TrendPoint(
            window=_shown(one.window),
            pledges_met=one.pledges.met.part,
            pledges=one.pledges.met.whole,
            kept_on_first_date=one.promises.on_first_date.part,
            kept_on_last_date=one.promises.on_last_date.part,
            promises_due=one.promises.on_last_date.whole,
            told=one.promises.told.part,
            promises_to_tell=one.promises.told.whole,
        )
        for one in report.trend(asking.session, whose, window, asking.settings, asking.now)
    ]
    return TrendAnswer(scope=asked.scope, quarters=points)


def coverage(asking: Asking, asked: Scoped) -> CoverageAnswer:
    """Each segment at each stage of the journey."""
    whose, window = _whose(asking, asked), _window(asking, asked)
    cells = [
        CoverageCell(segment=one.segment, stage=one.stage, engagements=one.engagements, executives=one.executives)
        for one in engaged.coverage(asking.session, whose, window, asking.settings)
    ]
    return CoverageAnswer(scope=asked.scope, window=_shown(window), cells=cells)


def _shown(window: Window) -> WindowAnswer:
    return WindowAnswer(first=window.first, last=window.last, name=window.name)


def _window(asking: Asking, asked: Scoped) -> Window:
    if (asked.first is None) != (asked.last is None):
        msg = "Give both first and last, or neither"
        raise Refusal(msg, "Without them it is the running quarter.")
    if asked.first is None or asked.last is None:
        return scope.quarter(asking.settings, asking.now)
    return days(asked.first.isoformat(), asked.last.isoformat(), asking.settings, asking.now)


def _whose(asking: Asking, asked: Scoped) -> Scope:
    kind, _, name = asked.scope.partition(":")
    if kind == "department":
        if name not in departments(asking.session):
            msg = "No executive is or was in a department of this name"
            raise NotFound(msg, "See the departments at /api/v1/people.")
        return scope.of_department(name)
    if kind == "person":
        person = people.by_email(asking.session, name) if "\0" not in name else None
        if person is None:
            msg = "Nobody here has this email"
            raise NotFound(msg, "See the emails at /api/v1/people.")
        return scope.of_person(person)
    return scope.COMPANY
