"""What the form is filled in with for a line, by the product's own reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.words.matching import Candidate
from bot.domain.words.understanding import understand_engagement
from tests.lines.corpus import TODAY, Promise, Row


@dataclass(frozen=True)
class Filling:
    """What stands in the form before a person touches it: `customer` "" and `day` None where it asks."""

    customer: str
    new: bool
    day: date | None
    contacts: tuple[str, ...]
    note: str
    promises: tuple[Promise, ...]


def fill(row: Row) -> Filling:
    """Read a row's line as `/logvisit` does for somebody with the row's locale, in a company with the row's customers."""
    customers = [Candidate(number, name) for number, name in enumerate(row.known, 1)]
    said = understand_engagement(row.line, today=TODAY, locale=row.locale, customers=customers)
    winner = said.customer.winner
    new = not winner and not said.customer.choices and bool(said.customer_words)
    customer = winner.candidate.name if winner else said.customer_words if new else ""
    # the form holds today where no day was understood, and its field for commitments stays empty
    return Filling(customer, new, said.happened_on or TODAY, said.contacts, said.note, ())
