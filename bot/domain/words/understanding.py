"""What a line typed after /logvisit says: whom, when, with whom, what was heard and promised. Pure, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.words.line.directory import Directory
from bot.domain.words.line.reading import Reader
from bot.domain.words.line.understood import Understood
from bot.domain.words.matching import Candidate

__all__ = ["LOOKED_AT", "Understood", "understand_engagement"]

LOOKED_AT = 2_000
"""Characters that are read; what is typed after them is all note."""


def understand_engagement(
    text: str,
    *,
    today: date,
    locale: str,
    customers: Sequence[Candidate],
    people: Sequence[Candidate] = (),
    country: str = "",
) -> Understood:
    """Read a line such as `Acme yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday`.

    All that may be a customer, a day or somebody is found wherever it stands, and the best is taken; where two are near, the field is
    left empty and asked for. `today` is the day where the person is, `locale` (en-GB) theirs, `country` (GB) whose holidays count.
    `customers` and `people` (colleagues whose names are known) are indexed at each call unless they are a `Directory`.
    """
    beginning, rest = _parted(text.replace("\0", " ").strip())
    said = Reader(today, locale, country, Directory.of(customers), Directory.of(people)).read(beginning)
    return replace(said, note=(said.note + rest).strip()) if rest else said


def _parted(text: str) -> tuple[str, str]:
    """As much of a text as is read, up to a whole word, and the rest."""
    if len(text) <= LOOKED_AT:
        return text, ""
    space = max(text.rfind(" ", 0, LOOKED_AT), text.rfind("\n", 0, LOOKED_AT))
    cut = space if space > 0 else LOOKED_AT
    return text[:cut], text[cut:]
