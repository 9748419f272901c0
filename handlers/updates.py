"""/updates: what was sent to me, to read again or for the first time; and how I'd like to get them."""

from bot.cards import Actions, Button, Card, Text, Tone
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.errors import Refusal
from bot.domain.updates import digests, readers, recalls, receipts
from bot.domain.updates.updates import Update
from bot.views.updates import answered, archive, copy
from bot.workflows.readers import read_update
from bot.workflows.updates import published

_PAGE = 5
_LAST = "last"


def _run(request: Request) -> Card:
    if request.args.get("update"):
        return _read(request, read_update(request))
    wanted = request.args.get("digest") or {"digest on": "on", "digest off": "off"}.get(request.text.lower(), "")
    if wanted:
        lanes.look_whether_over(request.session, digests.choose(request.session, request.actor, on=wanted == "on"))
    if request.args.get("prefers"):
        _prefer(request, request.args["prefers"])
    offset = request.number("offset", 0)
    found = list({one.update_id: one.update for one in readers.readable(request.session, request.actor)}.values())
    gone = recalls.had_by(request.session, request.actor) if not offset else ()
    page = archive(found[offset : offset + _PAGE], request.actor.locale, offset, len(found), gone)
    return page.model_copy(update={"blocks": (*page.blocks, *_digest(request), *_platforms(request))})


def _read(request: Request, update: Update) -> Card:
    """All of it, with what one has answered."""
    given, questions = receipts.of(request.session, update, request.actor), published(request, update)
    if given is None:
        return copy(update, request.actor.locale, questions)
    return answered(update, request.actor.locale, given.answer, questions)


def _prefer(request: Request, wanted: str) -> None:
    if wanted != _LAST and wanted not in _on(request):
        msg = "That isn't switched on here"
        raise Refusal(msg, "Choose one of the buttons.")
    request.actor.prefers = "" if wanted == _LAST else wanted


def _on(request: Request) -> tuple[str, ...]:
    return tuple(request.settings.platforms.on)


def _platforms(request: Request) -> tuple[Text | Actions, ...]:
    """Where to be written to, for those who can choose."""
    on, now = _on(request), request.actor.prefers
    if len(on) < 2:
        return ()
    says = f"You get them on {now.capitalize()}." if now in on else "You get them where you wrote to me last."
    ways = [(f"On {one.capitalize()}", one) for one in on if one != now]
    if now:
        ways.append(("Where I wrote last", _LAST))
    buttons = tuple(Button(label=label, command="updates", args={"prefers": value}, replaces=True) for label, value in ways)
    return (Text(text=says, tone=Tone.MUTED), Actions(buttons=buttons, choices=True))


def _digest(request: Request) -> tuple[Text | Actions, ...]:
    on = request.actor.digest
    says = (
        "Each Monday you get the week's updates in one message."
        if on
        else "You can have the week's updates in one message on Mondays."
    )
    button = Button(
        label="No digest" if on else "Weekly digest", command="updates", args={"digest": "off" if on else "on"}, replaces=True
    )
    return (Text(text=says, tone=Tone.MUTED), Actions(buttons=(button,)))


COMMAND = Command(
    name="updates",
    action=Action.LIST_UPDATES,
    help="Read the updates that were sent to you",
    usage="[digest on, digest off]",
    label="Updates for me",
    order=47,
    run=_run,
)
