"""Nothing to log: an honest answer to a prompt (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh
from bot.domain.engagements import prompts
from bot.domain.outbox.subjects import Subject
from bot.views.prompts import closed


def _run(request: Request) -> Card:
    prompt = prompts.get_for(request.session, request.number("prompt"), request.actor)
    prompt.skip(prompts.NOTHING_TO_LOG, request.now)
    refresh(request.session, Subject.PROMPT, prompt.key)
    return closed(prompt)


COMMAND = Command(
    name="nothing-to-log", action=Action.ANSWER_PROMPT, help="Answer a prompt: nothing to log", listed=False, run=_run
)
