"""Change an update's words, its speaker, link or picture; copies that went out are changed too (a button on its card)."""

from bot.cards import Card, Form
from bot.commands import Command, Request
from bot.domain.broadcasts import Broadcast
from bot.domain.errors import InvalidAnswers
from bot.views.forms import text
from bot.workflows.broadcasts import act, reworded, taken
from bot.workflows.commitments import colleague
from bot.workflows.updates import WRITERS, args_of, frame_fields, wording_fields, words


def _form(request: Request) -> Form:
    broadcast = taken(request)
    update = broadcast.update
    update.require_change(request.actor)
    fields = (*wording_fields(update.default), *frame_fields(request, update))
    intro = "Whoever has it already will see it change." if broadcast.started_at else ""
    return Form(title="Edit the update", command="edit-update", fields=fields, args=args_of(broadcast), intro=intro)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _change(request, broadcast))


def _change(request: Request, broadcast: Broadcast) -> None:
    update, speaker = broadcast.update, colleague(request, "speaker")
    wording = words(request, update.locale)
    if speaker is None:
        raise InvalidAnswers(wording.problems() | {"speaker": "Choose the executive in whose name it is said."})
    update.say(wording, request.actor)
    update.show(text(request.answers, "link"), text(request.answers, "picture"), speaker, request.actor)
    reworded(request, broadcast)


COMMAND = Command(name="edit-update", help="Change an update", needs=WRITERS, listed=False, form=_form, run=_run)
