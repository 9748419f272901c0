"""Drop new words of an update that wait for approval: it goes on with those its readers have (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _discard(request, broadcast))


def _discard(request: Request, broadcast: Broadcast) -> None:
    broadcast.discard(request.actor)
    lanes.go_on(request.session, broadcast, request.settings)


COMMAND = Command(
    name="discard-edit", help="Drop the changes that wait for approval", action=Action.CHANGE_UPDATE, listed=False, run=_run
)
