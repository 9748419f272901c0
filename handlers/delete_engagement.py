"""Delete: take an engagement out of every list and figure (a button on it)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.domain import engagements
from bot.views.engagements import deleted


def _run(request: Request) -> Card:
    engagement = engagements.get(request.session, request.number("engagement"))
    engagement.delete(request.actor, request.settings, request.now)
    return deleted(engagement)


COMMAND = Command(name="delete-engagement", help="Delete an engagement", listed=False, run=_run)
