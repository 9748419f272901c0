"""Send an update, once those whose agreement it needs have given it (a button on its card)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, go, taken
from bot.workflows.updates import ask_to_send, send_form


def _form(request: Request) -> Form:
    broadcast = taken(request)
    broadcast.update.require_change(request.actor)
    return send_form(request, broadcast)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _send(request, broadcast))


def _send(request: Request, broadcast: Broadcast) -> None:
    ask_to_send(request, broadcast)
    request.session.flush()
    go(request, broadcast)


COMMAND = Command(name="send-update", action=Action.CHANGE_UPDATE, help="Send an update", listed=False, form=_form, run=_run)
