"""What every press on a broadcast does alike: take it as it is now, change it, show how it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.cards import Card
from bot.commands import Request
from bot.delivery import lanes
from bot.delivery.tasks import refresh, send_later
from bot.delivery.working import APPROVAL, WATCHED
from bot.domain import broadcasts, deliveries, people, standings, updates
from bot.domain.broadcasts import Broadcast, BroadcastState
from bot.domain.errors import NotFound
from bot.domain.people import Person, Role
from bot.domain.standings import Standing
from bot.views import broadcasts as views
from bot.views.refusals import changed_since, noted

REWORDED = "reworded"
"""The subject of what the speaker is told when words already out in their name were changed."""


def taken(request: Request) -> Broadcast:
    """The broadcast the button is about, and its update, both locked; NotFound for somebody who may neither change nor approve it."""
    broadcast = broadcasts.get(request.session, request.number("broadcast"))
    update = updates.get(request.session, broadcast.update_id, lock=True)
    actor = request.actor
    if not (update.may_change(actor) or actor.acts_for(update.speaker_id) or actor.has(Role.EXECUTIVE)):
        msg = "There is no such broadcast"
        raise NotFound(msg, "See /updates for what was sent to you.")
    return broadcast


def standing(request: Request, broadcast: Broadcast) -> Standing:
    """How it stands."""
    request.session.flush()
    return standings.of(request.session, broadcast, request.settings, request.now)


def show(request: Request, broadcast: Broadcast) -> Card:
    """Its card."""
    return views.card(standing(request, broadcast), request.actor)


def act(request: Request, change: Callable[[Broadcast], object]) -> Card:
    """Change it, unless somebody was quicker: then the truth is shown, and nothing is overwritten."""
    broadcast = taken(request)
    if request.args.get("version") != views.stale_key(broadcast):
        shown = views.card if broadcast.update.may_change(request.actor) else views.approval
        return changed_since(shown(standing(request, broadcast), request.actor))
    change(broadcast)
    request.session.flush()
    lanes.tell(request.session, broadcast)
    return show(request, broadcast)


def stop(request: Request, change: Callable[[Broadcast], str]) -> Card:
    """An emergency stop: done whatever happened since its button was made, for it must never lose a race.

    `change` gives a sentence to be said above the card where there was nothing to stop any more, else "".
    """
    broadcast = taken(request)
    broadcast.update.require_author(request.actor)
    note = "" if broadcast.update.recalled_at else change(broadcast)
    request.session.flush()
    lanes.tell(request.session, broadcast)
    return noted(note, show(request, broadcast))


def reworded(request: Request, broadcast: Broadcast) -> None:
    """Its words have changed: whoever agreed to the old ones is asked anew, or told, where it is out already."""
    request.session.flush()
    update = broadcast.update
    lanes.wake(request.session, update)
    if broadcast.reconsider(request.settings) or broadcast.state == BroadcastState.WAITING:
        had = {one.person_id for one in deliveries.copies(request.session, APPROVAL, broadcast.key)}
        _ask(request, broadcast, [one for one in _approvers(request, broadcast) if one.key not in had])
        refresh(request.session, APPROVAL, broadcast.key)
    elif broadcast.started_at is not None and not update.agreed and update.speaker.active:
        told = deliveries.queue(request.session, update.speaker, REWORDED, update.key, request.now)
        send_later(request.session, told)


def go(request: Request, broadcast: Broadcast) -> None:
    """Send it when nothing is missing any more, with a card that shows how it goes; else ask those whose agreement is missing."""
    if broadcast.go(request.settings):
        lanes.schedule(request.session, broadcast)
        if broadcast.asked_by is not None:
            _send(request, broadcast.asked_by, WATCHED, broadcast)
        return
    _ask(request, broadcast, _approvers(request, broadcast))


def _ask(request: Request, broadcast: Broadcast, approvers: list[Person]) -> None:
    for person in approvers:
        if person.key != request.actor.key:
            _send(request, person, APPROVAL, broadcast)


def _approvers(request: Request, broadcast: Broadcast) -> list[Person]:
    """The speaker first, who may well be the second person too; then the CX office, or the executives where it has nobody else."""
    missing = broadcast.missing(request.settings)
    if "speaker" in missing:
        return [broadcast.update.speaker] if broadcast.update.speaker.active else []
    if "second" not in missing:
        return []
    return _seconds(request, broadcast, Role.CX_OFFICE) or _seconds(request, broadcast, Role.EXECUTIVE)


def _seconds(request: Request, broadcast: Broadcast, role: Role) -> list[Person]:
    concerned = {broadcast.asked_by_id, broadcast.update.author_id}
    return [one for one in people.with_role(request.session, role) if one.active and one.key not in concerned]


def _send(request: Request, person: Person, subject: str, broadcast: Broadcast) -> None:
    send_later(request.session, deliveries.queue(request.session, person, subject, broadcast.key, request.now))
