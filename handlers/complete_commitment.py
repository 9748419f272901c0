"""Done: what was done about a promise (a button on it)."""

from bot.cards import Card, Form, TextField
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act, form, note, note_field


def _form(request: Request) -> Form:
    link = TextField(name="link", label="Where it can be seen", placeholder="https://…", max_length=1000)
    return form(request, "Done", "complete-commitment", note_field("What was done"), link)


def _run(request: Request) -> Card:
    link = request.filled.text("link")
    return act(request, lambda commitment: commitment.complete(note(request), link, request.actor, request.now))


COMMAND = Command(
    name="complete-commitment",
    action=Action.KEEP_COMMITMENT,
    help="Say that a commitment is done",
    listed=False,
    form=_form,
    run=_run,
)
