"""Say an update in another language, or change the words it has there (buttons on its card)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.domain.updates import proposals
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, reworded, taken
from bot.workflows.updates import args_of, language_field, wording_fields, words


def _form(request: Request) -> Form:
    broadcast = taken(request)
    broadcast.update.require_change(request.actor)
    update = proposals.latest(request.session, broadcast.update)
    locale = request.args.get("locale", "")
    found = next((one for one in update.texts if one.locale == locale), None)
    fields = (language_field(request, update), *wording_fields(found))
    args = args_of(broadcast) | ({"locale": locale} if found else {})
    intro = f"The first version's title: {update.default.title}"
    return Form(title="In another language", command="update-language", fields=fields, args=args, intro=intro)


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _say(request, broadcast))


def _say(request: Request, broadcast: Broadcast) -> None:
    update = broadcast.update
    offered = {one.value for one in language_field(request, proposals.latest(request.session, update)).options}
    wrong = "Choose one of these languages. Words it has already are changed by their own button."
    wording = words(request, request.filled.choice("locale", offered, missing=wrong, wrong=wrong))
    request.filled.check()
    if broadcast.started_at is None:
        update.say(wording, request.actor)
    else:
        proposals.say(update, wording, request.actor)
    reworded(request, broadcast)


COMMAND = Command(
    name="update-language",
    help="Say an update in another language",
    action=Action.CHANGE_UPDATE,
    listed=False,
    form=_form,
    run=_run,
)
