"""What the form is filled in with for a line, by the product's own reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.words.matching import Candidate
from bot.domain.words.promise_words import understand_promise
from bot.domain.words.suggestions import Question, Suggestion, believe, question
from bot.domain.words.understanding import understand_engagement
from tests.lines.corpus import MYSELF, TODAY, Promise, Row


@dataclass(frozen=True)
class Filling:
    """What stands in the form before a person touches it: `customer` "" and `day` None where it asks."""

    customer: str
    new: bool
    day: date | None
    contacts: tuple[str, ...]
    note: str
    promises: tuple[Promise, ...]


def asked(row: Row) -> Question | None:
    """What a language model would be asked about a row's line."""
    return question(row.line, _customers(row))


def fill(row: Row, suggestion: Suggestion | None = None) -> Filling:
    """Read a row's line as `/logvisit` does for somebody with the row's locale, in a company with the row's customers; a model may help."""
    customers = _customers(row)
    said = understand_engagement(row.line, today=TODAY, locale=row.locale, customers=customers)
    promised = said.promised
    if suggestion and (helped := believe(suggestion, row.line, said, today=TODAY, locale=row.locale, customers=customers)):
        said, promised = helped.said, helped.promised
    winner = said.customer.winner
    new = not winner and not said.customer.choices and bool(said.customer_words)
    customer = winner.candidate.name if winner else said.customer_words if new else ""
    # the form holds today where no day was said and none is asked for
    day = said.happened_on or (None if said.asked_for_day else TODAY)
    return Filling(customer, new, day, said.contacts, said.note, tuple(_promise(one, row) for one in promised))


def _customers(row: Row) -> list[Candidate]:
    return [Candidate(number, name) for number, name in enumerate(row.known, 1)]


def _promise(line: str, row: Row) -> Promise:
    """A line of the form's field for commitments, as saving reads it."""
    read = understand_promise(line, today=TODAY, locale=row.locale, people=(), customers=())
    return Promise(read.owner_words or MYSELF, read.what, read.due)
