"""/customer: who owns it, when it was last seen, what was heard."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.errors import NotFound, Refusal
from bot.domain.rights import may
from bot.domain.words.matching import decide
from bot.measures import listed
from bot.views.customers import card, choose


def _run(request: Request) -> Card:
    if request.args.get("customer"):
        return _show(request, customers.get_for(request.session, request.number("customer"), request.actor))
    if not request.text:
        msg = "Which customer?"
        raise Refusal(msg, "Type its name after the command, such as /customer Acme.")
    if len(request.text) > 200:
        msg = "A customer's name has at most 200 characters"
        raise NotFound(msg, "Type its name alone. To log what was heard there, begin with /logvisit.")
    found = decide(request.text, customers.readable(request.session, request.actor))
    if found.winner is not None:
        return _show(request, customers.get(request.session, int(found.winner.candidate.id)))
    if found.choices:
        fitting = customers.by_ids(request.session, [int(one.candidate.id) for one in found.choices])
        return choose(request.text, fitting, "customer")
    if not may(request.actor, Action.FIND_CUSTOMERS):
        msg = f"You have no customer called “{request.text}”"
        raise NotFound(msg, "You see those you own. Ask the CX office if you need another.")
    msg = f"No customer is called “{request.text}”"
    raise NotFound(msg, "Check the spelling. A visit logged to a new customer adds it.")


def _show(request: Request, customer: Customer) -> Card:
    found = listed.at_customer(request.session, customer)
    return card(found, request.actor.today(request.now), request.actor, request.settings, request.now)


COMMAND = Command(
    name="customer",
    action=Action.SEE_CUSTOMER,
    help="See a customer: owner, segment, when we last saw them, what we heard",
    usage="NAME",
    order=40,
    run=_run,
)
