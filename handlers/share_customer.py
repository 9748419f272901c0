"""A customer to show to others, as what is found in Teams' message box is: no word of what was heard there."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers, engagements
from bot.views.customers import shared


def _run(request: Request) -> Card:
    customer = customers.get_for(request.session, request.number("customer"), request.actor)
    seen = engagements.last_seen(request.session, [customer.key]).get(customer.key)
    return shared(customer, seen, request.actor.today(request.now), request.settings)


COMMAND = Command(
    name="share-customer",
    action=Action.SEE_CUSTOMER,
    help="Show a customer to others, without what was heard",
    listed=False,
    run=_run,
)
