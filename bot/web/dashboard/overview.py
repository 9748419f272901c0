"""Overview, executives and one executive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards import Chart, Series
from bot.domain.people.people import Person
from bot.measures import engaged, pledged, report
from bot.measures.pledged import Standing, State
from bot.measures.report import Figures, Point
from bot.measures.scope import Share
from bot.measures.scorecard import scorecard
from bot.views.participation import own_chart, promises_words, trend_chart, why
from bot.web.dashboard import heard
from bot.web.dashboard.look import Look
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
        "heard": heard.newest(look),
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
        _tile("Met a customer", found.pledges.begun, before.pledges.begun, "executives"),
        Tile("Engagements", f"{found.engagements:,}", None, "", "coverage"),
        _tile("Commitments on time", found.promises.on_last_date, before.promises.on_last_date, "commitments"),
        _tile("Customer informed", found.promises.told, before.promises.told, "commitments"),
    ]
    last = _tile("Prompts answered in two days", found.answered, None, "executives")
    return [*tiles, last if told is None else _tile("Staff reached", told.reached, None, "updates")]


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
    """An executive in the list: what they did in all periods looked at, of what is pledged in them; `last_out` is None where never."""

    person: Person
    standing: Standing
    visits: Share
    calls: Share
    last_out: date | None


def executives(look: Look) -> dict[str, Any]:
    """Every executive once, with their pledge and what they did of it; those who have met no customer come first. Others see their own row."""
    found = pledged.standings(look.session, look.wanted.scope, look.wanted.window, look.settings)
    if not look.oversees:
        mine = {one.key for one in (look.viewer, *look.viewer.principals)}
        found = [one for one in found if one.person_id in mine]
    ranked = sorted(found, key=lambda one: (one.begun, one.met, one.email))
    return {
        "title": "Executives",
        "rows": _rows(look, ranked[look.offset : look.offset + look.read]),
        "summary": pledged.summed(found),
        "total": len(ranked),
        "spread": _spread(pledged.by_state(found), running=look.wanted.window.running),
        "states": {str(state): words[0 if look.wanted.window.running else 1] for state, words in _STATES.items()},
    }


def _rows(look: Look, shown: list[Standing]) -> list[Row]:
    last = engaged.last_out(look.session, [one.person_id for one in shown], look.wanted.window)
    return [
        Row(person, one, *pledged.totals(one), last.get(one.person_id)) for person, one in pledged.with_people(look.session, shown)
    ]


_STATES = {
    State.MET: ("Pledge met", "Pledge met"),
    State.IN_PROGRESS: ("In progress", "Not met"),
    State.JUST_BEGUN: ("Just started", "Just started"),
    State.NOT_STARTED: ("Not started", "No customer contact"),
}
"""Where an executive stands, while the window runs and afterwards."""


def _spread(states: dict[State, int], *, running: bool) -> Chart:
    shown = {_STATES[state][0 if running else 1]: number for state, number in states.items() if number or state != State.JUST_BEGUN}
    said = ", ".join(f"{number} {name.lower()}" for name, number in shown.items())
    return Chart(
        title="Where executives stand",
        alt=f"{said}.",
        labels=tuple(shown),
        series=(Series(name="Executives", values=tuple(float(number) for number in shown.values())),),
    )


def executive(look: Look, key: str) -> dict[str, Any]:
    """One executive's own page: for themselves, their delegates and the CX office."""
    person = own_person(look.session, look.viewer, key)
    found = scorecard(look.session, person, look.settings, look.now)
    return {
        "title": person.name,
        "card": found,
        "heard": heard.of_person(look, person),
        "picture": own_chart(found.quarters),
        "promises": promises_words(found.promises.on_last_date, found.promises.told, found.promises.late),
        "why": why(found.suggestion, look.settings) if found.suggestion else "",
    }
