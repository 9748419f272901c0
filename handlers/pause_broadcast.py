"""Stop a broadcast for now (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.workflows.broadcasts import stop

_NOTHING = {
    BroadcastState.DRAFT: "Nothing is going out: this is a draft.",
    BroadcastState.WAITING: "Nothing is going out: it still waits for approval.",
    BroadcastState.DONE: "It had already gone to everyone. Recall takes it back.",
    BroadcastState.CANCELLED: "Nothing is going out: it was cancelled.",
}


def _run(request: Request) -> Card:
    return stop(request, lambda broadcast: _pause(request, broadcast))


def _pause(request: Request, broadcast: Broadcast) -> str:
    if broadcast.state in {BroadcastState.SCHEDULED, BroadcastState.SENDING} or broadcast.held_from == BroadcastState.SENDING:
        broadcast.pause(request.actor)
        return ""
    return _NOTHING.get(broadcast.state, "")


COMMAND = Command(name="pause-broadcast", help="Stop a broadcast for now", action=Action.CHANGE_UPDATE, listed=False, run=_run)
