"""Send an update now to those who aren't at work, too: it is urgent (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.workflows.broadcasts import act


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: lanes.hurry(request.session, broadcast, request.actor, request.now))


COMMAND = Command(
    name="hurry-update",
    help="Send an update now, outside working hours too",
    action=Action.HURRY_UPDATE,
    listed=False,
    run=_run,
)
