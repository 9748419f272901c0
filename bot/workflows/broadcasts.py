"""What every press on a broadcast does alike: take it as it is now, change it, show how it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.cards import Card
from bot.commands import Request
from bot.delivery import asking, lanes
from bot.domain import broadcasts, standings, updates
from bot.domain.broadcasts import Broadcast, BroadcastState
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.domain.standings import Standing
from bot.views import broadcasts as views
from bot.views.refusals import changed_since, noted


def taken(request: Request) -> Broadcast:
    """The broadcast the button is about, and its update, both locked; NotFound for somebody who may neither change nor approve it."""
    broadcast = broadcasts.get(request.session, request.number("broadcast"))
    update = updates.get(request.session, broadcast.update_id, lock=True)
    actor = request.actor
    if not (update.may_change(actor) or actor.acts_for(update.speaks_for_id) or actor.has(Role.EXECUTIVE)):
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
    """Its words have changed: whoever agreed to the old ones is asked anew; those nobody need be asked about are its readers' at once."""
    session, settings = request.session, request.settings
    session.flush()
    waited = broadcast.state == BroadcastState.WAITING
    if broadcast.reconsider(settings) or (waited and broadcast.missing(settings)):
        lanes.tell(session, broadcast)
        asking.ask(session, broadcast, settings, but=request.actor, again=not waited)
    elif broadcast.started_at is not None:
        broadcast.go(settings)
        lanes.go_on(session, broadcast, settings)


def go(request: Request, broadcast: Broadcast) -> None:
    """Send it when nothing is missing any more, with a card that shows how it goes; else ask those whose agreement is missing."""
    if not broadcast.go(request.settings):
        asking.ask(request.session, broadcast, request.settings, but=request.actor)
    elif broadcast.started_at is not None:
        lanes.go_on(request.session, broadcast, request.settings)
    elif broadcast.state == BroadcastState.SCHEDULED:
        lanes.schedule(request.session, broadcast)
        asking.tell_sender(request.session, broadcast, request.settings)
