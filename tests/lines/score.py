"""How many fields of the form come out right, by field and language, and what was missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz

from bot.domain.words.matching import fold
from tests.lines.corpus import Promise, Row
from tests.lines.filling import Filling

_One = TypeVar("_One")
FIELDS = ("customer", "date", "people", "commitments", "note")
_ALIKE = 80.0
"""Likeness of words, 0 to 100, from which two say the same promise: of those that differ, articles and “we'll” are most."""

_MORE_WORDS = 3
"""Words of title or role that may stand around the name of somebody: `CFO Jane Doe` is Jane Doe."""


@dataclass(frozen=True)
class Judged:
    """A row, what it was filled in with, and for each field it counts for whether that is right."""

    row: Row
    filling: Filling
    right: dict[str, bool]

    @property
    def silent(self) -> bool:
        """Whether a wrong day stands in the form with no question beside it."""
        return not self.right["date"] and self.filling.day is not None


@dataclass
class Tally:
    """Of how many a field was right, and of how many it counted."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> str:
        """Percent that was right; a dash of none, of which nothing can be said."""
        return f"{100 * self.right / self.of:.1f}%" if self.of else "–"


@dataclass
class Score:
    """The figures of some rows: a tally for each field, the lines, and those with a wrong day said as if it were known."""

    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    lines: int = 0
    silent: int = 0


def judge(row: Row, filling: Filling) -> Judged:
    """Hold a filling against the right answers. People and commitments count where there are some or some were found, notes where asked."""
    right = {"customer": _customer(row, filling), "date": filling.day == row.day}
    if row.contacts or filling.contacts:
        right["people"] = _paired(row.contacts, filling.contacts, _same_person)
    if row.promises or filling.promises:
        right["commitments"] = _paired(row.promises, filling.promises, _same_promise)
    if row.note:
        right["note"] = all(_plain(part) in _plain(filling.note) for part in row.note)
    return Judged(row, filling, right)


def score(judged: Iterable[Judged]) -> Score:
    """Add up."""
    total = Score()
    for one in judged:
        total.lines += 1
        total.silent += one.silent
        for name, right in one.right.items():
            total.fields[name].of += 1
            total.fields[name].right += right
    return total


def table(judged: Sequence[Judged]) -> list[str]:
    """The figures as lines of text: a row a language, one for English and German together, one for all."""
    languages = list(dict.fromkeys(one.row.language for one in judged))
    groups: list[tuple[str, set[str]]] = [(name, {name}) for name in languages]
    if {"en", "de"} <= set(languages):
        groups.append(("en+de", {"en", "de"}))
    groups.append(("all", set(languages)))
    heading = f"{'':6}{'lines':>6}" + "".join(f"{name:>18}" for name in FIELDS) + f"{'silent dates':>18}"
    return [heading, *(_figures(name, score(one for one in judged if one.row.language in among)) for name, among in groups)]


def missed(judged: Iterable[Judged]) -> list[str]:
    """What came out otherwise than it should, two or more lines of text for each line of the corpus."""
    told: list[str] = []
    for one in judged:
        wrong = [name for name, right in one.right.items() if not right]
        if wrong:
            told.append(f"{one.row.id} {one.row.locale}  {one.row.line}   [{one.row.remark}]")
            told += [f"    {name:12}{_wanted(name, one.row)}  ←  {_found(name, one.filling)}" for name in wrong]
    return told


def _figures(name: str, total: Score) -> str:
    tallies = "".join(f"{f'{one.right}/{one.of}':>10}{one.share:>8}" for one in total.fields.values())
    silent = f"{total.silent:>10}{100 * total.silent / total.lines if total.lines else 0.0:>7.1f}%"
    return f"{name:6}{total.lines:>6}{tallies}{silent}"


def _customer(row: Row, filling: Filling) -> bool:
    if not row.new:
        return not filling.new and filling.customer == row.customer
    return filling.new and fold(filling.customer) == fold(row.customer)


def _paired(wanted: Sequence[_One], found: Sequence[_One], same: Callable[[_One, _One], bool]) -> bool:
    """Tell whether each wanted one has been found, once, and no other."""
    left = list(found)
    for one in wanted:
        match = next((other for other in left if same(one, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same_person(wanted: str, found: str) -> bool:
    words, more = fold(wanted).split(), fold(found).split()
    return words == more or (set(words) <= set(more) and len(more) - len(words) <= _MORE_WORDS)


def _same_promise(wanted: Promise, found: Promise) -> bool:
    if fold(wanted.owner) != fold(found.owner) or wanted.due != found.due:
        return False
    return fuzz.token_set_ratio(fold(wanted.what), fold(found.what)) >= _ALIKE


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _wanted(name: str, row: Row) -> object:
    answers = {
        "customer": f"{row.customer or '(asks)'}{' (new)' if row.new else ''}",
        "date": row.day or "(asks)",
        "people": ", ".join(row.contacts) or "(nobody)",
        "commitments": _promises(row.promises),
        "note": " … ".join(row.note),
    }
    return answers[name]


def _found(name: str, filling: Filling) -> object:
    answers = {
        "customer": f"{filling.customer or '(asks)'}{' (new)' if filling.new else ''}",
        "date": filling.day or "(asks)",
        "people": ", ".join(filling.contacts) or "(nobody)",
        "commitments": _promises(filling.promises),
        "note": filling.note,
    }
    return answers[name]


def _promises(promises: Iterable[Promise]) -> str:
    return "; ".join(f"{one.owner} > {one.what} > {one.due or '?'}" for one in promises) or "(none)"
