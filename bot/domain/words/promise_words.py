"""What a line typed after /commit says: who, what, for whom, by when. Pure, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.words.matching import Candidate, Resolution, decide, fold
from bot.domain.words.typed_dates import find_date

_OWNER = re.compile(
    r"\s*@?(?P<name>[^\s:,].{0,80}?)(?:\s+(?:to|will|shall|must)\s+|\s*:\s+)(?P<rest>\S.*)", re.DOTALL | re.IGNORECASE
)
_MYSELF = frozenset({"i", "me", "myself", "i'll", "i’ll"})
_LONGEST_NAME = 6
_LOOKED_AT = 2_000
"""Characters of a promise in which a customer's name is looked for: as many as are kept of one."""
_TRIM = " \t\r\n\u00a0,;.–-"


@dataclass(frozen=True)
class UnderstoodPromise:
    """`myself` says that the writer will keep it; `what` is the promise, without the words that name the owner and the date."""

    owner: Resolution
    owner_words: str
    myself: bool
    customer: Resolution
    due: date | None
    what: str


def understand_promise(
    text: str, *, today: date, locale: str, people: Sequence[Candidate], customers: Sequence[Candidate]
) -> UnderstoodPromise:
    """Read a line such as `@Clara to send Acme the outage report by next Friday`.

    A name before “to”, “will” or a colon is the owner's, where it is somebody's. The customer stays in the sentence: it is part of what is promised.
    """
    owner, words, myself, rest = _owner(text.strip(), people)
    when = find_date(rest, today=today, locale=locale, past=False)
    what = f"{rest[: when.start].rstrip(_TRIM)} {rest[when.end :].lstrip(_TRIM)}" if when else rest
    return UnderstoodPromise(owner, words, myself, _customer(rest, customers), when.day if when else None, what.strip())


def _owner(text: str, people: Sequence[Candidate]) -> tuple[Resolution, str, bool, str]:
    found = _OWNER.fullmatch(text)
    if found is None:
        return Resolution(), "", False, text
    name = found["name"].strip(_TRIM)
    if name.casefold() in _MYSELF:
        return Resolution(), name, True, found["rest"]
    decision = decide(name, people)
    if decision.winner or decision.choices or text.startswith("@"):
        return decision, name, False, found["rest"]
    return Resolution(), "", False, text


def _customer(text: str, customers: Sequence[Candidate]) -> Resolution:
    """The customer named anywhere in the sentence: the longest run of words that is a name, or begins some."""
    words = text[:_LOOKED_AT].split()
    known = {fold(name).split()[0] for one in customers for name in (one.name, *one.aliases) if fold(name)}
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length]).strip(_TRIM)
            first = fold(run).split()[:1]
            if first and first[0] in known and run[:1].isupper() | (not run[:1].isalpha()):
                decision = decide(run, customers)
                if decision.winner or decision.choices:
                    return decision
    return Resolution()
