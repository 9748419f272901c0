"""Call a broadcast off: nobody more gets it (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.workflows.broadcasts import stop


def _run(request: Request) -> Card:
    return stop(request, lambda broadcast: _cancel(request, broadcast))


def _cancel(request: Request, broadcast: Broadcast) -> str:
    if BroadcastState.DONE in {broadcast.state, broadcast.held_from}:
        return "It had already gone to everyone. Recall takes it back."
    if broadcast.state != BroadcastState.CANCELLED:
        broadcast.cancel(request.actor)
        lanes.cancel_rest(request.session, broadcast)
    return ""


COMMAND = Command(name="cancel-broadcast", help="Call a broadcast off", action=Action.CHANGE_UPDATE, listed=False, run=_run)
