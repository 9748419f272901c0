"""Make what was called off a draft again, to be changed and sent (a button on its card)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.workflows.broadcasts import act
from bot.workflows.updates import WRITERS


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: broadcast.redraft(request.actor))


COMMAND = Command(name="redraft-update", help="Make it a draft again", needs=WRITERS, listed=False, run=_run)
