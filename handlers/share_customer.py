"""A customer to show to others, as what is found in Teams' message box is: no word of what was heard there."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.domain import customers, engagements
from bot.domain.engagements import may_read_customer
from bot.domain.errors import NotAllowed
from bot.views.customers import shared


def _run(request: Request) -> Card:
    customer = customers.get(request.session, request.number("customer"))
    if not may_read_customer(request.actor, customer):
        msg = "Executives, their delegates, the CX office and a customer's owner see its page"
        raise NotAllowed(msg)
    seen = engagements.last_seen(request.session, [customer.key]).get(customer.key)
    return shared(customer, seen, request.actor.today(request.now), request.settings)


COMMAND = Command(name="share-customer", help="Show a customer to others, without what was heard", listed=False, run=_run)
