"""Got it (a button on an update)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.updates import receipts
from bot.domain.updates.receipts import Answer
from bot.views.updates import answered
from bot.workflows.readers import read_update
from bot.workflows.updates import published


def _run(request: Request) -> Card:
    update = read_update(request)
    receipts.give(request.session, update, request.actor, Answer.GOT_IT, request.now)
    return answered(update, request.actor.locale, Answer.GOT_IT, published(request, update))


COMMAND = Command(name="got-it", action=Action.READ_UPDATE, help="Say that you know", listed=False, run=_run)
