"""Show an update that waits for approval, with its words and the two answers (a button on the CX office's own page)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.broadcasts import proposal, taken


def _run(request: Request) -> Card:
    return proposal(request, taken(request))


COMMAND = Command(
    name="show-approval", action=Action.APPROVE_UPDATE, help="Show an update that waits for approval", listed=False, run=_run
)
