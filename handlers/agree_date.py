"""Agree: a commitment's new date is fine (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.answer_proposal(agree=True, actor=request.actor, now=request.now))


COMMAND = Command(
    name="agree-date", action=Action.DECIDE_COMMITMENT, help="Agree to a commitment's new date", listed=False, run=_run
)
