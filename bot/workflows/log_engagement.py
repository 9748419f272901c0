"""The form an engagement is logged or corrected with, and the saving of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypedDict

from bot.cards import Card, ChoiceField, DateField, Form, FormField, Option, SearchField, TextField
from bot.commands import Request
from bot.delivery.queue import refresh
from bot.domain.engagements import customers, engagements, prompts
from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.engagements.fields import CONTACTS_LIMIT, FIELDS, LIMIT, EngagementField, Place, Shape
from bot.domain.outbox.subjects import Subject
from bot.domain.promises import promises
from bot.domain.promises.commitments import Commitment
from bot.domain.rights import Action, executives_of, may
from bot.domain.words.line.understood import CUSTOMER, DAY, PEOPLE, PROMISED
from bot.measures.pledged import progress
from bot.views.commitments import promised_line
from bot.views.customers import NEW, new_option, option
from bot.views.engagements import logged, stage_options, target_options
from bot.views.people import person_option
from bot.workflows import promised_lines
from bot.workflows.engagement_answers import NO, YES, read, usual
from bot.workflows.engagement_filling import Filling, Reading, understood

SUGGESTED = 100


class _Beside(TypedDict):
    help: str
    question: str


def new_form(request: Request, kind: Kind, reading: Reading | None = None) -> Form:
    """The form for a new engagement, filled in with what was typed or with the customer the button was about.

    `reading` is what was typed, where it has been read already.
    """
    filling = understood(request, kind, reading) if request.text else _blank(request, kind)
    verb = "Log a call" if kind == Kind.CALL else "Log a visit"
    return _form(request, filling, title=verb, command=request.command, args=_kept(request))


def _kept(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name in {"prompt", "engagement", "form_id"}}


def _blank(request: Request, kind: Kind) -> Filling:
    chosen = None
    if request.args.get("customer"):
        chosen = option(customers.get_for(request.session, request.number("customer"), request.actor), request.settings)
    return Filling(kind, request.actor.today(request.now), customer=chosen, executives=usual(request))


def edit_form(request: Request) -> Form:
    """The form for one that is logged already, filled in with what it says."""
    engagement = engagements.get_for(request.session, request.number("engagement"), request.actor, request.settings, request.now)
    filling = Filling(
        engagement.kind,
        engagement.happened_on,
        customer=option(engagement.customer, request.settings) if engagement.customer else None,
        contacts=", ".join(contact.name for contact in engagement.contacts),
        said={one.name: getattr(engagement, one.name) for one in FIELDS},
        executives=tuple(engagement.executives),
    )
    return _form(request, filling, title="Edit engagement", command="edit-engagement", args=_kept(request))


def _form(request: Request, filling: Filling, *, title: str, command: str, args: dict[str, str]) -> Form:
    fields = _fields(request, filling, fresh="engagement" not in args)
    return Form(title=title, command=command, args=args, fields=tuple(fields), intro=filling.intro)


def _fields(request: Request, filling: Filling, *, fresh: bool) -> list[FormField]:
    asked = {place: [_field(one, filling.said.get(one.name), request) for one in FIELDS if one.place is place] for place in Place}
    return [
        _customer_field(request, filling),
        *asked[Place.FIRST],
        *(
            (promised_lines.field(filling.promised, filling.hints.get(PROMISED, ""), filling.questions.get(PROMISED, "")),)
            if fresh
            else ()
        ),
        DateField(name=DAY, label="When", value=filling.happened_on, required=True, **_beside(filling, DAY)),
        ChoiceField(name="kind", label="Kind", options=_KINDS, value=filling.kind.value, required=True),
        TextField(
            name=PEOPLE,
            label="Who you met",
            value=filling.contacts,
            placeholder="Names or roles, with commas",
            max_length=CONTACTS_LIMIT,
            **_beside(filling, PEOPLE),
        ),
        *_executives_field(request, filling),
        *asked[Place.MIDDLE],
        *asked[Place.LAST],
    ]


def _beside(filling: Filling, name: str) -> _Beside:
    """What stands beside a field: the words it comes from, and what is asked."""
    return {"help": filling.hints.get(name, ""), "question": filling.questions.get(name, "")}


def _field(one: EngagementField, value: Any, request: Request) -> FormField:
    """One field of the list as it is asked, filled in with `value`."""
    if one.shape.typed:
        many = one.shape is Shape.TEXT
        return TextField(
            name=one.name,
            label=one.label,
            value=value or "",
            multiline=many,
            required=one.required,
            placeholder=one.placeholder,
            max_length=LIMIT,
        )
    chosen = {True: YES, False: NO}.get(value, "") if one.shape is Shape.YES_NO else value or ""
    return ChoiceField(name=one.name, label=one.label, options=_options(one, request), value=chosen, required=one.required)


def _options(one: EngagementField, request: Request) -> tuple[Option, ...]:
    """What there is to choose from."""
    if one.shape is Shape.YES_NO:
        return (Option(value=YES, label=one.yes), Option(value=NO, label=one.no))
    return (stage_options if one.shape is Shape.STAGE else target_options)(request.settings)


_KINDS = tuple(Option(value=kind.value, label=kind.label) for kind in Kind)


def _customer_field(request: Request, filling: Filling) -> SearchField:
    answered = request.filled.text("customer")
    chosen = _customer_option(request, answered) if answered else filling.customer
    return SearchField(
        name="customer",
        label="Customer",
        source="customers",
        query=filling.customer_words if chosen is None else "",
        suggestions=customer_options(request, filling.customer_words),
        values=(chosen,) if chosen else (),
        placeholder="Type a few letters",
        **_beside(filling, CUSTOMER),
    )


def _customer_option(request: Request, value: str) -> Option:
    if value.startswith(NEW):
        return new_option(value.removeprefix(NEW))
    known = customers.chosen(request.session, value, request.actor)
    return option(known, request.settings) if known else Option(value=value, label=value)


def customer_options(request: Request, query: str) -> tuple[Option, ...]:
    """The best customers for what was typed, at most 100; the offer to add it comes last, unless one has exactly that name."""
    if not may(request.actor, Action.FIND_CUSTOMERS):
        return ()
    found = customers.search(request.session, query, SUGGESTED)
    options = [option(customer, request.settings) for customer in found]
    name = " ".join(query.split())
    if name and len(name) <= 65 and customers.named(request.session, name) is None:
        options = [*options[: SUGGESTED - 1], new_option(name)]
    return tuple(options)


def _executives_field(request: Request, filling: Filling) -> list[FormField]:
    """Asked only where there is a choice: an executive without delegation is simply the one who was there."""
    mine = executives_of(request.actor, request.session)
    if {person.key for person in (*mine, *filling.executives)} == {request.actor.key}:
        return []
    chosen = filling.executives
    if request.answers.get("executives"):
        wanted = set(request.filled.texts("executives"))
        known = {person.key: person for person in (*mine, *filling.executives)}
        chosen = tuple(person for key, person in known.items() if str(key) in wanted)
    return [
        SearchField(
            name="executives",
            label="Executives who were there",
            source="executives",
            suggestions=tuple(person_option(person) for person in mine[:SUGGESTED]),
            values=tuple(person_option(person) for person in chosen),
            multiple=True,
            required=True,
        )
    ]


def save_new(request: Request, kind: Kind) -> Card:
    """Store it, close the prompts it answers, and confirm. `kind` is what it is where the form doesn't say."""
    draft = read(request, kind)
    lines = promised_lines.read(request, draft.executives)
    if lines.problem:
        draft = replace(draft, problems={**draft.problems, promised_lines.FIELD: lines.problem})
    engagement = engagements.log(request.session, draft, request.actor, request.settings, request.now)
    kept = promised_lines.keep(request, engagement, lines)
    answered = prompts.answered_by(request.session, engagement, request.now)
    if request.args.get("prompt"):
        answered += _late_answer(request, engagement)
    for prompt in answered:
        refresh(request.session, Subject.PROMPT, prompt.key)
    return _confirmation(request, engagement, kept=kept)


def _late_answer(request: Request, engagement: Engagement) -> list[prompts.Prompt]:
    """A prompt that had expired, answered after all; one that was answered keeps its first answer."""
    prompt = prompts.get_for(request.session, request.number("prompt"), request.actor)
    if prompt.state != prompts.PromptState.EXPIRED or prompt.person_id not in {one.id for one in engagement.executives}:
        return []
    prompt.answer(engagement, request.now)
    return [prompt]


def save_edit(request: Request) -> Card:
    """Correct one that is logged already."""
    engagement = engagements.get_for(request.session, request.number("engagement"), request.actor, request.settings, request.now)
    draft = read(_completed(request), engagement.kind, present=tuple(engagement.executives))
    draft.check(request.actor, request.settings, request.now, before=engagement)
    was_with = engagement.customer_id
    engagement.correct(draft, request.actor, request.settings, request.now)
    request.session.flush()
    for one in promises.follow(request.session, engagement, was_with):
        refresh(request.session, Subject.COMMITMENT, one.key)
    return _confirmation(request, engagement, changed=True)


def _completed(request: Request) -> Request:
    """What a form of an older version didn't ask for stays as it is: it isn't the same as an answer left empty."""
    return replace(request, answers={**edit_form(replace(request, answers={})).answers, **request.answers})


def _confirmation(request: Request, engagement: Engagement, *, changed: bool = False, kept: Sequence[Commitment] = ()) -> Card:
    present = engagement.executives
    alone = present[0] if len(present) == 1 else None
    done = progress(request.session, alone, request.settings, alone.today(request.now)) if alone else None
    return logged(engagement, request.settings, done, changed=changed, promised=tuple(map(promised_line, kept)))
