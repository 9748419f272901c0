"""Go on with a broadcast (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _resume(request, broadcast))


def _resume(request: Request, broadcast: Broadcast) -> None:
    broadcast.resume(request.actor)
    if broadcast.started_at is None:
        lanes.schedule(request.session, broadcast)
    lanes.go_on(request.session, broadcast, request.settings)


COMMAND = Command(name="resume-broadcast", action=Action.CHANGE_UPDATE, help="Go on with a broadcast", listed=False, run=_run)
