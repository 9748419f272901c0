"""Correct a decision (a button on it)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.plans import decisions
from bot.views.refusals import changed_since
from bot.views.roadmap import decision_card, stale
from bot.workflows.roadmap import decision_fields, ruling


def _form(request: Request) -> Form:
    decision = decisions.get(request.session, request.number("decision"))
    decision.require_change(request.actor)
    args = {"decision": str(decision.key), "version": request.args.get("version", "")}
    return Form(title="A decision", command="edit-decision", fields=decision_fields(request, decision), args=args)


def _run(request: Request) -> Card:
    decision = decisions.get(request.session, request.number("decision"), lock=True)
    if request.args.get("version") != stale(decision):
        return changed_since(decision_card(decision, request.actor, request.settings))
    decision.change(ruling(request, decision), request.actor, request.settings, request.now)
    request.session.flush()
    return decision_card(decision, request.actor, request.settings)


COMMAND = Command(
    name="edit-decision", action=Action.CHANGE_DECISION, help="Correct a decision", listed=False, form=_form, run=_run
)
