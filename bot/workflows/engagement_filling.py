"""What the form of an engagement is filled in with from a typed line, where each of it comes from, and what is asked beside a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.cards import Option
from bot.commands import Request
from bot.domain.engagements import customers
from bot.domain.engagements.engagements import Kind
from bot.domain.people import names
from bot.domain.people.people import Person
from bot.domain.words import suggestions
from bot.domain.words.line.understood import CUSTOMER, DAY, PEOPLE, PROMISED, Understood
from bot.domain.words.matching import fold
from bot.domain.words.suggestions import Believed, Question
from bot.domain.words.understanding import understand_engagement
from bot.views.customers import new_option, option
from bot.views.engagements import excerpt
from bot.workflows import promised_lines
from bot.workflows.engagement_answers import usual

_UNDERSTOOD = "This is what I understood. Nothing is saved until you press Save."
_HELPED = "Filled in with the help of {}, so check it. Nothing is saved until you press Save."
Reading = tuple[Understood, Believed | None]
"""A typed line as it is understood, and what a language model adds to it."""

_SHOWN = 80
"""Characters of a line that are shown as what a field comes from."""


@dataclass(frozen=True)
class Filling:
    """What the form is filled in with before a person touches it; `said`, `hints` and `questions` by the names of fields.

    `happened_on` is None where the day must be asked for. `hints` tell which words a field comes from, `questions` what couldn't be told.
    """

    kind: Kind
    happened_on: date | None
    customer: Option | None = None
    customer_words: str = ""
    contacts: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    promised: str = ""
    executives: tuple[Person, ...] = ()
    intro: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)


def question(request: Request) -> Question | None:
    """What a language model is asked about the line that was typed: of customers, only those whose page the person may see are named."""
    return suggestions.question(request.text, customers.readable(request.session, request.actor)) if request.text else None


def understood(request: Request, kind: Kind, reading: Reading | None = None) -> Filling:
    """What a typed line says, to be looked over before it is saved: today where no day is said, and none where one must be asked for.

    `reading` is given by whoever has read the line already.
    """
    heard, helped = reading or read(request)
    promised, too_many = _promised(heard, helped)
    present = usual(request)
    chosen, customer_hint = _customer(request, heard)
    asked = {**heard.questions, **_which_customer(heard), **promised_lines.asked(request, promised, too_many, present)}
    return Filling(
        kind,
        None if heard.asked_for_day else heard.happened_on or request.actor.today(request.now),
        customer=chosen,
        customer_words=heard.customer_words,
        contacts=", ".join(heard.contacts),
        said={"heard": heard.note},
        executives=present,
        promised="\n".join(promised),
        intro=_HELPED.format(request.suggestion.by) if helped and request.suggestion else _UNDERSTOOD,
        hints=_hints(heard, customer_hint),
        questions=asked,
    )


def read(request: Request) -> Reading:
    """A typed line as it is understood, and what a language model adds to it, where the company has one."""
    today, locale = request.actor.today(request.now), request.actor.locale
    known = customers.readable(request.session, request.actor)
    staff = names.directory(request.session)
    heard = understand_engagement(
        request.text, today=today, locale=locale, customers=known, people=staff, country=request.actor.country
    )
    helped = request.suggestion and suggestions.believe(
        request.suggestion, request.text, heard, today=today, locale=locale, customers=known
    )
    return (helped.said, helped) if helped else (heard, None)


def _promised(heard: Understood, helped: Believed | None) -> tuple[list[str], list[str]]:
    """The commitments found, each once, as many as the form takes; and those beyond."""
    lines = {fold(line): line for line in (*heard.promised, *(helped.promised if helped else ()))}
    each = [line for key, line in lines.items() if not any(key != other and key in other for other in lines)]
    return each[: promised_lines.MOST], each[promised_lines.MOST :]


def _customer(request: Request, heard: Understood) -> tuple[Option | None, str]:
    """The customer chosen beforehand, and what to know of one that is new."""
    winner = heard.customer.winner
    if winner is not None:
        return option(customers.get(request.session, int(winner.candidate.id)), request.settings), ""
    if not heard.customer_words or heard.customer.choices or CUSTOMER in heard.questions:
        return None, ""
    new = f"“{heard.customer_words[:80]}” is new here: it will be added, for the CX office to check. Or choose another."
    return new_option(heard.customer_words[:200]), new


def _which_customer(heard: Understood) -> dict[str, str]:
    """Ask which customer is meant where several fit and nothing is asked yet."""
    if not heard.customer.choices or CUSTOMER in heard.questions:
        return {}
    return {CUSTOMER: f"{len(heard.customer.choices)} customers fit “{heard.customer_words}”: choose one."}


def _hints(heard: Understood, customer: str) -> dict[str, str]:
    """For each field that was understood, the words it comes from."""
    origins: Sequence[tuple[str, str]] = [(name, heard.origins.get(name, "").strip()) for name in (CUSTOMER, DAY, PEOPLE, PROMISED)]
    hints = {name: f"From “{excerpt(words, _SHOWN)}”." for name, words in origins if words}
    if customer:
        hints[CUSTOMER] = customer
    if not heard.happened_on and DAY not in heard.questions:
        hints[DAY] = "No day in what you wrote, so today."
    return hints
