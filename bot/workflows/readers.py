"""What a reader of an update does."""

from __future__ import annotations

from bot.commands import Request
from bot.domain.errors import NotFound, Refusal
from bot.domain.rights import Action, may
from bot.domain.updates import readers
from bot.domain.updates.updates import Update


def read_update(request: Request, action: Action = Action.READ_UPDATE) -> Update:
    """The update a button is about, for somebody who may read it (or share it); Refusal when it was recalled.

    NotFound says the same of one that isn't there and one that isn't theirs.
    """
    update = request.session.get(Update, request.number("update"))
    if update is None or not may(request.actor, action, readers.reading(request.session, update, request.actor)):
        raise _not_yours()
    return _standing(update)


def written_update(request: Request) -> Update:
    """The same, for somebody who writes it or in whose name it speaks, before it goes out."""
    update = request.session.get(Update, request.number("update"))
    if update is None or not may(request.actor, Action.PREVIEW_UPDATE, update):
        raise _not_yours()
    return _standing(update)


def _not_yours() -> NotFound:
    return NotFound("There is no such update, or it wasn't sent to you", "See /updates for yours.")


def _standing(update: Update) -> Update:
    if update.recalled_at is not None:
        msg = "This update was taken back"
        raise Refusal(msg, "See /updates for those that stand.")
    return update
