"""Colleagues to choose from: everyone active who works here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Option
from bot.commands import Request
from bot.domain.people import names, people
from bot.domain.people.people import Person
from bot.domain.words.matching import best
from bot.views.people import person_option

SUGGESTED = 100


def colleagues(request: Request, query: str) -> tuple[Option, ...]:
    """The best 100 for what was typed; by name when nothing was."""
    return among(people.staff(request.session), query)


def among(found: Sequence[Person], query: str) -> tuple[Option, ...]:
    """Of some people the best 100 for what was typed; as they come when nothing was."""
    if not query.strip():
        return tuple(person_option(one) for one in found[:SUGGESTED])
    known = {one.key: one for one in found}
    return tuple(person_option(known[int(match.candidate.id)]) for match in best(query, names.candidates(found), SUGGESTED))
