"""Delete: take an engagement out of every list and figure (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh
from bot.domain.engagements import engagements, prompts
from bot.domain.outbox.subjects import Subject
from bot.views.engagements import deleted


def _run(request: Request) -> Card:
    engagement = engagements.get_for(request.session, request.number("engagement"), request.actor, request.settings, request.now)
    engagement.delete(request.actor, request.settings, request.now)
    for prompt in prompts.closed_by(request.session, engagement):
        refresh(request.session, Subject.PROMPT, prompt.key)
    return deleted(engagement)


COMMAND = Command(name="delete-engagement", action=Action.CHANGE_ENGAGEMENT, help="Delete an engagement", listed=False, run=_run)
