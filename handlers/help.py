"""/help, and anything typed without a command that I know."""

from bot.cards import Reply
from bot.commands import Action, Command, Request
from bot.domain.words.line.telling import is_greeting
from bot.views.help import card
from bot.workflows import plain_text


def _run(request: Request) -> Reply:
    typed = "" if request.command == "help" else request.text
    meant = plain_text.answer(request) if typed else None
    if meant is not None:
        return meant
    return card(request.commands.values(), request.actor, "" if is_greeting(typed) else typed)


COMMAND = Command(
    name="help",
    action=Action.GET_HELP,
    help="What I can do for you",
    public=True,
    order=90,
    question=plain_text.question,
    run=_run,
)
