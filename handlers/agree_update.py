"""Agree to an update: as the one it speaks for, as the second person, or both (a button on what was asked)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.delivery.queue import refresh
from bot.domain.errors import NotAllowed
from bot.domain.outbox.subjects import Subject
from bot.domain.rights import seconds, speaks_for
from bot.domain.updates import approvers
from bot.domain.updates.broadcasts import Broadcast
from bot.workflows.broadcasts import act, go


def _run(request: Request) -> Card:
    return act(request, lambda broadcast: _agree(request, broadcast))


def _agree(request: Request, broadcast: Broadcast) -> None:
    asked, agreed = approvers.asked(request.session, broadcast, request.settings), False
    if "speaker" in asked.missing and speaks_for(request.actor, broadcast.update.speaks_for_id):
        broadcast.update.agree(request.actor)
        agreed = True
    if "second" in asked.missing and (seconds(request.actor, asked) or not agreed):
        broadcast.approve(request.actor)
        agreed = True
    if not agreed:
        msg = "This waits for someone else"
        raise NotAllowed(msg, "Its card says who must approve.")
    request.session.flush()
    go(request, broadcast)
    refresh(request.session, Subject.APPROVAL, broadcast.key)
    lanes.tell(request.session, broadcast)


COMMAND = Command(name="agree-update", action=Action.APPROVE_UPDATE, help="Agree to an update", listed=False, run=_run)
