"""Ask for a change before an update goes out (a button on what was asked)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.delivery.notifying import notify
from bot.delivery.queue import refresh
from bot.domain.errors import NotAllowed
from bot.domain.outbox.subjects import Subject
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, may_approve, taken
from bot.workflows.commitments import note, note_field
from bot.workflows.updates import args_of


def _form(request: Request) -> Form:
    broadcast = taken(request)
    _require(request, broadcast)
    fields = (note_field("What should be different"),)
    return Form(title="Ask for a change", command="send-back-update", fields=fields, args=args_of(broadcast), submit="Send it back")


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _send_back(request, broadcast))


def _send_back(request: Request, broadcast: Broadcast) -> None:
    _require(request, broadcast)
    broadcast.send_back(note(request), request.actor)
    to = broadcast.asked_by or broadcast.update.author
    notify(request.session, to, Subject.BROADCAST, broadcast.key, request.settings, request.now)
    refresh(request.session, Subject.APPROVAL, broadcast.key)


def _require(request: Request, broadcast: Broadcast) -> None:
    if not may_approve(request, broadcast):
        msg = "This is for those whose approval is missing"
        raise NotAllowed(msg, "Its card says who must approve.")


COMMAND = Command(
    name="send-back-update", action=Action.APPROVE_UPDATE, help="Ask for a change of an update", listed=False, form=_form, run=_run
)
