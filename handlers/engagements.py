"""/engagements: mine, newest first; with a name, a customer or words heard, for those allowed."""

from bot.cards import Block, Card
from bot.commands import Command, Request, Role
from bot.domain import customers, engagements, people
from bot.domain.engagements import Wanted, may_read_customer
from bot.domain.errors import NotAllowed, Refusal
from bot.domain.matching import decide
from bot.domain.participation import turnout
from bot.domain.people import Person
from bot.views.customers import choose, to_check
from bot.views.engagements import listing, turnout_blocks

_LONGEST = 300
"""Characters looked for: they travel in the buttons to older pages, and PostgreSQL searches no word over 2,046 bytes."""


def _run(request: Request) -> Card:
    text = request.args.get("q", request.text)
    offset = request.number("offset") if request.args.get("offset") else 0
    if len(text) > _LONGEST:
        msg = f"That is {len(text):,} characters to look for; {_LONGEST} fit"
        raise Refusal(msg, "Name a person or a customer, or a few words that were heard.")
    if request.args.get("customer"):
        return _at_customer(request, customers.get(request.session, request.number("customer")), offset)
    if not text:
        return _of_everyone(request, offset) if request.actor.oversees else _mine(request, offset)
    return _named(request, text, offset)


def _page(request: Request, wanted: Wanted, title: str, text: str, offset: int, top: tuple[Block, ...] = ()) -> Card:
    page = engagements.page(request.session, wanted, offset, request.settings.engagements.page_size)
    return listing(title, page, request.actor, request.settings, request.now, text, top)


def _mine(request: Request, offset: int) -> Card:
    return _page(request, Wanted(executive=request.actor, logged_by=request.actor), "Your engagements", "", offset)


def _of_everyone(request: Request, offset: int) -> Card:
    top: tuple[Block, ...] = ()
    if offset == 0:
        standing = turnout_blocks(turnout(request.session, request.settings, request.now))
        top = (*standing, *to_check(customers.unchecked(request.session)))
    return _page(request, Wanted(), "Everyone's engagements", "", offset, top)


def _named(request: Request, text: str, offset: int) -> Card:
    """A person's name before a customer's, and both before words that were heard."""
    person = decide(text, people.candidates(people.executives(request.session))).winner
    if person is not None:
        return _of_person(request, people.get(request.session, int(person.candidate.id)), offset)
    customer = decide(text, customers.candidates(request.session))
    if customer.winner is not None:
        return _at_customer(request, customers.get(request.session, int(customer.winner.candidate.id)), offset)
    if customer.choices:
        return choose(text, customers.by_ids(request.session, [int(one.candidate.id) for one in customer.choices]), "engagements")
    return _with_words(request, text, offset)


def _of_person(request: Request, person: Person, offset: int) -> Card:
    if not (request.actor.oversees or request.actor.acts_for(person.key)):
        msg = f"Only {person.name}, their delegates and the CX office see {person.name}'s engagements"
        raise NotAllowed(msg, "Ask for a customer instead, such as /engagements and the customer's name.")
    return _page(request, Wanted(executive=person), f"{person.name}'s engagements", person.name, offset)


def _at_customer(request: Request, customer: customers.Customer, offset: int) -> Card:
    if not may_read_customer(request.actor, customer):
        msg = "Executives, their delegates, the CX office and the customer's owner see what was heard there"
        raise NotAllowed(msg, "Ask the CX office if you need it.")
    return _page(request, Wanted(customer=customer), f"Engagements with {customer.name}", customer.name, offset)


def _with_words(request: Request, text: str, offset: int) -> Card:
    own = None if request.actor.oversees else request.actor
    return _page(request, Wanted(executive=own, logged_by=own, words=text), f"Engagements that mention “{text}”", text, offset)


COMMAND = Command(
    name="engagements",
    help="See what was heard: yours, a person's, a customer's, or by words",
    usage="[name, customer or words]",
    label="Engagements",
    order=30,
    needs=frozenset({Role.EXECUTIVE, Role.DELEGATE, Role.CX_OFFICE, Role.ADMIN}),
    run=_run,
)
