"""Accept: the owner takes a promise on (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.accept(request.actor, request.now))


COMMAND = Command(name="accept-commitment", action=Action.KEEP_COMMITMENT, help="Take a commitment on", listed=False, run=_run)
