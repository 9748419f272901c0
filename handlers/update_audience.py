"""Choose who receives an update (a button on its card)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.errors import InvalidAnswers
from bot.domain.updates import audiences
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, taken
from bot.workflows.updates import audience, audience_form


def _form(request: Request) -> Form:
    broadcast = taken(request)
    broadcast.update.require_change(request.actor)
    return audience_form(request, broadcast)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _aim(request, broadcast))


def _aim(request: Request, broadcast: Broadcast) -> None:
    wanted = audience(request)
    if gone := audiences.vanished(request.session, wanted, request.settings):
        raise InvalidAnswers(gone)
    broadcast.aim(wanted, request.actor)
    lanes.tell(request.session, broadcast)
    lanes.read_channels(request.session, broadcast)


COMMAND = Command(
    name="update-audience", action=Action.CHANGE_UPDATE, help="Choose who receives an update", listed=False, form=_form, run=_run
)
