"""What a reader of an update does."""

from __future__ import annotations

from bot.commands import Request
from bot.domain import recipients, updates
from bot.domain.errors import NotFound, Refusal
from bot.domain.updates import Update


def read_update(request: Request) -> Update:
    """The update a button is about, for somebody who may read it; Refusal when it was recalled."""
    update = updates.get(request.session, request.number("update"))
    if not recipients.may_read(request.session, update, request.actor):
        msg = "There is no such update, or it wasn't sent to you"
        raise NotFound(msg, "See /updates for yours.")
    if update.recalled_at is not None:
        msg = "This update was taken back"
        raise Refusal(msg, "See /updates for those that stand.")
    return update
