"""What every press on a broadcast does alike: take it as it is now, change it, show how it stands."""

from __future__ import annotations

from collections.abc import Callable

from bot.cards import Card
from bot.commands import Request
from bot.delivery.broadcasts import asking, lanes
from bot.domain.errors import NotFound, Refusal
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.domain.rights import Action, may
from bot.domain.updates import approvers, broadcasts, updates
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.measures import standings
from bot.measures.standings import Standing
from bot.views import broadcasts as views
from bot.views.broadcast_steps import stale_key
from bot.views.refusals import changed_since, noted


def taken(request: Request) -> Broadcast:
    """The broadcast the button is about, and its update, both locked; NotFound for whoever may neither see nor approve it."""
    broadcast = broadcasts.get(request.session, request.number("broadcast"))
    updates.get(request.session, broadcast.update_id, lock=True)
    if may(request.actor, Action.SEE_BROADCAST, broadcast) or may_approve(request, broadcast):
        return broadcast
    if any(one.person_id == request.actor.key for one in deliveries.copies(request.session, Subject.APPROVAL, broadcast.key)):
        msg = "This doesn't wait for your approval any more"
        raise Refusal(msg, "Someone else has answered, or its words have changed since you were asked.")
    msg = "There is no such broadcast"
    raise NotFound(msg, broadcasts.UNKNOWN)


def may_approve(request: Request, broadcast: Broadcast) -> bool:
    """Whether it waits for the one who asks."""
    return may(request.actor, Action.APPROVE_UPDATE, approvers.asked(request.session, broadcast, request.settings))


def standing(request: Request, broadcast: Broadcast) -> Standing:
    """How it stands."""
    request.session.flush()
    return standings.of(request.session, broadcast, request.settings, request.now)


def show(request: Request, broadcast: Broadcast) -> Card:
    """Its card; to those who were only asked to approve it, that they have answered."""
    seen = views.card if may(request.actor, Action.SEE_BROADCAST, broadcast) else views.answered
    return seen(standing(request, broadcast), request.actor)


def truth(request: Request, broadcast: Broadcast) -> Card:
    """How it stands, to whoever pressed an old button: with the two answers, where it waits for them."""
    if not may(request.actor, Action.CHANGE_UPDATE, broadcast.update) and may_approve(request, broadcast):
        return views.approval(standing(request, broadcast), request.actor)
    return show(request, broadcast)


def proposal(request: Request, broadcast: Broadcast) -> Card:
    """Its words as they'd go out, while it waits; with the two answers only where it waits for whoever asks."""
    if broadcast.state == BroadcastState.WAITING:
        return views.approval(standing(request, broadcast), request.actor, answers=may_approve(request, broadcast))
    return show(request, broadcast)


def act(request: Request, change: Callable[[Broadcast], object]) -> Card:
    """Change it, unless somebody was quicker: then the truth is shown, and nothing is overwritten."""
    broadcast = taken(request)
    if request.args.get("version") != stale_key(broadcast):
        return changed_since(truth(request, broadcast))
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
