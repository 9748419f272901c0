"""Every place in a line where a name of a directory may stand, and the likeliest of those that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.words.line.activities import ACTIVITIES
from bot.domain.words.line.common import PLAIN, WEAK, tricky
from bot.domain.words.line.directory import NOBODY, Directory, Found
from bot.domain.words.line.tokens import AND, Word, folded
from bot.domain.words.matching import EXACT, without_legal_form

_MOST_WORDS = 7
_SHORTEST_GUESS = 6
"""Letters of a misspelled word that may stand for a longer name it is a part of."""

_NEAR = 6.0
"""Owners that score nearer than this can't be told apart, unless one has the very name."""

_LEGAL_FORM = re.compile(r"[\s,]*\b(?:inc|ltd|limited|llc|plc|corp|gmbh|ag|kg|se|sa|bv|nv|oy|ab|as|srl|spa)\b\.?", re.IGNORECASE)
_OPEN, _CLOSED = "“„‟\"«‹'‘@#", "”“‟\"»›'’"
_LINK = re.compile(r"<[^<>|\s]{1,300}\|[^<>|\n]{1,200}>")


@dataclass(frozen=True)
class Spot:
    """Where a name may stand: whose it may be, how well it fits, of how many words, and how many of them aren't small.

    `weak` is one that mostly is another word, `plain` one of ordinary words.
    """

    start: int
    end: int
    owners: Found
    words: int
    weak: bool = False
    plain: bool = False
    telling: int = 1

    @property
    def score(self) -> float:
        """How well the best of the owners fits, 0 to 100."""
        return max(self.owners.values())

    @property
    def best(self) -> tuple[int, ...]:
        """The owners that can't be told apart from the best, best first."""
        top = [one for one, score in self.owners.items() if score == EXACT]
        near = top or [one for one, score in self.owners.items() if self.score - score < _NEAR]
        return tuple(sorted(near, key=lambda one: -self.owners[one]))


def spots(text: str, words: Sequence[Word], names: Directory) -> list[Spot]:
    """All of them, overlapping or not, in the order they begin."""
    found = [
        *_by_words(words, names),
        *_glued(words, names),
        *_by_initials(words, names),
        *_written_together(words, names),
        *_signs(text, names),
    ]
    return sorted((_widened(one, text) for one in found), key=lambda one: (one.start, -one.end))


def apart(found: Iterable[Spot]) -> list[Spot]:
    """Those that don't overlap, in order: of any that do, the one of more words, and then the likelier."""
    kept: list[Spot] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.weak, -one.words, -one.score, one.start, -one.end)):
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


@dataclass(frozen=True)
class _Run:
    """Words of a line read as words of a name, so far."""

    spaced: str
    penalty: float
    count: int


def _by_words(words: Sequence[Word], names: Directory) -> Iterator[Spot]:
    readings = [names.readings(word.text) for word in words]
    for first in range(len(words)):
        runs = [_Run(form, off, 1) for form, off in readings[first]]
        yield from _spots(words, first, first, runs, names)
        for last in range(first + 1, min(len(words), first + _MOST_WORDS)):
            if words[last].form in AND:
                continue
            more = readings[last] or [(one, off) for one, off in names.unfinished(words[last].form)]
            runs = [run for one in runs for run in _longer(one, more, names)][:8]
            if not runs or words[last].start - words[last - 1].end > 4:
                break
            yield from _spots(words, first, last, runs, names)
    return


def _longer(run: _Run, more: Iterable[tuple[str, float]], names: Directory) -> Iterator[_Run]:
    for form, off in more:
        if names.piece(spaced := f"{run.spaced} {form}") is not None:
            yield _Run(spaced, run.penalty + off, run.count + 1)


def _spots(words: Sequence[Word], first: int, last: int, runs: Iterable[_Run], names: Directory) -> Iterator[Spot]:
    owners: dict[int, float] = {}
    for run in runs:
        guessed = (
            run.count == 1 and run.penalty > 0 and (len(run.spaced) < _SHORTEST_GUESS or run.spaced in PLAIN | WEAK | ACTIVITIES)
        )
        for source in (names.whole(run.spaced.replace(" ", "")), NOBODY if guessed else names.piece(run.spaced) or NOBODY):
            for owner, score in source.items():
                owners[owner] = max(owners.get(owner, 0.0), score - run.penalty)
    if owners:
        yield _spot(words[first : last + 1], owners, max(run.count for run in runs))


def _spot(words: Sequence[Word], owners: Found, count: int) -> Spot:
    forms = [word.form for word in words]
    weak = len(words) == 1 and tricky(forms[0])
    plain = not weak and all(one in WEAK | PLAIN | ACTIVITIES or len(one) < 3 for one in forms) and max(owners.values()) < EXACT
    telling = max(1, count - sum(one in WEAK for one in forms))
    return Spot(words[0].start, words[-1].end, owners, count, weak, plain, telling)


def _glued(words: Sequence[Word], names: Directory) -> Iterator[Spot]:
    """Whole names written in one word (coralbay), or in more than the name has (Glo bex)."""
    for first in range(len(words)):
        for last in range(first, min(len(words), first + 3)):
            run = words[first : last + 1]
            joined = "".join(word.form for word in run)
            if len(joined) >= 5 and (owners := names.whole(joined)):
                yield _spot(run, owners, last - first + 1)


def _by_initials(words: Sequence[Word], names: Directory) -> Iterator[Spot]:
    for word in words:
        if word.text.isupper() and 3 <= len(word.form) <= 6 and (owners := names.initials(word.form)):
            yield _spot([word], owners, 1)


def _written_together(words: Sequence[Word], names: Directory) -> Iterator[Spot]:
    """Names inside a run of signs without spaces."""
    for word in words:
        if word.together:
            signs, places = _signs_of(word)
            for start in range(len(signs) - 1):
                yield from _together_at(signs, places, start, names)


def _signs_of(word: Word) -> tuple[str, list[int]]:
    found = [(sign, word.start + place) for place, typed in enumerate(word.text) for sign in folded(typed)]
    return "".join(sign for sign, _ in found), [place for _, place in found]


def _together_at(signs: str, places: Sequence[int], start: int, names: Directory) -> Iterator[Spot]:
    for name, owner, score in names.together(signs[start : start + 2]):
        shared = _shared(name, signs, start)
        if shared == len(name) or shared >= 3:
            fit = score if shared == len(name) else 90.0 - 10.0 * (1 - shared / len(name))
            yield Spot(places[start], places[start + shared - 1] + 1, {owner: fit}, shared)


def _shared(name: str, signs: str, start: int) -> int:
    count = 0
    for one, other in zip(name, signs[start : start + len(name)], strict=False):
        if one != other:
            break
        count += 1
    return count


def _signs(text: str, names: Directory) -> Iterator[Spot]:
    """Names of nothing but signs, such as an emoji."""
    for sign, owner in names.signs():
        if (start := text.find(sign)) >= 0:
            yield Spot(start, start + len(sign), {owner: EXACT}, 1, weak=not sign[0].isprintable() or sign.isascii())


def _widened(spot: Spot, text: str) -> Spot:
    """With the legal form, the quotes, the @ and the link around it."""
    start, end = spot.start, spot.end
    if found := _LEGAL_FORM.match(text, end):
        end = found.end() if without_legal_form(f"x {text[end : found.end()].strip(' .,').lower()}") == "x" else end
    if start and text[start - 1] in _OPEN:
        quoted = text[end : end + 1] and text[end] in _CLOSED
        end += 1 if quoted else 0
        start -= 1 if quoted or text[start - 1] in "@#" else 0
    for link in _LINK.finditer(text, max(0, start - 300), min(len(text), end + 1)):
        if link.start() <= start and end <= link.end() and text[link.start() + 1] not in "@#!":
            start, end = link.span()
    return Spot(start, end, spot.owners, spot.words, spot.weak, spot.plain, spot.telling)
