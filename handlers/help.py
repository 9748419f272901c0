"""/help, and anything not understood."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.views.help import card


def _run(request: Request) -> Card:
    typed = "" if request.command == "help" else request.text
    return card(request.commands.values(), request.actor, typed)


COMMAND = Command(name="help", action=Action.GET_HELP, help="What I can do for you", public=True, order=90, run=_run)
