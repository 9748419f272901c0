"""The lists a `SearchField` can search in, by the name in its `source`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.cards import Option
from bot.commands import Request, Role
from bot.domain import people, recipients
from bot.workflows.colleagues import among, colleagues
from bot.workflows.log_engagement import customer_options
from bot.workflows.roadmap import find_deciders, items
from bot.workflows.updates import parts, speakers

_MAY_LOG = (Role.EXECUTIVE, Role.DELEGATE, Role.CX_OFFICE, Role.ADMIN)


def _customers(request: Request, query: str) -> tuple[Option, ...]:
    return customer_options(request, query) if request.actor.has(*_MAY_LOG) else ()


def _executives(request: Request, query: str) -> tuple[Option, ...]:
    return among(people.loggable_for(request.actor, request.session), query)


def _updates(request: Request, query: str) -> tuple[Option, ...]:
    """The updates that somebody may read, newest first, each once; those with the words typed in their title or text."""
    words = query.casefold().split()
    found = {
        one.update_id: one.update.text_for(request.actor.locale) for one in recipients.readable(request.session, request.actor)
    }
    fitting = [
        Option(value=str(key), label=text.title, detail=text.changed)
        for key, text in found.items()
        if all(word in f"{text.title} {text.changed} {text.means}".casefold() for word in words)
    ]
    return tuple(fitting[:100])


SOURCES: Mapping[str, Callable[[Request, str], tuple[Option, ...]]] = {
    "audience": parts,
    "colleagues": colleagues,
    "customers": _customers,
    "deciders": find_deciders,
    "executives": _executives,
    "roadmap": items,
    "speakers": speakers,
    "updates": _updates,
}
