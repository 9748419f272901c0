"""Told them: the customer knows that a promise was kept (a button on it)."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.workflows.commitments import act


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.tell(request.actor, request.now))


COMMAND = Command(name="told-customer", help="Say that the customer was told", listed=False, run=_run)
