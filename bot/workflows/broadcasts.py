"""What every press on a broadcast does alike: take it as it is now, change it, show how it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.cards import Card
from bot.commands import Request
from bot.delivery import lanes
from bot.delivery.tasks import send_later
from bot.domain import broadcasts, deliveries, people, standings, updates
from bot.domain.broadcasts import Broadcast
from bot.domain.people import Person, Role
from bot.domain.standings import Standing
from bot.views import broadcasts as views

APPROVAL = "approval"


def taken(request: Request) -> Broadcast:
    """The broadcast the button is about, and its update, both locked; NotAllowed for somebody who may neither change nor approve it."""
    broadcast = broadcasts.get(request.session, request.number("broadcast"))
    updates.get_locked(request.session, broadcast.update_id)
    return broadcast


def standing(request: Request, broadcast: Broadcast) -> Standing:
    """How it stands."""
    request.session.flush()
    return standings.of(request.session, broadcast, request.settings, request.now)


def show(request: Request, broadcast: Broadcast) -> Card:
    """Its card."""
    return views.card(standing(request, broadcast), request.actor, request.now)


def act(request: Request, change: Callable[[Broadcast], object]) -> Card:
    """Change it, unless somebody was quicker: then the truth is shown, and nothing is overwritten."""
    broadcast = taken(request)
    if request.args.get("version") != views.stale_key(broadcast):
        return views.changed_since(standing(request, broadcast), request.actor, request.now)
    change(broadcast)
    request.session.flush()
    lanes.tell(request.session, broadcast)
    return show(request, broadcast)


def go(request: Request, broadcast: Broadcast) -> None:
    """Send it when nothing is missing any more, with a card that shows how it goes; else ask those whose agreement is missing."""
    if broadcast.go(request.settings):
        lanes.schedule(request.session, broadcast)
        if broadcast.asked_by is not None:
            _send(request, broadcast.asked_by, lanes.SUBJECT, broadcast)
        return
    for person in _approvers(request, broadcast):
        if person.key != request.actor.key:
            _send(request, person, APPROVAL, broadcast)


def _approvers(request: Request, broadcast: Broadcast) -> list[Person]:
    missing = broadcast.missing(request.settings)
    found = {broadcast.update.speaker.key: broadcast.update.speaker} if "speaker" in missing else {}
    if missing == ("second",):
        office = people.with_role(request.session, Role.CX_OFFICE)
        found |= {one.key: one for one in office if one.key not in {broadcast.asked_by_id, broadcast.update.author_id}}
    return [one for one in found.values() if one.active]


def _send(request: Request, person: Person, subject: str, broadcast: Broadcast) -> None:
    send_later(request.session, deliveries.queue(request.session, person, subject, broadcast.key, request.now))
