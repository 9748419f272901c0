"""Checked: the CX office has looked at a customer that was added in passing (a button on its page)."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers
from bot.measures import listed
from bot.views.customers import card


def _run(request: Request) -> Card:
    customer = customers.get(request.session, request.number("customer"))
    customer.unchecked = False
    found = listed.at_customer(request.session, customer)
    return card(found, request.actor.today(request.now), request.actor, request.settings, request.now)


COMMAND = Command(
    name="check-customer",
    action=Action.CHECK_CUSTOMER,
    help="Mark a customer added in passing as checked",
    listed=False,
    run=_run,
)
