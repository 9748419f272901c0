"""What a line says, as the form takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.words.matching import Resolution

CUSTOMER = "customer"
DAY = "happened_on"
PEOPLE = "contacts"
PROMISED = "promised"
"""Fields of the form, by which questions and origins are told apart."""


@dataclass(frozen=True)
class Understood:
    """What a line says.

    `customer_words` are the words taken for the customer's name, known or not, "" when none are. `happened_on` is None when no day is
    said, and when it must be asked for. `note` is all that isn't customer, day or contact, in its order; only words that join (with,
    their, and) are left out. `promised` are lines of the form's field for commitments: `@Jan to send the report by 2026-12-04`.
    `questions` has, by field, what to ask beside it: such a field is left empty. `origins` has, by field, the words of the line that
    it was understood from.
    """

    customer: Resolution
    customer_words: str
    happened_on: date | None
    contacts: tuple[str, ...]
    note: str
    promised: tuple[str, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked_for_day(self) -> bool:
        """Whether the day must be asked for: then the form holds none, not even today."""
        return DAY in self.questions
