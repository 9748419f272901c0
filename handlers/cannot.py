"""I can't, because… (a button on an update)."""

from bot.cards import Card, Form, TextField
from bot.commands import Action, Command, Request
from bot.domain.updates import receipts
from bot.domain.updates.receipts import LIMIT, Answer
from bot.views.updates import answered
from bot.workflows.readers import read_update
from bot.workflows.updates import published


def _form(request: Request) -> Form:
    update = read_update(request)
    field = TextField(name="note", label="What keeps you from it", multiline=True, required=True, max_length=LIMIT)
    title = update.text_for(request.actor.locale).title
    return Form(
        title="I can't, because…", command="cannot", fields=(field,), args={"update": str(update.key)}, intro=title, submit="Send"
    )


def _run(request: Request) -> Card:
    update = read_update(request)
    receipts.give(request.session, update, request.actor, Answer.CANNOT, request.now, request.filled.text("note"))
    return answered(update, request.actor.locale, Answer.CANNOT, published(request, update))


COMMAND = Command(name="cannot", action=Action.READ_UPDATE, help="Say what keeps you from it", listed=False, form=_form, run=_run)
