"""Celebrate: thank whoever kept a promise, where everybody reads it (a button on the commitment)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.delivery.queue import post_later, refresh
from bot.domain.errors import NotAllowed, Refusal
from bot.domain.outbox import posts
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.promises import celebrations
from bot.domain.rights import may
from bot.workflows.commitments import shown, taken

Place = tuple[Platform, str]
"""A platform and the id of a channel there."""


def _run(request: Request) -> Card:
    """The commitment is locked meanwhile, so that of two who press at once the second finds what the first has done."""
    commitment = taken(request)
    asked = posts.of(request.session, Subject.CELEBRATION, commitment.key)
    places = _left(celebrations.places(request.settings), asked)
    if not may(request.actor, Action.DECIDE_COMMITMENT, commitment):
        msg = "This is for the executive who made it, their delegates and the CX office"
        raise NotAllowed(msg, "Ask one of them.")
    if not celebrations.is_success(commitment):
        msg = "Only a kept commitment that the customer was told of can be celebrated"
        raise Refusal(msg, "See /commitments for how things stand.")
    _post(request, commitment.key, places)
    refresh(request.session, Subject.COMMITMENT, commitment.key)
    return shown(request, commitment).model_copy(update={"title": "It's on its way to the celebrations channel"})


def _left(places: Sequence[Place], asked: Sequence[ChannelPost]) -> list[Place]:
    """Where it is still to be posted. Once it is somewhere: only on platforms where it failed, not on one switched on since."""
    made = [one for one in asked if not one.failed]
    if not made:
        return list(places)
    open_again = {one.platform for one in asked} - {one.platform for one in made}
    left = [place for place in places if place[0] in open_again]
    if not left:
        msg = f"{made[0].requested_by.name} has celebrated this already"
        raise Refusal(msg, "Each commitment is celebrated once.")
    return left


def _post(request: Request, commitment_id: int, places: Sequence[Place]) -> None:
    if not places:
        msg = "There is no channel for celebrations"
        raise Refusal(msg, "Whoever looks after the bot can name one under channels: in app.yaml.")
    for place in places:
        post_later(
            request.session,
            posts.queue(request.session, Subject.CELEBRATION, commitment_id, place, request.actor, request.now),
        )


COMMAND = Command(
    name="celebrate",
    action=Action.DECIDE_COMMITMENT,
    help="Thank whoever kept a commitment, in the celebrations channel",
    listed=False,
    run=_run,
)
