"""The lists a `SearchField` can search in, by the name in its `source`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cards import Option
from bot.commands import Request, Role
from bot.domain import people
from bot.workflows.colleagues import among, colleagues
from bot.workflows.log_engagement import customer_options
from bot.workflows.roadmap import find_deciders, items
from bot.workflows.updates import parts, speakers

_MAY_LOG = (Role.EXECUTIVE, Role.DELEGATE, Role.CX_OFFICE, Role.ADMIN)


def _customers(request: Request, query: str) -> tuple[Option, ...]:
    return customer_options(request, query) if request.actor.has(*_MAY_LOG) else ()


def _executives(request: Request, query: str) -> tuple[Option, ...]:
    return among(people.loggable_for(request.actor, request.session), query)


SOURCES: Mapping[str, Callable[[Request, str], tuple[Option, ...]]] = {
    "audience": parts,
    "colleagues": colleagues,
    "customers": _customers,
    "deciders": find_deciders,
    "executives": _executives,
    "roadmap": items,
    "speakers": speakers,
}
