"""A person's own page: what Slack shows on the app's Home tab."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.shown.homes import home_card


def _run(request: Request) -> Card:
    return home_card(request.session, request.actor, request.settings, request.now)


COMMAND = Command(
    name="home", action=Action.SEE_HOME, help="See your own page: what waits for you, and where you stand", order=51, run=_run
)
