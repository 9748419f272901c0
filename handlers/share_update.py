"""An update to show to others, as what is found in Teams' message box is: its words, without the ways to answer."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.domain import recipients, updates
from bot.domain.errors import NotFound
from bot.views.updates import copy


def _run(request: Request) -> Card:
    update = updates.get(request.session, request.number("update"))
    if update.recalled_at is not None or not recipients.may_read(request.session, update, request.actor):
        msg = "There is no such update, or it isn't yours to read"
        raise NotFound(msg, "See /updates for yours.")
    return copy(update, request.actor.locale, buttons=False)


COMMAND = Command(name="share-update", help="Show an update to others, without the ways to answer", listed=False, run=_run)
