"""Ask those who haven't answered an update once more (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _remind(request, broadcast))


def _remind(request: Request, broadcast: Broadcast) -> None:
    broadcast.require_more(request.actor)
    lanes.remind(request.session, broadcast, request.now)


COMMAND = Command(
    name="remind-readers", action=Action.CHANGE_UPDATE, help="Ask those who haven't answered once more", listed=False, run=_run
)
