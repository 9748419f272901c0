"""Change a roadmap item (a button on it)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.plans import roadmap
from bot.views.refusals import changed_since
from bot.views.roadmap import stale
from bot.workflows.roadmap import item_fields, plan, show_item


def _form(request: Request) -> Form:
    item = roadmap.get(request.session, request.number("item"))
    item.require_change(request.actor)
    args = {"item": str(item.key), "version": request.args.get("version", "")}
    return Form(title="On the roadmap", command="edit-roadmap-item", fields=item_fields(request, item), args=args)


def _run(request: Request) -> Card:
    item = roadmap.get(request.session, request.number("item"))
    if request.args.get("version") != stale(item):
        return changed_since(show_item(request, item))
    item.change(plan(request, item), request.actor, request.settings, request.now)
    return show_item(request, item)


COMMAND = Command(
    name="edit-roadmap-item", action=Action.CHANGE_ROADMAP_ITEM, help="Change a roadmap item", listed=False, form=_form, run=_run
)
