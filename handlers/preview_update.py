"""See an update as its readers will (a button on its card)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.views.updates import preview
from bot.workflows.readers import read_update
from bot.workflows.updates import published


def _run(request: Request) -> Card:
    update = read_update(request)
    return preview(update, request.args.get("locale", update.locale), published(request, update))


COMMAND = Command(name="preview-update", help="See an update as its readers will", listed=False, run=_run)
