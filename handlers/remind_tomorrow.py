"""Remind me tomorrow: a prompt comes again on the next working day (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh, wake_later
from bot.domain.engagements import prompts
from bot.domain.errors import Refusal
from bot.domain.outbox.subjects import Subject
from bot.views.prompts import snoozed


def _run(request: Request) -> Card:
    prompt = prompts.get_for(request.session, request.number("prompt"), request.actor)
    prompt.snooze(request.settings, request.now)
    if prompt.wakes_at is None:
        msg = "There is no working day ahead to ask on"
        raise Refusal(msg, "Check your out-of-office dates with the CX office.")
    wake_later(request.session, prompt)
    refresh(request.session, Subject.PROMPT, prompt.key)
    return snoozed(prompt)


COMMAND = Command(
    name="remind-tomorrow", action=Action.ANSWER_PROMPT, help="Answer a prompt: ask me again tomorrow", listed=False, run=_run
)
