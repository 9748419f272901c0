"""/journey: the language everyone shares."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.views.journey import card


def _run(request: Request) -> Card:
    return card(request.settings)


COMMAND = Command(
    name="journey",
    action=Action.SEE_JOURNEY,
    help="Our customers' journey: its stages, what success is, and the goals of each segment",
    label="Our customers' journey",
    public=True,
    order=50,
    run=_run,
)
