"""Ask a question about an update; it goes to the CX office and its author (a button on an update)."""

from bot.cards import Card, Form, Quote, TextField, Tone
from bot.commands import Action, Command, Request
from bot.delivery.notifying import notify
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Role
from bot.domain.updates import receipts
from bot.domain.updates.receipts import LIMIT
from bot.workflows.questions import open_thread
from bot.workflows.readers import read_update


def _form(request: Request) -> Form:
    update = read_update(request)
    field = TextField(name="question", label="Your question", multiline=True, required=True, max_length=LIMIT)
    title = update.text_for(request.actor.locale).title
    return Form(title="Ask a question", command="ask", fields=(field,), args={"update": str(update.key)}, intro=title, submit="Ask")


def _run(request: Request) -> Card:
    update = read_update(request)
    question = receipts.ask(request.session, update, request.actor, request.filled.text("question"), request.now)
    to = {one.key: one for one in (update.author, *people.with_role(request.session, Role.CX_OFFICE))}
    for person in to.values():
        if person.active:
            notify(request.session, person, Subject.QUESTION, question.key, request.settings, request.now)
    open_thread(request, question)
    return Card(title="Asked. The answer comes to you here.", blocks=(Quote(text=question.text),), tone=Tone.GOOD)


COMMAND = Command(name="ask", action=Action.READ_UPDATE, help="Ask a question about an update", listed=False, form=_form, run=_run)
