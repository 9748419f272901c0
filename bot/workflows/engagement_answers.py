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
from bot.views.forms import day, number, text, texts


def usual(request: Request) -> tuple[Person, ...]:
    """Whom an engagement is logged for when nobody is named: the one asked, oneself, or one's only executive."""
    if request.args.get("prompt"):
        return (prompts.get_for(request.session, request.number("prompt"), request.actor).person,)
    mine = executives_of(request.actor, request.session)
    own = tuple(person for person in mine if person.key == request.actor.key)
    return own or (tuple(mine) if len(mine) == 1 else ())


def _number(value: str, field: str) -> int:
    found = number(value)
    if found is None:
        raise InvalidAnswers({field: "Choose one from the list."})
    return found


def read(request: Request, usual_kind: Kind, present: tuple[Person, ...] | None = None) -> Draft:
    """What was filled in, not yet checked by the domain.

    `usual_kind` is the command's own, for a form that didn't ask; `present` stands for executives the form didn't ask for.
    """
    answers = request.answers
    happened_on = day(answers, "happened_on")
    problems = {} if happened_on else {"happened_on": f"“{text(answers, 'happened_on')}” is no date. Choose a day."}
    kind = text(answers, "kind") or usual_kind
    if kind not in set(Kind):
        problems["kind"] = f"“{kind}” is no kind of engagement. Choose one from the list."
    holds = {"yes": True, "no": False}.get(text(answers, "evidence_holds"))
    return Draft(
        kind=usual_kind if "kind" in problems else Kind(kind),
        happened_on=happened_on or request.actor.today(request.now),
        heard=text(answers, "heard"),
        executives=_executives(request, present),
        customer=_customer(request),
        contacts=tuple(filter(None, (one.strip() for one in text(answers, "contacts").split(",")))),
        stage=text(answers, "stage"),
        surprised=text(answers, "surprised"),
        follow_up=text(answers, "follow_up"),
        evidence_target=text(answers, "evidence_target"),
        evidence_holds=holds,
        problems=problems,
    )


def _executives(request: Request, present: tuple[Person, ...] | None) -> tuple[Person, ...]:
    """Those chosen, of those the actor may log for (or who stood there before)."""
    allowed = {person.key: person for person in (*executives_of(request.actor, request.session), *(present or ()))}
    if "executives" not in request.answers:
        return present if present is not None else usual(request)
    chosen = [_number(value, "executives") for value in texts(request.answers, "executives")]
    if any(key not in allowed for key in chosen):
        raise InvalidAnswers({"executives": "Choose yourself or an executive you log for."})
    return tuple(allowed[key] for key in dict.fromkeys(chosen))


def _customer(request: Request) -> Customer | None:
    value = text(request.answers, "customer")
    if not value:
        return None
    if value.startswith(NEW):
        try:
            return customers.add_unchecked(request.session, value.removeprefix(NEW))
        except Refusal as refusal:
            raise InvalidAnswers({"customer": f"{refusal}. {refusal.advice}"}) from refusal
    known = customers.chosen(request.session, str(_number(value, "customer")), request.actor)
    if known is None:
        raise InvalidAnswers({"customer": "That customer is not known here any more. Search for it by name."})
    return known
