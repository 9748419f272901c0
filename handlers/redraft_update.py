"""Make what was called off a draft again, to be changed and sent (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: broadcast.redraft(request.actor))


COMMAND = Command(name="redraft-update", action=Action.CHANGE_UPDATE, help="Make it a draft again", listed=False, run=_run)
