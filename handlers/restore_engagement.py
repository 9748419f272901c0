"""Undo: put a deleted engagement back, for ten minutes (a button on what was deleted)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh
from bot.domain.engagements import engagements, prompts
from bot.domain.engagements.restoring import restore
from bot.domain.outbox.subjects import Subject
from bot.views.engagements import restored


def _run(request: Request) -> Card:
    key = request.number("engagement")
    engagement = engagements.get_for(request.session, key, request.actor, request.settings, request.now, deleted=True)
    restore(request.session, engagement, request.actor, request.now)
    for prompt in prompts.closed_by(request.session, engagement):
        refresh(request.session, Subject.PROMPT, prompt.key)
    return restored(engagement, request.settings)


COMMAND = Command(
    name="restore-engagement", action=Action.CHANGE_ENGAGEMENT, help="Undo deleting an engagement", listed=False, run=_run
)
