"""Told them: the customer knows that a promise was kept (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.tell(request.actor, request.now))


COMMAND = Command(
    name="told-customer", action=Action.DECIDE_COMMITMENT, help="Say that the customer was told", listed=False, run=_run
)
