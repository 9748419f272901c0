"""/commitments: what I'm to keep and what I promised; a customer's; all, for the CX office."""

from bot.cards import Block, Card, Text, Tone
from bot.commands import Command, Request
from bot.domain import customers, people, promises
from bot.domain.commitments import Commitment
from bot.domain.errors import NotFound
from bot.domain.matching import decide
from bot.views.commitments import listing


def _run(request: Request) -> Card:
    if not request.text:
        return _everyones(request) if request.actor.oversees else _mine(request)
    customer = decide(request.text, customers.candidates(request.session)).winner
    if customer is not None:
        found = customers.get(request.session, int(customer.candidate.id))
        return _list(request, f"Promised to {found.name}", promises.at_customer(request.session, found))
    person = decide(request.text, people.candidates(people.staff(request.session))).winner
    if person is not None:
        named = people.get(request.session, int(person.candidate.id))
        return _list(request, f"{named.name}'s commitments", promises.mine(request.session, named))
    department = [one for one in promises.every_open(request.session) if one.owner.department.casefold() == request.text.casefold()]
    if department:
        return _list(request, f"Kept by {department[0].owner.department}", department)
    msg = f"Nothing is promised to, or kept by, “{request.text}”"
    raise NotFound(msg, "Name a customer, a colleague or a department, or type /commitments alone for yours.")


def _mine(request: Request) -> Card:
    return _list(request, "Your commitments", promises.mine(request.session, request.actor))


def _everyones(request: Request) -> Card:
    """The CX office's: all that is open, and first a word on those whose owner has left."""
    found = promises.every_open(request.session)
    orphans = [one for one in found if one.left_behind]
    lead: tuple[Block, ...] = ()
    if orphans:
        names = ", ".join(sorted({one.owner.name for one in orphans}))
        lead = (Text(text=f"{names} left, with {len(orphans)} open: hand each on to somebody.", tone=Tone.WARNING),)
    return _list(request, "Everyone's commitments", found, lead)


def _list(request: Request, title: str, found: list[Commitment], lead: tuple[Block, ...] = ()) -> Card:
    return listing(title, promises.visible(found, request.actor), request.actor, request.now, lead)


COMMAND = Command(
    name="commitments",
    help="See what is promised: yours to keep, a customer's, a colleague's",
    usage="[customer, colleague or department]",
    label="Commitments",
    order=35,
    run=_run,
)
