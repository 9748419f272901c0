"""Not mine, or Hand on: somebody else will keep a promise (a button on it)."""

from bot.cards import Card, Form, SearchField
from bot.commands import Action, Command, Request
from bot.domain.errors import InvalidAnswers
from bot.workflows.colleagues import colleagues
from bot.workflows.commitments import act, colleague, form, note, note_field


def _form(request: Request) -> Form:
    owner = SearchField(
        name="owner", label="Who will keep it", source="colleagues", suggestions=colleagues(request, ""), required=True
    )
    return form(request, "Reassign", "hand-on-commitment", owner, note_field("A word to them", required=False), submit="Reassign")


def _run(request: Request) -> Card:
    to = colleague(request, "owner")
    if to is None:
        raise InvalidAnswers({"owner": "Choose who will keep it."})
    return act(request, lambda commitment: commitment.hand_on(to, note(request), request.actor, request.now))


COMMAND = Command(
    name="hand-on-commitment",
    action=Action.HANDLE_COMMITMENT,
    help="Reassign a commitment",
    listed=False,
    form=_form,
    run=_run,
)
