"""Agree to an update: as the one it speaks for, as the second person, or both (a button on what was asked)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.delivery import lanes
from bot.delivery.tasks import refresh
from bot.delivery.working import APPROVAL
from bot.domain.broadcasts import Broadcast
from bot.domain.errors import NotAllowed
from bot.workflows.broadcasts import act, go


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _agree(request, broadcast))


def _agree(request: Request, broadcast: Broadcast) -> None:
    missing, agreed = broadcast.missing(request.settings), False
    if "speaker" in missing and request.actor.acts_for(broadcast.update.speaks_for_id):
        broadcast.update.agree(request.actor)
        agreed = True
    if "second" in missing and not (agreed and not broadcast.may_approve(request.actor)):
        broadcast.approve(request.actor)
        agreed = True
    if not agreed:
        msg = "This waits for somebody else"
        raise NotAllowed(msg, "Its card says for whom.")
    request.session.flush()
    go(request, broadcast)
    refresh(request.session, APPROVAL, broadcast.key)
    lanes.tell(request.session, broadcast)


COMMAND = Command(name="agree-update", help="Agree to an update", listed=False, run=_run)
