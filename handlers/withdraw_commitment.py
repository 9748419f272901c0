"""Withdraw: a promise that won't be kept, and why (a button on it)."""

from bot.cards import Card, Form
from bot.commands import Action, Command, Request
from bot.workflows.commitments import act, form, note, note_field


def _form(request: Request) -> Form:
    return form(request, "Withdraw", "withdraw-commitment", note_field("Why it won't be kept"), submit="Withdraw")


def _run(request: Request) -> Card:
    return act(request, lambda commitment: commitment.give_up(note(request), request.actor, request.now))


COMMAND = Command(
    name="withdraw-commitment", action=Action.DECIDE_COMMITMENT, help="Withdraw a commitment", listed=False, form=_form, run=_run
)
