"""What a line typed after /logvisit says: whom, when, with whom, and what was heard. Nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.matching import Candidate, Decision, decide
from bot.domain.typed_dates import FoundDate, find_date

_HEAD = 300
"""Characters that are searched for customer, date and contacts; a longer beginning is a story, not a heading."""

_LONGEST_NAME = 6
_END_OF_HEAD = re.compile(r":(?=\s)|(?<=\s)[-–—](?=\s)|\n")
_WITH = re.compile(r"\b(?:with|mit|avec|con)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:their|the|his|her|an?|our)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*[“”„\"«]([^“”„\"«»]{1,200})[“”\"»]")
_TRIM = " \t\r\n\u00a0,;.–-"


@dataclass(frozen=True)
class Understood:
    """`customer_words` are those taken for the customer's name; `note` is all that isn't customer, date or contact, in its order."""

    customer: Decision
    customer_words: str
    happened_on: date | None
    contacts: tuple[str, ...]
    note: str


def understand_engagement(text: str, *, today: date, locale: str, customers: Sequence[Candidate]) -> Understood:
    """Read a line such as `Acme yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday`.

    Before the first colon (or dash, or line's end) stands who and when, after it what was heard. Without one, a customer's name is looked for at the
    beginning, and the rest is what was heard. `today` is the day where the person is.
    """
    text = text.strip()
    end = _END_OF_HEAD.search(text, 0, _HEAD)
    if end is None:
        return _one_sentence(text, today, locale, customers)
    head, body = text[: end.start()], text[end.end() :]
    when = find_date(head, today=today, locale=locale, past=True)
    named, contacts = _contacts(_without(head, when))
    decision, words, rest = _customer(named, customers, whole=True)
    return Understood(decision, words, when.day if when else None, contacts, _joined(rest, body))


def _one_sentence(text: str, today: date, locale: str, customers: Sequence[Candidate]) -> Understood:
    """Without a colon only a known customer at the beginning, and a date near it, are taken out; all other words are what was heard."""
    decision, words, rest = _customer(text, customers, whole=False)
    when = find_date(rest[:60], today=today, locale=locale, past=True)
    if when is not None and (when.start <= 3 or not rest[: when.start].strip(_TRIM)):
        rest = _without(rest, when)
    named_only = bool(words) and not rest.strip(_TRIM)
    if not words and len(text.split()) <= _LONGEST_NAME and not _sentence(text):
        left = _without(text, when) if when else text
        named, contacts = _contacts(left)
        return Understood(Decision(), named.strip(_TRIM), when.day if when else None, contacts, "")
    day = when.day if when else None
    return Understood(decision, words, day, (), "" if named_only else rest.strip(_TRIM.replace(".", "")))


def _sentence(text: str) -> bool:
    """Whether a short text is something said rather than a name."""
    return text.rstrip().endswith((".", "!", "?")) or len(text.split()) > _LONGEST_NAME - 2


def _without(text: str, when: FoundDate | None) -> str:
    if when is None:
        return text
    before = re.sub(r"\b(?:on|am|le|el)\s*$", "", text[: when.start], flags=re.IGNORECASE)
    return f"{before.rstrip()} {text[when.end :].lstrip()}"


def _contacts(head: str) -> tuple[str, tuple[str, ...]]:
    """What stands before “with”, and the people named after it."""
    found = _WITH.search(head)
    if found is None:
        return head, ()
    named = [_ARTICLE.sub("", one.strip(_TRIM)).lstrip("@") for one in _AND.split(head[found.end() :])]
    return head[: found.start()], tuple(one for one in named if one)


def _customer(head: str, customers: Sequence[Candidate], *, whole: bool) -> tuple[Decision, str, str]:
    """The customer meant at the beginning of `head`, the words that name it, and what is left.

    When nobody fits: with `whole`, all of it is the name of somebody new; else none of it is.
    """
    if quoted := _QUOTED.match(head):
        return decide(quoted[1], customers), quoted[1].strip(), head[quoted.end() :]
    words = list(re.finditer(r"\S+", head))
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        end = words[length - 1].end()
        name = head[:end].strip(_TRIM)
        decision = decide(name, customers)
        if (decision.winner or decision.choices) and _names_all(name, decision):
            return decision, name, head[end:]
    return (Decision(), head.strip(_TRIM), "") if whole else (Decision(), "", head)


def _names_all(name: str, decision: Decision) -> bool:
    """Whether the words are no more than the name has: `Acme said that` fits Acme, but only its first word names it."""
    fitting = [match.candidate for match in (decision.winner, *decision.choices) if match]
    longest = max(len(one.split()) for candidate in fitting for one in (candidate.name, *candidate.aliases))
    return len(name.split()) <= longest


def _joined(rest: str, body: str) -> str:
    """The words of the head that name nothing go before the note, so that none is lost."""
    left = rest.strip(_TRIM)
    return f"{left}: {body.strip()}" if left and body.strip() else left or body.strip()
