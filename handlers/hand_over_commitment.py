"""Hand to: what somebody who has left was to keep goes to whoever is proposed (a button on it)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.people import people
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    to = people.get(request.session, request.number("person"))
    return act(request, lambda commitment: commitment.hand_over(to, request.actor, request.now))


COMMAND = Command(
    name="hand-over-commitment",
    action=Action.HANDLE_COMMITMENT,
    help="Reassign a commitment whose owner has left",
    listed=False,
    run=_run,
)
