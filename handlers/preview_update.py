"""See an update as its readers will (a button on its card)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.domain import proposals
from bot.views.updates import preview
from bot.workflows.readers import read_update
from bot.workflows.updates import published


def _run(request: Request) -> Card:
    update = read_update(request)
    if update.may_change(request.actor) or request.actor.acts_for(update.speaks_for_id):
        update = proposals.latest(request.session, update)
    return preview(update, request.args.get("locale", update.locale), published(request, update))


COMMAND = Command(name="preview-update", help="See an update as its readers will", listed=False, run=_run)
