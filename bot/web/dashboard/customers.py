"""Customers, coverage and the journey."""

from __future__ import annotations

from typing import Any

from bot.cards import Chart, Series
from bot.domain.engagements.customers import Tier
from bot.domain.people.people import Person
from bot.domain.plans import roadmap
from bot.measures import engaged, scope
from bot.measures.engaged import GROUP_NAMES, Cell, Seen
from bot.measures.scope import Scope
from bot.web.dashboard.look import Look

_STEPS = 4
"""Shades of the heat map above none."""

_NAMED = 12
"""Empty cells named before "and so many more"."""


def customers(look: Look) -> dict[str, Any]:
    """By days since last seen, those longest ago first. An executive's are those they answer for."""
    whose = _owned(look)
    window, tier = look.wanted.window, Tier.KEY if look.query.get("tier") == Tier.KEY else None
    seen = engaged.customers_seen(look.session, whose, window, look.settings)
    rows = engaged.stalest(look.session, whose, window, look.read, look.offset, tier)
    owners = look.meet(customer.owner_id for customer, _ in rows)
    return {
        "title": "Customers",
        "owners": {one.key: one.name for one in owners},
        "whose": whose.name,
        "seen": seen,
        "picture": _groups(seen),
        "rows": [(customer, days, _segment(look, customer.segment)) for customer, days in rows],
        "stale_days": look.settings.engagements.stale_days,
        "tier": tier,
    }


def _owned(look: Look) -> Scope:
    if look.oversees or look.wanted.person is not None:
        return look.wanted.scope
    return scope.of_person(look.viewer)


def _segment(look: Look, key: str) -> str:
    segment = look.settings.segment(key)
    return segment.name if segment else ""


def _groups(seen: Seen) -> Chart:
    return Chart(
        title="Customers by days since last seen",
        alt=f"{seen.key_stale} of {seen.key_customers} key customers have not been seen for long.",
        labels=GROUP_NAMES,
        series=(Series(name="Customers", values=tuple(float(number) for number in seen.groups)),),
    )


def coverage(look: Look) -> dict[str, Any]:
    """Each segment at each stage of the journey; and, for the CX office, who covers how much of it."""
    cells = engaged.coverage(look.session, look.wanted.scope, look.wanted.window, look.settings)
    most = max((cell.engagements for cell in cells), default=0)
    rows = [
        (segment, [(cell, shade(cell, most)) for cell in cells if cell.segment == segment.key])
        for segment in look.settings.segments
    ]
    empty = [_cell_name(look, cell) for cell in cells if not cell.engagements]
    return {
        "title": "Coverage",
        "rows": rows,
        "stages": look.settings.journey,
        "empty": empty[:_NAMED],
        "empty_more": max(0, len(empty) - _NAMED),
        "all_cells": len(cells),
        "people": _by_executive(look) if look.oversees else [],
    }


def shade(cell: Cell, most: int) -> int:
    """How dark a cell is: 0 for none, 1 to 4 for some, in even steps up to the fullest."""
    return (
        0
        if not cell.engagements or not most
        else 1 + (cell.engagements * _STEPS - 1) // most
        if cell.engagements < most
        else _STEPS
    )


def _cell_name(look: Look, cell: Cell) -> str:
    stage = look.settings.stage(cell.stage)
    return f"{_segment(look, cell.segment)} / {stage.name if stage else cell.stage}"


def _by_executive(look: Look) -> list[tuple[Person, int, list[str]]]:
    """Executives with how many cells they cover and the segments they haven't met; those who cover least first."""
    covered = engaged.covered_by_each(look.session, look.wanted.scope, look.wanted.window, look.settings)
    rows = []
    for one in covered[look.offset : look.offset + look.read]:
        missing = [segment.name for segment in look.settings.segments if segment.key not in one.segments]
        rows.append((one.person, one.cells, missing))
    return rows


def journey(look: Look) -> dict[str, Any]:
    """The stages and what success is; the evidence for each target over eight quarters; what the roadmap ties to nothing."""
    windows = list(scope.quarters(look.settings, look.wanted.window, look.now))
    over_time = [engaged.evidence(look.session, look.wanted.scope, one, look.settings) for one in windows]
    at = {target.target: number for number, target in enumerate(over_time[-1])}
    return {
        "title": "Journey",
        "stages": look.settings.journey,
        "windows": windows,
        "segments": look.settings.segments,
        "history": {key: [quarter[number] for quarter in over_time] for key, number in at.items()},
        "untied": roadmap.untargeted(look.session, look.settings),
        "unserved": [
            (look.settings.segment_of_target(key), look.settings.target(key))
            for key in roadmap.unserved(look.session, look.settings)
        ],
    }
