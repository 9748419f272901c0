"""Colleagues to choose from: everyone active who works here."""

from __future__ import annotations

from bot.cards import Option
from bot.commands import Request
from bot.domain import people
from bot.domain.matching import best
from bot.views.people import person_option

SUGGESTED = 100


def colleagues(request: Request, query: str) -> tuple[Option, ...]:
    """The best 100 for what was typed; by name when nothing was. Nothing for guests."""
    if request.actor.guest:
        return ()
    everyone = people.staff(request.session)
    if not query.strip():
        return tuple(person_option(one) for one in everyone[:SUGGESTED])
    found = {one.key: one for one in everyone}
    return tuple(person_option(found[int(match.candidate.id)]) for match in best(query, people.candidates(everyone), SUGGESTED))
