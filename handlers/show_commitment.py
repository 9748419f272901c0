"""Show one commitment with all that can be done about it (a button on a person's own page)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.workflows.commitments import shown, taken


def _run(request: Request) -> Card:
    return shown(request, taken(request))


COMMAND = Command(name="show-commitment", action=Action.SEE_COMMITMENT, help="Show a commitment", listed=False, run=_run)
