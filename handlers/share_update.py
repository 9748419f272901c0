"""An update to show to others, as what is found in Teams' message box is: its words, without the ways to answer."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.views.updates import copy
from bot.workflows.readers import read_update


def _run(request: Request) -> Card:
    update = read_update(request, Action.SHARE_UPDATE)
    return copy(update, request.actor.locale, buttons=False)


COMMAND = Command(
    name="share-update",
    action=Action.SHARE_UPDATE,
    help="Show an update to others, without the ways to answer",
    listed=False,
    run=_run,
)
