"""A customer to show to others, as what is found in Teams' message box is: no word of what was heard there."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers
from bot.measures import engaged
from bot.views.customers import shared


def _run(request: Request) -> Card:
    customer = customers.get_for(request.session, request.number("customer"), request.actor)
    seen = engaged.last_seen(request.session, customer)
    return shared(customer, seen, request.actor.today(request.now), request.settings)


COMMAND = Command(
    name="share-customer",
    action=Action.SEE_CUSTOMER,
    help="Show a customer to others, without what was heard",
    listed=False,
    run=_run,
)
