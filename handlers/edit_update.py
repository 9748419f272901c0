"""Change an update's words, its speaker, link or picture; copies that went out are changed too (a button on its card)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.errors import InvalidAnswers
from bot.domain.updates import proposals
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, reworded, taken
from bot.workflows.commitments import colleague
from bot.workflows.updates import args_of, frame_fields, wording_fields, words


def _form(request: Request) -> Form:
    broadcast = taken(request)
    update = broadcast.update
    update.require_change(request.actor)
    shown = proposals.latest(request.session, update)
    fields = (*wording_fields(shown.default), *frame_fields(request, shown))
    intro = "Whoever has it already sees it change, once the new words are approved." if broadcast.started_at else ""
    return Form(title="Edit the update", command="edit-update", fields=fields, args=args_of(broadcast), intro=intro)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _change(request, broadcast))


def _change(request: Request, broadcast: Broadcast) -> None:
    update, speaker = broadcast.update, colleague(request, "speaker")
    wording = words(request, update.locale)
    if speaker is None:
        raise InvalidAnswers(wording.problems() | {"speaker": "Choose the executive in whose name it is said."})
    link, picture = request.filled.text("link"), request.filled.text("picture")
    if broadcast.started_at is None:
        update.say(wording, request.actor)
        update.show(link, picture, speaker, request.actor)
    else:
        proposals.say(update, wording, request.actor)
        proposals.show(update, link, picture, speaker, request.actor)
    reworded(request, broadcast)


COMMAND = Command(name="edit-update", help="Change an update", action=Action.CHANGE_UPDATE, listed=False, form=_form, run=_run)
