"""Send now what waits for somebody's working hours: whoever caused it says that it is urgent (a button below what they did)."""

from bot.cards import Card, Tone
from bot.commands import Action, Command, Request
from bot.delivery.queue import send_later
from bot.domain.errors import Refusal
from bot.domain.outbox import deliveries, moments
from bot.domain.outbox.subjects import Subject
from bot.domain.rights import may


def _run(request: Request) -> Card:
    """Only what they caused themselves, which the rows say: the button's word isn't taken for it."""
    subject = Subject.known(request.args.get("subject", ""))
    found = deliveries.waiting_of(request.session, subject, request.number("id"), request.actor) if subject else []
    waiting = [one for one in found if not one.exempt and may(request.actor, Action.SEND_NOW, one)]
    if not waiting:
        msg = "This has been sent already, or isn't needed any more"
        raise Refusal(msg, "Nothing else was sent.")
    for one in waiting:
        one.exempt, one.not_before = moments.URGENT, request.now
        send_later(request.session, one)
    names = ", ".join(one.person.name for one in waiting)
    return Card(title=f"Sent now, as urgent, to {names}", tone=Tone.GOOD)


COMMAND = Command(
    name="send-now", action=Action.SEND_NOW, help="Send now what waits for someone's working hours", listed=False, run=_run
)
