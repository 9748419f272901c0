"""I'm out until…: no prompts while away (a button on a prompt)."""

from datetime import timedelta

from bot.cards import Card, DateField, Form
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh
from bot.domain.engagements import prompts
from bot.domain.errors import InvalidAnswers
from bot.domain.outbox.subjects import Subject
from bot.views.engagements import day_words

_LONGEST = timedelta(days=366)
"""A day further off is more likely a slip of the year, which nobody would notice: no prompt would ever come."""


def _form(request: Request) -> Form:
    prompt = prompts.get_for(request.session, request.number("prompt"), request.actor)
    today = prompt.person.today(request.now)
    last = DateField(name="last", label="Last day out", value=today + timedelta(days=7), required=True)
    args = {"prompt": str(prompt.key)}
    return Form(title="I'm out until…", command="out-until", fields=(last,), args=args, intro="I won't ask while you're away.")


def _run(request: Request) -> Card:
    last = request.filled.day("last", missing="Choose your last day out.")
    if last is None:
        raise InvalidAnswers(request.filled.problems)
    prompt = prompts.get_for(request.session, request.number("prompt"), request.actor)
    if last < prompt.person.today(request.now):
        raise InvalidAnswers({"last": "That day is past. Choose today or a day to come."})
    if last > prompt.person.today(request.now) + _LONGEST:
        raise InvalidAnswers({"last": "That is more than a year ahead. Check the year."})
    prompts.be_away(request.session, prompt, last, request.now)
    refresh(request.session, Subject.PROMPT, prompt.key)
    return Card(title=f"Noted: out until {day_words(last)}. I won't ask before then.")


COMMAND = Command(
    name="out-until", action=Action.ANSWER_PROMPT, help="Answer a prompt: I'm out until a day", listed=False, form=_form, run=_run
)
