"""Stop a broadcast for now (a button on its card)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.workflows.broadcasts import act
from bot.workflows.updates import WRITERS


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: broadcast.pause(request.actor))


COMMAND = Command(name="pause-broadcast", help="Stop a broadcast for now", needs=WRITERS, listed=False, run=_run)
