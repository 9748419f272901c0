"""What a filled engagement form says."""

from __future__ import annotations

from bot.commands import Request
from bot.domain.engagements import customers, prompts
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Draft, Kind
from bot.domain.errors import InvalidAnswers, Refusal
from bot.domain.people.people import Person
from bot.domain.rights import executives_of
from bot.views.customers import NEW


def usual(request: Request) -> tuple[Person, ...]:
    """Whom an engagement is logged for when nobody is named: the one asked, oneself, or one's only executive."""
    if request.args.get("prompt"):
        return (prompts.get_for(request.session, request.number("prompt"), request.actor).person,)
    mine = executives_of(request.actor, request.session)
    own = tuple(person for person in mine if person.key == request.actor.key)
    return own or (tuple(mine) if len(mine) == 1 else ())


def read(request: Request, usual_kind: Kind, present: tuple[Person, ...] | None = None) -> Draft:
    """What was filled in, not yet checked by the domain.

    `usual_kind` is the command's own, for a form that didn't ask; `present` stands for executives the form didn't ask for.
    """
    filled = request.filled
    happened_on = filled.day("happened_on", missing="Choose a day.")
    wrong = f"“{filled.text('kind')[:80]}” is no kind of engagement. Choose one from the list."
    kind = filled.choice("kind", set(Kind), wrong=wrong) or usual_kind
    holds = {"yes": True, "no": False}.get(filled.choice("evidence_holds", {"yes", "no"}))
    return Draft(
        kind=Kind(kind),
        happened_on=happened_on or request.actor.today(request.now),
        heard=filled.text("heard"),
        executives=_executives(request, present),
        customer=_customer(request),
        contacts=tuple(filter(None, (one.strip() for one in filled.text("contacts").split(",")))),
        stage=filled.text("stage"),
        surprised=filled.text("surprised"),
        follow_up=filled.text("follow_up"),
        evidence_target=filled.text("evidence_target"),
        evidence_holds=holds,
        problems=filled.problems,
    )


def _executives(request: Request, present: tuple[Person, ...] | None) -> tuple[Person, ...]:
    """Those chosen, of those the actor may log for (or who stood there before)."""
    allowed = {person.key: person for person in (*executives_of(request.actor, request.session), *(present or ()))}
    if "executives" not in request.filled:
        return present if present is not None else usual(request)
    chosen = request.filled.ids("executives")
    if any(key not in allowed for key in chosen):
        raise InvalidAnswers({"executives": "Choose yourself or an executive you log for."})
    return tuple(allowed[key] for key in chosen)


def _customer(request: Request) -> Customer | None:
    value = request.filled.text("customer")
    if not value:
        return None
    if value.startswith(NEW):
        try:
            return customers.add_unchecked(request.session, value.removeprefix(NEW))
        except Refusal as refusal:
            raise InvalidAnswers({"customer": f"{refusal}. {refusal.advice}"}) from refusal
    if request.filled.id("customer") is None:
        return None
    known = customers.chosen(request.session, value, request.actor)
    if known is None:
        raise InvalidAnswers({"customer": "That customer is not known here any more. Search for it by name."})
    return known
