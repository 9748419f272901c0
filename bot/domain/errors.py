"""Refusals, in words fit for the person who reads them."""

from __future__ import annotations


class Refusal(Exception):
    """Something that may not or can't be done. `str()` says what is wrong; `advice` what to do next."""

    def __init__(self, problem: str, advice: str = "") -> None:
        super().__init__(problem)
        self.advice = advice


class NotAllowed(Refusal):
    """The person lacks the right."""


class NotFound(Refusal):
    """What was asked for isn't there (or the person may not know that it is)."""


class InvalidAnswers(Refusal):
    """A filled form has mistakes: `fields` maps a field's name to what is wrong with it and what to do."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields
