"""What a filled engagement form says."""

from __future__ import annotations

from typing import Any

from bot.commands import Request
from bot.domain.engagements import customers, prompts
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Draft, Kind
from bot.domain.engagements.fields import FIELDS, EngagementField, Shape
from bot.domain.errors import InvalidAnswers, Refusal
from bot.domain.people.people import Person
from bot.domain.rights import executives_of
from bot.domain.words.answers import Filled
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
    return Draft(
        kind=Kind(kind),
        happened_on=happened_on or request.actor.today(request.now),
        executives=_executives(request, present),
        customer=_customer(request),
        contacts=tuple(filter(None, (one.strip() for one in filled.text("contacts").split(",")))),
        problems=filled.problems,
        **{one.name: _said(filled, one) for one in FIELDS},
    )


YES, NO = "yes", "no"


def _said(filled: Filled, field: EngagementField) -> Any:
    """What was filled in of a field, as the draft takes it."""
    if field.shape is Shape.YES_NO:
        return {YES: True, NO: False}.get(filled.choice(field.name, {YES, NO}))
    return filled.text(field.name)


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
