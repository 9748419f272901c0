"""/customer: who owns it, when it was last seen, what was heard."""

from bot.cards import Card
from bot.commands import Command, Request
from bot.domain import customers, engagements
from bot.domain.customers import Customer
from bot.domain.engagements import Wanted, may_read_customer
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.matching import decide
from bot.views.customers import card, choose


def _run(request: Request) -> Card:
    if request.args.get("customer"):
        return _show(request, customers.get(request.session, request.number("customer")))
    if not request.text:
        msg = "Which customer?"
        raise Refusal(msg, "Type its name after the command, such as /customer Acme.")
    if len(request.text) > 200:
        msg = "A customer's name has at most 200 characters"
        raise NotFound(msg, "Type its name alone. To log what was heard there, begin with /logvisit.")
    found = decide(request.text, customers.candidates(request.session))
    if found.winner is not None:
        return _show(request, customers.get(request.session, int(found.winner.candidate.id)))
    fitting = customers.by_ids(request.session, [int(one.candidate.id) for one in found.choices])
    readable = [one for one in fitting if may_read_customer(request.actor, one)]
    if readable:
        return choose(request.text, readable, "customer")
    msg = f"No customer is called “{request.text}”"
    raise NotFound(msg, "Check the spelling. A visit logged to a new customer adds it.")


def _show(request: Request, customer: Customer) -> Card:
    if not may_read_customer(request.actor, customer):
        msg = "Executives, their delegates, the CX office and a customer's owner see its page"
        raise NotAllowed(msg, "Ask the CX office if you need it.")
    page = engagements.page(request.session, Wanted(customer=customer), 0, 3)
    return card(customer, page, request.actor.today(request.now), request.actor, request.settings, request.now)


COMMAND = Command(
    name="customer",
    help="See a customer: owner, segment, when we last saw them, what we heard",
    usage="NAME",
    order=40,
    run=_run,
)
