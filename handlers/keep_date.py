"""Keep the date: what was promised stays (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.answer_proposal(agree=False, actor=request.actor, now=request.now))


COMMAND = Command(name="keep-date", action=Action.DECIDE_COMMITMENT, help="Keep a commitment's date", listed=False, run=_run)
