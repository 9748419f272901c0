"""Write a decision down (a button on the list)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.plans import decisions
from bot.views.roadmap import decision_card
from bot.workflows.roadmap import decision_fields, ruling


def _form(request: Request) -> Form:
    return Form(title="A decision", command="add-decision", fields=decision_fields(request))


def _run(request: Request) -> Card:
    decision = decisions.record(request.session, ruling(request), request.actor, request.settings, request.now)
    return decision_card(decision, request.actor, request.settings)


COMMAND = Command(
    name="add-decision",
    action=Action.RECORD_DECISION,
    help="Write a decision down",
    listed=False,
    form=_form,
    run=_run,
)
