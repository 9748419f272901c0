"""See an update as its readers will (a button on its card)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.updates import proposals
from bot.views.updates import preview
from bot.workflows.readers import written_update
from bot.workflows.updates import published


def _run(request: Request) -> Card:
    update = proposals.latest(request.session, written_update(request))
    return preview(update, request.args.get("locale", update.locale), published(request, update))


COMMAND = Command(
    name="preview-update", action=Action.PREVIEW_UPDATE, help="See an update as its readers will", listed=False, run=_run
)
