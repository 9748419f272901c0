"""Answer a question about an update, to the one who asked or to everybody (a button on the question)."""

from bot.cards import Card, ChoiceField, Form, Option, TextField
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.delivery.notifying import notify
from bot.delivery.queue import refresh
from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.domain.updates import receipts, updates
from bot.domain.updates.receipts import LIMIT, Question
from bot.views import questions as views
from bot.workflows.questions import answer_in_thread

_TO = (Option(value="asker", label="To the one who asked"), Option(value="all", label="Into the update, for everybody"))


def _form(request: Request) -> Form | Card:
    question = _taken(request)
    if question.answered_at is not None:
        return views.card(question)
    fields = (
        TextField(name="answer", label="Answer", multiline=True, required=True, max_length=LIMIT),
        ChoiceField(name="to", label="Where it goes", options=_TO, value="asker", required=True),
    )
    args = {"question": str(question.key)}
    return Form(title="Answer", command="answer-question", fields=fields, args=args, intro=question.text, submit="Answer")


def _taken(request: Request) -> Question:
    return receipts.question_for(request.session, request.number("question"), request.actor)


def _run(request: Request) -> Card:
    question = _taken(request)
    update = updates.get(request.session, question.update_id, lock=True)
    publish = request.filled.text("to") == "all"
    question.reply(request.filled.text("answer"), request.actor, request.now, publish=publish)
    request.session.flush()
    if question.asker.active:
        exempt = moments.just_asked(question.asked_at, request.now)
        notify(request.session, question.asker, Subject.ANSWER, question.key, request.settings, request.now, exempt=exempt)
    refresh(request.session, Subject.QUESTION, question.key)
    answer_in_thread(request, question)
    if publish:
        lanes.wake(request.session, update)
    return views.card(question)


COMMAND = Command(
    name="answer-question",
    action=Action.ANSWER_QUESTION,
    help="Answer a question about an update",
    listed=False,
    form=_form,
    run=_run,
)
