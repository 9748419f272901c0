"""/engagements: mine, newest first; with a name, a customer or words heard, for those allowed."""

from bot.cards import Block, Card, Text, Tone
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers
from bot.domain.engagements.engagements import Wanted
from bot.domain.errors import Refusal
from bot.domain.people import names, people
from bot.domain.people.people import Person
from bot.domain.rights import may
from bot.domain.words.matching import decide
from bot.measures import listed, pledged, scope
from bot.views.customers import choose, to_check
from bot.views.engagements import listing, turnout_blocks

_LONGEST = 300
"""Characters looked for: they travel in the buttons to older pages, and PostgreSQL searches no word over 2,046 bytes."""


def _run(request: Request) -> Card:
    text = request.args.get("q", request.text)
    offset = request.number("offset", 0)
    if len(text) > _LONGEST:
        msg = f"That is {len(text):,} characters to look for; {_LONGEST} fit"
        raise Refusal(msg, "Name a person or a customer, or a few words that were heard.")
    if request.args.get("customer"):
        return _at_customer(request, customers.get_for(request.session, request.number("customer"), request.actor), offset)
    if not text:
        return _of_everyone(request, offset) if may(request.actor, Action.OVERSEE) else _mine(request, offset)
    return _named(request, text, offset)


def _page(request: Request, wanted: Wanted, title: str, text: str, offset: int, top: tuple[Block, ...] = ()) -> Card:
    page = listed.page(request.session, wanted, offset, request.settings.engagements.page_size)
    return listing(title, page, request.actor, request.settings, request.now, text, top)


def _mine(request: Request, offset: int) -> Card:
    return _page(request, Wanted(executive=request.actor, logged_by=request.actor), "Your engagements", "", offset)


def _of_everyone(request: Request, offset: int) -> Card:
    top: tuple[Block, ...] = ()
    if offset == 0:
        top = (*_turnout(request), *to_check(customers.unchecked(request.session)))
    return _page(request, Wanted(), "Everyone's engagements", "", offset, top)


def _turnout(request: Request) -> tuple[Block, ...]:
    window = scope.quarter(request.settings, request.now)
    found = pledged.standings(request.session, scope.COMPANY, window, request.settings)
    return turnout_blocks(pledged.summed(found).begun, pledged.with_people(request.session, found))


def _named(request: Request, text: str, offset: int) -> Card:
    """A person's name before a customer's, and both before words that were heard."""
    mine = [one for one in people.executives(request.session) if may(request.actor, Action.SEE_ENGAGEMENTS_OF, one)]
    person = decide(text, names.candidates(mine)).winner
    if person is not None:
        return _of_person(request, people.get(request.session, int(person.candidate.id)), offset)
    customer = decide(text, customers.readable(request.session, request.actor))
    if customer.winner is not None:
        return _at_customer(request, customers.get(request.session, int(customer.winner.candidate.id)), offset)
    if customer.choices:
        return choose(text, customers.by_ids(request.session, [int(one.candidate.id) for one in customer.choices]), "engagements")
    return _with_words(request, text, offset)


def _of_person(request: Request, person: Person, offset: int) -> Card:
    return _page(request, Wanted(executive=person), f"{person.name}'s engagements", person.name, offset)


def _at_customer(request: Request, customer: customers.Customer, offset: int) -> Card:
    return _page(request, Wanted(customer=customer), f"Engagements with {customer.name}", customer.name, offset)


def _with_words(request: Request, text: str, offset: int) -> Card:
    if may(request.actor, Action.OVERSEE):
        return _page(request, Wanted(words=text), f"Engagements that mention “{text}”", text, offset)
    own = Wanted(executive=request.actor, logged_by=request.actor, words=text)
    if listed.page(request.session, own, 0, 0).total:
        return _page(request, own, f"Your engagements that mention “{text}”", text, offset)
    hint = f"If that is a colleague's name: Only {text}, their delegates and the CX office see those engagements."
    return Card(title=f"No engagement of yours mentions “{text}”", blocks=(Text(text=hint, tone=Tone.MUTED),))


COMMAND = Command(
    name="engagements",
    action=Action.SEE_ENGAGEMENTS,
    help="See what was heard: yours, a person's, a customer's, or by words",
    usage="[name, customer or words]",
    label="Engagements",
    order=30,
    run=_run,
)
