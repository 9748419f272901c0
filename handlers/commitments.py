"""/commitments: what I'm to keep and what I promised; a customer's; all, for the CX office."""

from bot.cards import Block, Card, Text, Tone
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers
from bot.domain.errors import NotFound
from bot.domain.people import names, people
from bot.domain.promises import promises
from bot.domain.promises.commitments import Commitment
from bot.domain.rights import may
from bot.domain.words.matching import decide
from bot.views.commitments import listing


def _run(request: Request) -> Card:
    if not request.text:
        return _everyones(request) if may(request.actor, Action.OVERSEE) else _mine(request)
    return _at_customer(request) or _of_person(request) or _of_department(request) or _nothing(request)


def _at_customer(request: Request) -> Card | None:
    """Promised to a customer whose page one may see, or to whom something one may see was promised."""
    mine = promises.visible(promises.to_customers(request.session), request.actor)
    known = {one.id: one for one in customers.readable(request.session, request.actor)}
    known |= {one.customer.key: customers.candidate(one.customer) for one in mine if one.customer}
    winner = decide(request.text, list(known.values())).winner
    if winner is None:
        return None
    found = customers.get(request.session, int(winner.candidate.id))
    return _list(request, f"Commitments to {found.name}", promises.at_customer(request.session, found))


def _of_person(request: Request) -> Card | None:
    """A colleague's, where one may see any of them, or whatever there is to see."""
    winner = decide(request.text, names.candidates(people.staff(request.session))).winner
    if winner is None:
        return None
    named = people.get(request.session, int(winner.candidate.id))
    found = promises.visible(promises.mine(request.session, named), request.actor)
    known = found or named.key == request.actor.key or may(request.actor, Action.OVERSEE)
    return _list(request, f"{named.name}'s commitments", found) if known else None


def _of_department(request: Request) -> Card | None:
    found = promises.visible(promises.every_open(request.session), request.actor)
    found = [one for one in found if one.owner.department.casefold() == request.text.casefold()]
    return _list(request, f"Owned by {found[0].owner.department}", found) if found else None


def _nothing(request: Request) -> Card:
    msg = f"No commitments that you may see are to, or owned by, “{request.text}”"
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
        lead = (Text(text=f"{names} left, with {len(orphans)} open: reassign each.", tone=Tone.WARNING),)
    return _list(request, "Everyone's commitments", found, lead)


def _list(request: Request, title: str, found: list[Commitment], lead: tuple[Block, ...] = ()) -> Card:
    return listing(title, promises.visible(found, request.actor), request.actor, request.now, lead)


COMMAND = Command(
    name="commitments",
    action=Action.LIST_COMMITMENTS,
    help="See commitments: your own, a customer's, a colleague's",
    usage="[customer, colleague or department]",
    label="Commitments",
    order=35,
    run=_run,
)
