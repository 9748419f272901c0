"""A message the bot sent by itself, as it is now: Teams asks for it when somebody looks at it again."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.shown.bundling import message
from bot.delivery.shown.copies import LOOK_AGAIN, card_for
from bot.domain.errors import NotFound
from bot.domain.outbox import bundles
from bot.domain.outbox.deliveries import Delivery
from bot.domain.rights import may
from bot.domain.words.answers import whole


def _run(request: Request) -> Card:
    key = whole(request.args.get("delivery", ""))
    copy = request.session.get(Delivery, key) if key is not None else None
    if copy is None or not may(request.actor, Action.LOOK_AGAIN, copy) or copy.broadcast_id is not None:
        msg = "This message isn't one of yours"
        raise NotFound(msg)
    if request.args.get("alone"):
        return card_for(request.session, copy, request.settings, request.now, latest=bundles.is_latest(request.session, copy))
    return message(request.session, copy, request.settings, request.now)


COMMAND = Command(action=Action.LOOK_AGAIN, name=LOOK_AGAIN, help="Show a message as it is now", listed=False, run=_run)
