"""/updates: what was sent to me, to read again or for the first time; and how I'd like to get them."""

from bot.cards import Actions, Button, Card, Text, Tone
from bot.commands import Command, Request
from bot.domain import recipients
from bot.views.updates import archive, copy
from bot.workflows.readers import read_update
from bot.workflows.updates import published

_PAGE = 5


def _run(request: Request) -> Card:
    if request.args.get("update"):
        update = read_update(request)
        return copy(update, request.actor.locale, published(request, update))
    wanted = request.args.get("digest") or {"digest on": "on", "digest off": "off"}.get(request.text.lower(), "")
    if wanted:
        request.actor.digest = wanted == "on"
    offset = request.number("offset") if request.args.get("offset") else 0
    found = list({one.update_id: one.update for one in recipients.readable(request.session, request.actor)}.values())
    page = archive(found[offset : offset + _PAGE], request.actor.locale, offset, len(found))
    return page.model_copy(update={"blocks": (*page.blocks, *_digest(request))})


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
    help="Read the updates that were sent to you",
    usage="[digest on, digest off]",
    label="Updates for me",
    order=47,
    run=_run,
)
