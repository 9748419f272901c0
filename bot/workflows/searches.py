"""The lists a `SearchField` can search in, by the name in its `source`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Option
from bot.commands import Request, Source
from bot.domain.rights import Action, executives_of
from bot.domain.updates import readers
from bot.workflows.colleagues import among, colleagues
from bot.workflows.log_engagement import customer_options
from bot.workflows.roadmap import find_deciders, items
from bot.workflows.updates import parts, speakers


def _executives(request: Request, query: str) -> tuple[Option, ...]:
    return among(executives_of(request.actor, request.session), query)


def _updates(request: Request, query: str) -> tuple[Option, ...]:
    """The updates that somebody may read, newest first, each once; those with the words typed in their title or text."""
    words = query.casefold().split()
    found = {one.update_id: one.update.text_for(request.actor.locale) for one in readers.readable(request.session, request.actor)}
    fitting = [
        Option(value=str(key), label=text.title, detail=text.changed)
        for key, text in found.items()
        if all(word in f"{text.title} {text.changed} {text.means}".casefold() for word in words)
    ]
    return tuple(fitting[:100])


SOURCES: Mapping[str, Source] = {
    "audience": Source(Action.WRITE_UPDATES, parts),
    "colleagues": Source(Action.FIND_COLLEAGUES, colleagues),
    "customers": Source(Action.FIND_CUSTOMERS, customer_options),
    "deciders": Source(Action.RECORD_DECISION, find_deciders),
    "executives": Source(Action.LOG_ENGAGEMENT, _executives),
    "roadmap": Source(Action.SEE_ROADMAP, items),
    "speakers": Source(Action.WRITE_UPDATES, speakers),
    "updates": Source(Action.SHARE_UPDATE, _updates),
}
