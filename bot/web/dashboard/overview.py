"""Overview, executives and one executive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot.cards import Chart, Series
from bot.domain.engagements.participation import Progress
from bot.domain.people.people import Person
from bot.measures import engaged, pledged, report
from bot.measures.pledged import Kept, Pledges
from bot.measures.report import Figures, Point
from bot.measures.scope import Share
from bot.measures.scorecard import scorecard
from bot.views.participation import own_chart, promises_words, trend_chart, why
from bot.web.dashboard.look import PAGE, Look
from bot.workflows.participation import own_person


@dataclass(frozen=True)
class Tile:
    """One figure large, with what it was in the quarter before and where more of it is. `share` is None for a mere count."""

    name: str
    words: str
    share: int | None
    before: str
    page: str


def overview(look: Look) -> dict[str, Any]:
    """The company (or a department, or one person) at a glance."""
    wanted = look.wanted
    found, points = report.with_trend(look.session, wanted.scope, wanted.window, look.settings, look.now)
    return {
        "title": wanted.scope.name,
        "tiles": _tiles(found, points),
        "trend": trend_chart(points),
        "kinds": _kinds(found),
        "lines": list(report.lines(found, look.settings)),
    }


def _tiles(found: Figures, points: list[Point]) -> list[Tile]:
    before = points[-2]
    told = found.telling
    tiles = [
        _tile("Pledges met", found.pledges.met, before.pledges.met, "executives"),
        _tile("Have been out", found.pledges.begun, before.pledges.begun, "executives"),
        Tile("Engagements", f"{found.engagements:,}", None, "", "coverage"),
        _tile("Prompts answered in two days", found.answered, None, "executives"),
        _tile("Promises kept in time", found.promises.on_last_date, before.promises.on_last_date, "commitments"),
        _tile("Told to the customer", found.promises.told, before.promises.told, "commitments"),
    ]
    if told is not None:
        tiles += [_tile("Staff reached", told.reached, None, "updates"), _tile("Got it", told.got_it, None, "updates")]
    return tiles


def _tile(name: str, share: Share, before: Share | None, page: str) -> Tile:
    was = f"{before.percent}% the quarter before" if before is not None and before.percent is not None else ""
    return Tile(name, share.words, share.percent, was, page)


def _kinds(found: Figures) -> Chart:
    return Chart(
        title="Engagements by kind",
        alt=f"{found.engagements:,} engagements in {found.window.name}.",
        labels=tuple(kind.label for kind in found.kinds),
        series=(Series(name="Engagements", values=tuple(float(number) for number in found.kinds.values())),),
    )


@dataclass(frozen=True)
class Row:
    """An executive in the list."""

    person: Person
    progress: Progress
    last_out: date | None


def executives(look: Look) -> dict[str, Any]:
    """Every executive's pledge and what they did of it; those who haven't been out come first. Others see their own row."""
    results = pledged.results(look.session, look.wanted.scope, look.wanted.window, look.settings)
    if not look.oversees:
        mine = {one.key for one in (look.viewer, *look.viewer.principals)}
        results = [one for one in results if one.person_id in mine]
    summary = pledged.summed(results)
    ranked = sorted(results, key=lambda one: (one.progress.begun, one.progress.met, one.email, one.progress.period.first))
    shown = ranked[look.offset : look.offset + PAGE]
    return {
        "title": "Executives",
        "rows": _rows(look, shown),
        "summary": summary,
        "total": len(ranked),
        "spread": _spread(summary),
    }


def _rows(look: Look, shown: list[Kept]) -> list[Row]:
    keys = [one.person_id for one in shown]
    last = engaged.last_out(look.session, keys, look.wanted.window)
    known = {one.key: one for one in look.session.scalars(sa.select(Person).where(col(Person.id).in_(keys)))}
    return [Row(known[one.person_id], one.progress, last.get(one.person_id)) for one in shown]


def _spread(summary: Pledges) -> Chart:
    met, whole = summary.met.part, summary.met.whole
    begun = summary.begun.part - met
    return Chart(
        title="Where executives stand",
        alt=f"{met} pledges met, {begun} begun, {whole - met - begun} not begun.",
        labels=("Met", "Begun", "Not begun"),
        series=(Series(name="Pledges", values=(float(met), float(begun), float(whole - met - begun))),),
    )


def executive(look: Look, key: str) -> dict[str, Any]:
    """One executive's own page: for themselves, their delegates and the CX office."""
    person = own_person(look.session, look.viewer, key)
    found = scorecard(look.session, person, look.settings, look.now)
    return {
        "title": person.name,
        "card": found,
        "picture": own_chart(found.quarters),
        "promises": promises_words(found.promises.on_last_date, found.promises.told, found.promises.late),
        "why": why(found.suggestion, look.settings) if found.suggestion else "",
    }
