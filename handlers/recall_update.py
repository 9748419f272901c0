"""Take an update back from everybody who has it (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import stop
from bot.workflows.questions import update_recalled


def _run(request: Request) -> Card:
    return stop(request, lambda broadcast: _recall(request, broadcast))


def _recall(request: Request, broadcast: Broadcast) -> str:
    broadcast.update.recall(request.actor, request.now)
    lanes.wake(request.session, broadcast.update)
    update_recalled(request, broadcast.update)
    return ""


COMMAND = Command(name="recall-update", help="Take an update back", action=Action.CHANGE_UPDATE, listed=False, run=_run)
