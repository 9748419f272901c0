"""Put a change on the roadmap (a button on the list)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.plans import roadmap
from bot.workflows.roadmap import item_fields, plan, show_item


def _form(request: Request) -> Form:
    return Form(title="On the roadmap", command="add-roadmap-item", fields=item_fields(request))


def _run(request: Request) -> Card:
    return show_item(request, roadmap.add(request.session, plan(request), request.actor, request.settings, request.now))


COMMAND = Command(
    name="add-roadmap-item",
    action=Action.ADD_ROADMAP_ITEM,
    help="Put a change on the roadmap",
    listed=False,
    form=_form,
    run=_run,
)
