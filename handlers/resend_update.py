"""Try those an update didn't reach once more (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _resend(request, broadcast))


def _resend(request: Request, broadcast: Broadcast) -> None:
    broadcast.require_more(request.actor)
    lanes.resend(request.session, broadcast, request.settings)


COMMAND = Command(name="resend-update", action=Action.CHANGE_UPDATE, help="Try those not reached once more", listed=False, run=_run)
