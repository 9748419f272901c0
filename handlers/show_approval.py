"""Show an update that waits for approval, with its words and the two answers (a button on the CX office's own page)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.views.broadcasts import approval
from bot.workflows.broadcasts import standing, taken


def _run(request: Request) -> Card:
    return approval(standing(request, taken(request)), request.actor)


COMMAND = Command(name="show-approval", help="Show an update that waits for approval", listed=False, run=_run)
