"""What a language model says of a line, and what of that is believed. Pure: the model is asked at the edge of the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.domain.words.line.understood import CUSTOMER, DAY, PEOPLE, PROMISED
from bot.domain.words.matching import EXACT, Candidate, Match, Resolution, decide, fold
from bot.domain.words.typed_dates import find_date
from bot.domain.words.understanding import Understood, understand_engagement

MYSELF = "me"
"""The owner of a promise that whoever typed the line will keep."""

_LONGEST_LINE = 4_000
_MOST_CUSTOMERS = 20
_LIKELY = 70.0
"""How much of a customer's name, 0 to 100, must be like some piece of the line for the name to be told to the model."""

_NO_BEGINNINGS = frozenset(("a", "an", "the", "and", "of", "to", "for", "der", "die", "das", "la", "le", "el", "los", "les"))
"""Words that names begin with and that say nothing of which."""

_MOST_CONTACTS = 20
_MOST_PROMISES = 3
_LONGEST_NAME = 100
_NO_SPACES_FROM = "\u2e80"
"""From this character on scripts (Chinese, Japanese) write words together."""


@dataclass(frozen=True)
class Question:
    """All that a model is told: the line, and the names of customers it may be about."""

    line: str
    customers: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedPromise:
    """Words of the line: who will do what, by when. `owner` is `me` for whoever typed it."""

    owner: str
    what: str
    due: str = ""


@dataclass(frozen=True)
class Suggestion:
    """What a model called `by` says, in words of the line; its `customer` may be one it was told of. `day` are the words that say when."""

    by: str
    customer: str = ""
    day: str = ""
    contacts: tuple[str, ...] = ()
    promises: tuple[SuggestedPromise, ...] = ()


class Understanding(Protocol):
    """A language model that a company has its lines read by."""

    async def ask(self, question: Question) -> Suggestion | None:
        """What it says; None when it says nothing that can be read, or not in time. Raises nothing for what goes wrong on the way."""
        ...


@dataclass(frozen=True)
class Believed:
    """A line as it is understood with a model's help, and promises as lines of the form: `@Jan to send the report by 2026-12-04`."""

    said: Understood
    promised: tuple[str, ...] = ()


def question(line: str, customers: Sequence[Candidate]) -> Question | None:
    """What a model is asked about a line; None where there is nothing to ask or too much.

    At most 20 names are told: those that are like a piece of the line, the likest first, and those that begin with a word of it.
    """
    if not line.strip() or len(line) > _LONGEST_LINE:
        return None
    names = [fold(name) for one in customers for name in one.names]
    owners = [one.name for one in customers for _ in one.names]
    folded = fold(line)
    found = process.extract(
        folded, names, scorer=fuzz.partial_ratio, processor=None, limit=2 * _MOST_CUSTOMERS, score_cutoff=_LIKELY
    )
    said = frozenset(folded.split()) - _NO_BEGINNINGS
    begun = [owner for name, owner in zip(names, owners, strict=True) if name.partition(" ")[0] in said]
    alike = [owners[index] for _, _, index in found]
    half = _MOST_CUSTOMERS // 2
    likely = dict.fromkeys([*alike[:half], *begun[:half], *alike, *begun])
    return Question(line, tuple(likely)[:_MOST_CUSTOMERS])


def believe(
    suggestion: Suggestion, line: str, said: Understood, *, today: date, locale: str, customers: Sequence[Candidate]
) -> Believed | None:
    """Take from a suggestion what the rules let pass, over what they understood themselves; None when that is nothing.

    A customer is one the model was told of, or stands in the line; a day is what the rules read from words of the line; people and promises
    stand in the line. What doesn't is left out, and the rules' own reading stays. Nothing typed is lost: where the model
    parts the line otherwise than the rules, all of it is the note.
    """
    checked = _Checked(line, today, locale)
    decision, words = _customer(suggestion.customer, line, checked, customers)
    day = checked.day(suggestion.day)
    contacts = checked.standing(suggestion.contacts)[:_MOST_CONTACTS]
    promised = tuple(filter(None, map(checked.promise, suggestion.promises[:_MOST_PROMISES])))
    if not (words or day or contacts or promised):
        return None
    taken = replace(said, happened_on=day or said.happened_on, contacts=contacts or said.contacts)
    if words:
        taken = replace(taken, customer=decision, customer_words=words)
    decided = bool(words) and not decision.choices
    taken = _answered(taken, {CUSTOMER: decided, DAY: bool(day), PEOPLE: bool(contacts), PROMISED: bool(promised)})
    parted_alike = fold(taken.customer_words) == fold(said.customer_words) and set(taken.contacts) <= set(said.contacts)
    return Believed(taken if parted_alike else replace(taken, note=line), promised)


def _answered(said: Understood, answers: Mapping[str, bool]) -> Understood:
    """Without the questions at fields that are answered."""
    return replace(said, questions={name: asked for name, asked in said.questions.items() if not answers.get(name)})


def _customer(name: str, line: str, checked: _Checked, customers: Sequence[Candidate]) -> tuple[Resolution, str]:
    """What the rules make of the customer named, and the words for it; no words when it isn't believed."""
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST_NAME:
        return Resolution(), ""
    asked = question(line, customers)
    told = [one for one in customers if asked and one.name in asked.customers and fold(one.name) == fold(name)]
    if len(told) == 1:
        return Resolution(winner=Match(told[0], EXACT)), name
    return (decide(name, customers), name) if checked.stands(name) else (Resolution(), "")


@dataclass(frozen=True)
class _Checked:
    """The line that everything must stand in, and what its days are read with."""

    line: str
    today: date
    locale: str

    def stands(self, words: str) -> bool:
        """Whether the words stand in the line one after another, whatever their case and signs."""
        wanted, line = fold(words), fold(self.line)
        if any(sign >= _NO_SPACES_FROM for sign in wanted):
            return wanted in line
        return bool(wanted) and f" {wanted} " in f" {line} "

    def standing(self, found: Iterable[str]) -> tuple[str, ...]:
        """Those that stand in the line, each once and with no white space but single spaces."""
        plain = (" ".join(one.split()) for one in found)
        return tuple(dict.fromkeys(one for one in plain if len(one) <= _LONGEST_NAME and self.stands(one)))

    def day(self, words: str) -> date | None:
        """The day of a visit that words of the line say by the rules; None where they say none, or one that is yet to come."""
        if not self.stands(words):
            return None
        found = understand_engagement(words, today=self.today, locale=self.locale, customers=()).happened_on
        return found if found and found <= self.today else None

    def promise(self, one: SuggestedPromise) -> str:
        """A promise as a line of the form; "" when what is promised, or who will do it, doesn't stand in the line."""
        what, owner = " ".join(one.what.split()), " ".join(one.owner.split())
        mine = owner.casefold() in {MYSELF, "i", ""}
        if not self.stands(what) or not (mine or self.stands(owner)):
            return ""
        found = find_date(one.due, today=self.today, locale=self.locale, past=False) if self.stands(one.due) else None
        due = f" by {found.day.isoformat()}" if found and found.day >= self.today else ""
        return f"{what}{due}" if mine else f"@{owner.removeprefix('@')} to {what}{due}"
