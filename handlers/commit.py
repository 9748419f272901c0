"""/commit: a promise, with an owner and a date, that is never lost."""

from dataclasses import replace
from datetime import date, timedelta

from bot.cards import Card, ChoiceField, DateField, Form, FormField, Option, SearchField, TextField
from bot.commands import Action, Command, Request
from bot.domain.engagements import customers, engagements
from bot.domain.engagements.engagements import Engagement
from bot.domain.errors import InvalidAnswers
from bot.domain.people import names, people
from bot.domain.people.people import Person
from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises import promises
from bot.domain.promises.commitments import LIMIT
from bot.domain.promises.promises import Promise
from bot.domain.rights import executives_of
from bot.domain.words.matching import Candidate, Match, Resolution
from bot.domain.words.promise_words import UnderstoodPromise, understand_promise
from bot.views import commitments as views
from bot.views.customers import option
from bot.views.engagements import stage_options, target_options
from bot.views.people import person_option
from bot.views.roadmap import item_option
from bot.workflows.colleagues import colleagues
from bot.workflows.commitments import colleague, due, tell
from bot.workflows.log_engagement import customer_options

_NOTHING = UnderstoodPromise(Resolution(), "", False, Resolution(), None, "")


def _form(request: Request) -> Form:
    today = request.actor.today(request.now)
    heard = _understood(request, today) if request.text else _NOTHING
    if request.args.get("source_text"):
        heard = replace(heard, myself=False)  # the “I” of a message is its author, not whoever makes a promise of it
    if request.args.get("engagement") and not request.text:
        heard = replace(heard, customer=_customer_of(request))
    fields: list[FormField] = [
        TextField(name="what", label="Commitment", value=heard.what, multiline=True, required=True, max_length=LIMIT),
        _owner_field(request, heard),
        DateField(name="due", label="Due", value=heard.due or (None if request.text else today + timedelta(days=7)), required=True),
        _customer_field(request, heard),
        *_promised_by_field(request),
        *_tie_fields(request),
        *_item_field(request),
    ]
    intro = "This is what I understood. Nothing is saved until you press Save." if request.text else ""
    return Form(title="Add a commitment", command="commit", fields=tuple(fields), args=_kept(request), intro=intro)


def _kept(request: Request) -> dict[str, str]:
    """What the form was opened from: a chat message (which, its link, and its text as it was) or an engagement."""
    sources = ("source_link", "source_text", "source_ref")
    checked = promises.checked_source(*(request.args.get(name, "") for name in sources))
    others = {name: request.args.get(name, "") for name in ("engagement", "form_id")}
    return {name: value for name, value in {**dict(zip(sources, checked, strict=True)), **others}.items() if value}


def _understood(request: Request, today: date) -> UnderstoodPromise:
    return understand_promise(
        request.text,
        today=today,
        locale=request.actor.locale,
        people=names.candidates(people.staff(request.session)),
        customers=customers.readable(request.session, request.actor),
    )


def _engagement(request: Request) -> Engagement | None:
    """The engagement that the form was opened from, for somebody who may change it."""
    if not request.args.get("engagement"):
        return None
    return engagements.get_for(request.session, request.number("engagement"), request.actor, request.settings, request.now)


def _customer_of(request: Request) -> Resolution:
    """The customer of the engagement that the form was opened from."""
    engagement = _engagement(request)
    if engagement is None or engagement.customer is None:
        return Resolution()
    return Resolution(winner=Match(Candidate(engagement.customer.key, engagement.customer.name), 100))


def _owner_field(request: Request, heard: UnderstoodPromise) -> SearchField:
    chosen = colleague(request, "owner") or _decided(request, heard)
    unclear = (
        f"“{heard.owner_words}” may be several people, or none I know: choose one." if heard.owner_words and chosen is None else ""
    )
    return SearchField(
        name="owner",
        label="Who will keep it",
        source="colleagues",
        query=heard.owner_words if chosen is None else "",
        suggestions=colleagues(request, "" if chosen else heard.owner_words),
        values=(person_option(chosen),) if chosen else (),
        required=True,
        help=unclear,
    )


def _decided(request: Request, heard: UnderstoodPromise) -> Person | None:
    if heard.myself:
        return request.actor
    winner = heard.owner.winner
    return people.get(request.session, int(winner.candidate.id)) if winner else None


def _customer_field(request: Request, heard: UnderstoodPromise) -> SearchField:
    answered = request.filled.text("customer")
    winner = heard.customer.winner
    key = answered or (str(winner.candidate.id) if winner and not request.answers else "")
    known = customers.chosen(request.session, key, request.actor)
    chosen: Option | None = option(known, request.settings) if known else None
    words = heard.customer.choices[0].candidate.name if heard.customer.choices else ""
    return SearchField(
        name="customer",
        label="To which customer",
        source="customers",
        suggestions=customer_options(request, words),
        values=(chosen,) if chosen else (),
        help="Leave it empty for a commitment to staff.",
    )


def _promised_by_field(request: Request) -> list[FormField]:
    """Asked only where there is a choice."""
    mine = executives_of(request.actor, request.session)
    if len(mine) == 1:
        return []
    own = next((one for one in mine if one.key == request.actor.key), None)
    chosen = colleague(request, "promised_by") or own
    return [
        SearchField(
            name="promised_by",
            label="In whose name",
            source="executives",
            suggestions=tuple(person_option(one) for one in mine[:100]),
            values=(person_option(chosen),) if chosen else (),
            required=True,
        )
    ]


def _tie_fields(request: Request) -> list[FormField]:
    """Which stage and target it serves: an engagement says so itself."""
    if request.args.get("engagement"):
        return []
    return [
        ChoiceField(name="stage", label="Stage of their journey", options=stage_options(request.settings)),
        ChoiceField(name="target", label="Which goal does this relate to?", options=target_options(request.settings)),
    ]


def _item_field(request: Request) -> list[FormField]:
    """Which planned change mends the cause; asked once something is on the roadmap."""
    planned = tuple(item_option(one) for one in roadmap.items(request.session) if one.is_open)
    if not planned:
        return []
    return [SearchField(name="item", label="Permanent fix", source="roadmap", suggestions=planned[:100])]


def _item(request: Request) -> RoadmapItem | None:
    key = request.filled.id("item")
    found = request.session.get(RoadmapItem, key) if key is not None else None
    if key is not None and found is None:
        raise InvalidAnswers({"item": "Choose one from the list."})
    return found


def _ties(request: Request) -> tuple[str, str]:
    """The stage and target chosen, of those there are."""
    stages, targets = stage_options(request.settings), target_options(request.settings)
    chosen = request.filled.choice
    return chosen("stage", {one.value for one in stages}), chosen("target", {one.value for one in targets})


def _run(request: Request) -> Card:
    mine = {one.key: one for one in executives_of(request.actor, request.session)}
    named = colleague(request, "promised_by")
    promised_by = mine.get(named.key) if named else next(iter(mine.values()), None) if len(mine) == 1 else None
    value = request.filled.text("customer")
    customer = customers.chosen(request.session, value, request.actor)
    if value and customer is None:
        raise InvalidAnswers({"customer": "Choose a customer from the list. A visit logged to a new one adds it."})
    stage, target = _ties(request)
    pledge = Promise(
        what=request.filled.text("what"),
        due=due(request),
        owner=colleague(request, "owner"),
        promised_by=promised_by,
        customer=customer,
        engagement=_engagement(request),
        item=_item(request),
        source_link=request.args.get("source_link", ""),
        source_text=request.args.get("source_text", ""),
        source_ref=request.args.get("source_ref", ""),
        stage=stage,
        target=target,
    )
    commitment = promises.promise(request.session, pledge, request.actor, request.now)
    tell(request, commitment)
    to = "you" if commitment.owner_id == request.actor.id else commitment.owner.name
    return views.card(commitment, request.actor, request.now, title=f"Promised, for {to} to keep")


COMMAND = Command(
    name="commit",
    action=Action.COMMIT,
    help="Add a commitment: its owner, for which customer, by when",
    usage="[@owner to do what by when]",
    label="Add a commitment",
    order=25,
    form=_form,
    run=_run,
)
