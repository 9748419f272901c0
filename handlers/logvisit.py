"""/logvisit: an executive writes down what a customer said."""

from functools import partial

from bot.cards import Form
from bot.commands import Command, Request, Role
from bot.domain.engagements import Kind
from bot.workflows.log_engagement import new_form, save_new


def _form(request: Request) -> Form:
    return new_form(request, Kind.VISIT)


COMMAND = Command(
    name="logvisit",
    help="Log a visit: whom you saw, what you heard, what surprised you",
    usage="[customer, when, with whom: what you heard]",
    label="Log a visit",
    order=10,
    needs=frozenset({Role.EXECUTIVE, Role.DELEGATE, Role.CX_OFFICE, Role.ADMIN}),
    form=_form,
    run=partial(save_new, kind=Kind.VISIT),
)
