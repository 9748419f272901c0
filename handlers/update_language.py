"""Say an update in another language (a button on its card)."""

from bot.cards import Card, Form
from bot.commands import Command, Request
from bot.delivery import lanes
from bot.domain.broadcasts import Broadcast
from bot.domain.errors import InvalidAnswers
from bot.views.forms import text
from bot.workflows.broadcasts import act, taken
from bot.workflows.updates import WRITERS, args_of, language_field, wording_fields, words


def _form(request: Request) -> Form:
    broadcast = taken(request)
    broadcast.update.require_change(request.actor)
    intro = f"In English it would be: {broadcast.update.default.title}" if broadcast.update.locale == "en" else ""
    fields = (language_field(request, ""), *wording_fields())
    return Form(title="In another language", command="update-language", fields=fields, args=args_of(broadcast), intro=intro)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _say(request, broadcast))


def _say(request: Request, broadcast: Broadcast) -> None:
    locale = text(request.answers, "locale")
    if not locale.isalpha() or len(locale) > 3:
        raise InvalidAnswers({"locale": "Choose a language."})
    broadcast.update.say(words(request, locale), request.actor)
    lanes.wake(request.session, broadcast.update)


COMMAND = Command(
    name="update-language", help="Say an update in another language", needs=WRITERS, listed=False, form=_form, run=_run
)
