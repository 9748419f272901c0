"""They were not satisfied: a promise that was done is open again (a button on it)."""

from datetime import timedelta

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.errors import InvalidAnswers
from bot.workflows.commitments import act, date_field, due, form, note, note_field


def _form(request: Request) -> Form:
    in_a_week = request.actor.today(request.now) + timedelta(days=7)
    return form(request, "Not satisfied", "reopen-commitment", note_field("What they said"), date_field("New date", in_a_week))


def _run(request: Request) -> Card:
    day = due(request, missing="Choose a day.")
    if day is None:
        raise InvalidAnswers(request.filled.problems)
    return act(request, lambda commitment: commitment.reopen(note(request), day, request.actor, request.now))


COMMAND = Command(
    name="reopen-commitment",
    action=Action.DECIDE_COMMITMENT,
    help="Open a commitment again: the customer was not satisfied",
    listed=False,
    form=_form,
    run=_run,
)
