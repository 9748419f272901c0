"""Names to be found in running text: an index that is built once for a set of customers or people, and changed for those that change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import overload

from rapidfuzz import fuzz, process

from bot.domain.words.line.entries import BEGINS, INITIALS, INSIDE, NO_FORM, WHOLE, Entries, entries
from bot.domain.words.line.postings import NOBODY, Alphabet, Found, Postings
from bot.domain.words.line.tokens import forms
from bot.domain.words.matching import Candidate, fold

__all__ = ["BEGINS", "INITIALS", "INSIDE", "NOBODY", "NO_FORM", "WHOLE", "Directory", "Found"]

_MISSPELLED, _UNFINISHED = 9.0, 7.0
"""What a misspelled word and one that is not written to its end take off."""

_MOST_OWNERS = 12
"""A piece of a name that more have says nothing."""

_MOST_SHAPED = 9
"""Words that a misspelled one is looked for among, of those that are the same but for one letter."""

_MOST_TOGETHER, _MOST_SIGNS = 200, 100
"""Names that are tried at one place of a line: of those written without spaces, and of those of nothing but signs."""

_SHORTEST_TYPO, _LONGEST_TYPO = 4, 16
"""Letters of words that are found one letter off; longer ones are found by likeness."""

_ALIKE = 83.0


class Directory(Sequence[Candidate]):
    """Candidates by name, and where each of their names, or a piece of one, leads: to a number, which a candidate keeps.

    Never changed once it is made: share it freely. `changed` gives another, which shares what is the same.
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        """Index the names; of 20,000 in about a second."""
        self._all = tuple(sorted(candidates, key=_place))
        self._numbered = dict(enumerate(self._all))
        self._numbers = {one.id: number for number, one in self._numbered.items()}
        self._whole, self._pieces, self._initials, self._together, self._signs = (Postings() for _ in range(5))
        self._runs: dict[str, int] = {}
        for number, candidate in self._numbered.items():
            self._put(number, entries(candidate))
        self._words = Alphabet(filter(_is_word, self._runs), _shapes)
        self._glued, self._marks = Alphabet(self._together), Alphabet(self._signs)

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Directory:
        """The directory that is given, or one of the candidates that are."""
        return candidates if isinstance(candidates, Directory) else cls(candidates)

    def changed(self, gone: Iterable[int | str], come: Iterable[Candidate]) -> Directory:
        """The directory without the candidates of some ids, and with others: names that stay are not read again.

        It answers as one that is built of them all. It costs what reading the names that change does, and copies of some dictionaries:
        a few milliseconds with 20,000 names.
        """
        numbers, come = [self._numbers[one] for one in gone], list(come)
        taken = {number: entries(self._numbered[number]) for number in numbers}
        put = dict(enumerate(map(entries, come), max(self._numbered, default=-1) + 1))
        other = copy(self)
        other._whole, other._pieces, other._initials = self._whole.copy(), self._pieces.copy(), self._initials.copy()
        other._together, other._signs, other._runs = self._together.copy(), self._signs.copy(), dict(self._runs)
        for number, found in taken.items():
            other._take(number, found)
        for number, found in put.items():
            other._put(number, found)
        other._all = _replaced(self._all, [self._numbered[number] for number in numbers], come)
        other._numbered, other._numbers = dict(self._numbered), dict(self._numbers)
        for number in numbers:
            del other._numbers[other._numbered.pop(number).id]
        for number, one in zip(put, come, strict=True):
            other._numbered[number], other._numbers[one.id] = one, number
        other._settle(self, [*taken.values(), *put.values()])
        return other

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, index: int | slice) -> Candidate | Sequence[Candidate]:
        """The candidate at a place in the order of names, or some of them."""
        return self._all[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    def __iter__(self) -> Iterator[Candidate]:
        """All of them, by name."""
        return iter(self._all)

    def numbered(self, number: int) -> Candidate:
        """The candidate that something leads to."""
        return self._numbered[number]

    def whole(self, joined: str) -> Found:
        """Whose whole name this is, written without spaces."""
        return self._whole.get(joined)

    def initials(self, word: str) -> Found:
        """Whose name's words begin with these letters."""
        return self._initials.get(word)

    def piece(self, spaced: str) -> Found | None:
        """Whose name has these words side by side; None where nobody's has, and nobody where too many have."""
        if spaced not in self._runs:
            return None
        found = self._pieces.get(spaced)
        return found if len(found) <= _MOST_OWNERS else NOBODY

    def together(self, signs: str) -> Iterator[tuple[str, int, float]]:
        """Names that are written without spaces and begin with these signs, each with whose it is and how well it fits."""
        for name in self._glued.since(signs, _MOST_TOGETHER):
            if name.startswith(signs):
                yield from ((name, number, score) for number, score in self._together.get(name).items())

    def signs(self) -> Iterator[tuple[str, int]]:
        """Names of nothing but signs, with whose they are."""
        for name in self._marks.since("", _MOST_SIGNS):
            yield from ((name, number) for number in self._signs.get(name))

    def readings(self, typed: str) -> list[tuple[str, float]]:
        """Words of names that a typed word stands for, each with what it takes off; none where no name has any like it."""
        known = [(form, 0.0) for form in forms(typed) if form in self._runs]
        return known or [(word, _MISSPELLED) for word in self._misspelled(forms(typed)[:1])]

    def unfinished(self, beginning: str) -> list[tuple[str, float]]:
        """Words of names that begin with what was typed."""
        near = self._words.since(beginning, 3) if len(beginning) > 2 else ()
        return [(word, _UNFINISHED) for word in near if word.startswith(beginning)]

    def _misspelled(self, typed: Sequence[str]) -> list[str]:
        found = {word: None for form in typed for word in self._one_off(form)}
        return list(found or {word: None for form in typed for word in self._much_alike(form)})[:4]

    def _one_off(self, form: str) -> Iterator[str]:
        """Words that differ by one letter: left out, put in, changed, or two swapped."""
        if len(form) >= _SHORTEST_TYPO:
            for shape in (form, *_without_one(form)):
                yield from (word for word in self._words.shaped(shape)[:_MOST_SHAPED] if abs(len(word) - len(form)) <= 1)

    def _much_alike(self, form: str) -> Iterator[str]:
        """Long words that begin alike and differ by little more."""
        words = self._words.lettered(form[:1]) if 8 <= len(form) <= 30 else ()
        if found := process.extractOne(form, words, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE):
            yield found[0]

    def _put(self, number: int, found: Entries) -> None:
        for postings, keys in self._each(found):
            for key, score in keys.items():
                postings.put(key, number, score)
        for run in found.runs:
            self._runs[run] = self._runs.get(run, 0) + 1

    def _take(self, number: int, found: Entries) -> None:
        for postings, keys in self._each(found):
            for key in keys:
                postings.take(key, number)
        for run in found.runs:
            self._runs[run] -= 1
            if not self._runs[run]:
                del self._runs[run]

    def _each(self, found: Entries) -> Iterator[tuple[Postings, Mapping[str, float]]]:
        yield self._whole, found.whole
        yield self._pieces, found.pieces
        yield self._initials, found.initials
        yield self._together, found.together
        yield self._signs, found.signs

    def _settle(self, before: Directory, changes: Sequence[Entries]) -> None:
        """Put what was added in its place, and change the alphabets by the words that are new or gone."""
        for postings in (self._whole, self._initials, self._together, self._signs):
            postings.settle(self._place_of)
        self._pieces.settle(self._place_of, _MOST_OWNERS)
        words = {run for found in changes for run in found.runs if _is_word(run)}
        self._words = before._words.changed(*_differing(words, before._runs, self._runs))
        glued = {name for found in changes for name in found.together}
        self._glued = before._glued.changed(*_differing(glued, before._together, self._together))
        marks = {name for found in changes for name in found.signs}
        self._marks = before._marks.changed(*_differing(marks, before._signs, self._signs))

    def _place_of(self, number: int) -> tuple[str, ...]:
        return _place(self._numbered[number])


def _place(candidate: Candidate) -> tuple[str, str, str]:
    """Where a candidate stands among the others: by name, whatever its case and accents."""
    return fold(candidate.name), candidate.name, str(candidate.id)


def _replaced(those: Sequence[Candidate], gone: Iterable[Candidate], come: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates in their order, without some and with others."""
    found = list(those)
    for one in gone:
        del found[bisect_left(found, _place(one), key=_place)]
    for one in come:
        found.insert(bisect_left(found, _place(one), key=_place), one)
    return tuple(found)


def _differing(keys: Iterable[str], before: Container[str], after: Container[str]) -> tuple[set[str], set[str]]:
    """Those of some keys that are gone, and those that have come."""
    differing = {key for key in keys if (key in before) != (key in after)}
    return {key for key in differing if key in before}, {key for key in differing if key in after}


def _is_word(run: str) -> bool:
    return " " not in run


def _shapes(word: str) -> set[str]:
    """What a word is found by when it is misspelled: itself, and with each of its letters left out."""
    return {word, *_without_one(word)} if _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO else set()


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(min(len(word), 30)))
