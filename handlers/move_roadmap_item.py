"""Give a roadmap item another status (a button on it)."""

from bot.cards import Card, ChoiceField, Form
from bot.commands import Action, Command, Request
from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import Status
from bot.views.refusals import changed_since
from bot.views.roadmap import stale
from bot.workflows.roadmap import show_item, status_options


def _form(request: Request) -> Form:
    item = roadmap.get(request.session, request.number("item"))
    item.require_change(request.actor)
    field = ChoiceField(name="status", label="Status", options=status_options(), value=item.status.value, required=True)
    args = {"item": str(item.key), "version": request.args.get("version", "")}
    return Form(title="Change status", command="move-roadmap-item", fields=(field,), args=args, intro=item.title)


def _run(request: Request) -> Card:
    item = roadmap.get(request.session, request.number("item"))
    if request.args.get("version") != stale(item):
        return changed_since(show_item(request, item))
    status = request.filled.choice("status", set(Status), missing="Choose one from the list.")
    request.filled.check()
    item.move(Status(status), request.actor, request.now)
    return show_item(request, item)


COMMAND = Command(
    name="move-roadmap-item",
    action=Action.CHANGE_ROADMAP_ITEM,
    help="Give a roadmap item another status",
    listed=False,
    form=_form,
    run=_run,
)
