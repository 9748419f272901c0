"""Another date: asked for by the owner, changed at once by whoever promised (a button on a commitment)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.errors import InvalidAnswers
from bot.workflows.commitments import act, date_field, due, form, note, note_field, taken


def _form(request: Request) -> Form:
    commitment = taken(request)
    return form(request, "Change date", "change-date", date_field("New date", commitment.due), note_field("Why"))


def _run(request: Request) -> Card:
    day = due(request, missing="Choose a day.")
    if day is None:
        raise InvalidAnswers(request.filled.problems)
    return act(request, lambda commitment: commitment.propose(day, note(request), request.actor, request.now))


COMMAND = Command(
    name="change-date",
    action=Action.HANDLE_COMMITMENT,
    help="Ask for a new date for a commitment",
    listed=False,
    form=_form,
    run=_run,
)
