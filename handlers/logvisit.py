"""/logvisit: an executive writes down what a customer said."""

from functools import partial

from bot.cards import Form
from bot.commands import Action, Command, Request
from bot.domain.engagements.engagements import Kind
from bot.workflows.engagement_filling import question
from bot.workflows.log_engagement import new_form, save_new


def _form(request: Request) -> Form:
    return new_form(request, Kind.VISIT)


COMMAND = Command(
    name="logvisit",
    action=Action.LOG_ENGAGEMENT,
    help="Log a visit: who you met, what you heard, what surprised you",
    usage="[customer, when, with names: what you heard]",
    label="Log a visit",
    order=10,
    form=_form,
    question=question,
    run=partial(save_new, kind=Kind.VISIT),
)
