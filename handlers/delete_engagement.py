"""Delete: take an engagement out of every list and figure (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import refresh
from bot.domain.engagements import engagements, prompts
from bot.domain.engagements.restoring import may_undo
from bot.domain.outbox.subjects import Subject
from bot.views.engagements import deleted


def _run(request: Request) -> Card:
    """Deleted already, by another press or on another copy: that is what it shows."""
    key = request.number("engagement")
    engagement = engagements.get_for(request.session, key, request.actor, request.settings, request.now, deleted=True)
    if engagement.deleted_at is None:
        engagement.delete(request.actor, request.settings, request.now)
        for prompt in prompts.closed_by(request.session, engagement):
            refresh(request.session, Subject.PROMPT, prompt.key)
    undo = may_undo(request.session, engagement, request.actor)
    return deleted(engagement, request.actor, request.now, undo=undo)


COMMAND = Command(name="delete-engagement", action=Action.CHANGE_ENGAGEMENT, help="Delete an engagement", listed=False, run=_run)
