"""Call a broadcast off: nobody more gets it (a button on its card)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.delivery import lanes
from bot.delivery.tasks import refresh
from bot.domain.broadcasts import Broadcast
from bot.workflows.broadcasts import APPROVAL, act
from bot.workflows.updates import WRITERS


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _cancel(request, broadcast))


def _cancel(request: Request, broadcast: Broadcast) -> None:
    broadcast.cancel(request.actor)
    lanes.cancel_rest(request.session, broadcast)
    refresh(request.session, APPROVAL, broadcast.key)


COMMAND = Command(name="cancel-broadcast", help="Call a broadcast off", needs=WRITERS, listed=False, run=_run)
