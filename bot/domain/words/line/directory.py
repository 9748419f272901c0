"""Names to be found in running text: an index that is built once for a set of customers or people."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from rapidfuzz import fuzz, process

from bot.domain.words.line.common import PLAIN, WEAK
from bot.domain.words.line.tokens import TOGETHER_SIGN, forms, spellings
from bot.domain.words.matching import Candidate, without_legal_form

WHOLE, NO_FORM, BEGINS, INSIDE, INITIALS = 100.0, 97.0, 92.0, 88.0, 82.0
"""Scores: the very name, without its legal form or “The”, its first words, words inside it, its initials."""

_MISSPELLED, _UNFINISHED = 9.0, 7.0
"""What a misspelled word and one that is not written to its end take off."""

_MOST_WORDS = 7
_MOST_OWNERS = 12
"""A piece of a name that more have says nothing."""

_SHORTEST_TYPO, _LONGEST_TYPO = 4, 16
"""Letters of words that are found one letter off; longer ones are found by likeness."""

_ALIKE = 83.0
_THE = frozenset(("the", "der", "die", "das", "la", "le", "les", "el", "los", "las"))
_FORMS_TOGETHER = ("株式会社", "有限会社", "合同会社", "股份有限公司", "有限公司", "公司", "주식회사")

Found = Mapping[int, float]
"""Positions of those that may be meant, with how well a name of theirs fits, 0 to 100."""

NOBODY: Found = {}


class Directory(Sequence[Candidate]):
    """Candidates, and where each of their names, or a piece of one, leads. Never changed once it is built: share it freely."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        """Index the names; of 20,000 in about a second."""
        self._all = tuple(candidates)
        self._whole: dict[str, dict[int, float]] = {}
        self._pieces: dict[str, dict[int, float]] = {}
        self._initials: dict[str, dict[int, float]] = {}
        self.together: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        self.signs: list[tuple[str, int]] = []
        for position, candidate in enumerate(self._all):
            for name in candidate.names:
                self._add(name, position)
        self._near = _deletions(word for word in self._vocabulary() if _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._sorted = sorted(self._vocabulary())
        for word in self._sorted:
            self._by_letter[word[0]].append(word)

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Directory:
        """The directory that is given, or one of the candidates that are."""
        return candidates if isinstance(candidates, Directory) else cls(candidates)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, index: int | slice) -> Candidate | Sequence[Candidate]:
        """The candidate at a position, or some of them."""
        return self._all[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    def __iter__(self) -> Iterator[Candidate]:
        """All of them, in the order given."""
        return iter(self._all)

    def whole(self, joined: str) -> Found:
        """Whose whole name this is, written without spaces."""
        return self._whole.get(joined, NOBODY)

    def initials(self, word: str) -> Found:
        """Whose name's words begin with these letters."""
        return self._initials.get(word, NOBODY)

    def piece(self, spaced: str) -> Found | None:
        """Whose name has these words side by side; None where nobody's has, and nobody where too many have."""
        found = self._pieces.get(spaced)
        return found if found is None or len(found) <= _MOST_OWNERS else NOBODY

    def readings(self, typed: str) -> list[tuple[str, float]]:
        """Words of names that a typed word stands for, each with what it takes off; none where no name has any like it."""
        known = [(form, 0.0) for form in forms(typed) if form in self._pieces]
        return known or [(word, _MISSPELLED) for word in self._misspelled(forms(typed)[:1])]

    def unfinished(self, beginning: str) -> list[tuple[str, float]]:
        """Words of names that begin with what was typed."""
        start = bisect_left(self._sorted, beginning) if len(beginning) > 2 else len(self._sorted)
        return [(word, _UNFINISHED) for word in self._sorted[start : start + 3] if word.startswith(beginning)]

    def _misspelled(self, typed: Sequence[str]) -> list[str]:
        found = {word: None for form in typed for word in self._one_off(form)}
        return list(found or {word: None for form in typed for word in self._much_alike(form)})[:4]

    def _one_off(self, form: str) -> Iterator[str]:
        """Words that differ by one letter: left out, put in, changed, or two swapped."""
        if len(form) >= _SHORTEST_TYPO:
            for shape in (form, *_without_one(form)):
                found = self._near.get(shape, [])
                yield from (word for word in ([found] if isinstance(found, str) else found) if abs(len(word) - len(form)) <= 1)

    def _much_alike(self, form: str) -> Iterator[str]:
        """Long words that begin alike and differ by little more."""
        words = self._by_letter.get(form[:1], ()) if 8 <= len(form) <= 30 else ()
        if found := process.extractOne(form, words, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE):
            yield found[0]

    def _vocabulary(self) -> Iterator[str]:
        return (piece for piece in self._pieces if " " not in piece)

    def _add(self, name: str, position: int) -> None:
        spelled = spellings(name)
        for words in spelled:
            _keep(self._whole, "".join(words), position, WHOLE)
            for shorter in _without_form(words):
                _keep(self._whole, "".join(shorter), position, NO_FORM)
            self._add_pieces(words, position)
            if len(words) >= 3:
                _keep(self._initials, "".join(word[0] for word in words), position, INITIALS)
            if len(words) == 1:
                self._add_together(words[0], position)
        if not spelled[0] and name.strip():
            self.signs.append((name.strip(), position))

    def _add_pieces(self, words: tuple[str, ...], position: int) -> None:
        """Every run of the name's words; a run of weak ones alone is kept as the beginning of longer ones only."""
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
                run = words[start:end]
                owners = self._pieces.setdefault(" ".join(run), {})
                whole = end - start == len(words)
                if len(owners) <= _MOST_OWNERS and not whole and not all(word in WEAK for word in run):
                    telling = not all(word in WEAK | PLAIN for word in run)
                    score = (BEGINS if start == 0 else INSIDE) - (0.0 if telling else 6.0)
                    owners[position] = max(owners.get(position, 0.0), score)

    def _add_together(self, word: str, position: int) -> None:
        if not any(_is_together(sign) for sign in word) or len(word) < 2:
            return
        self.together[word[:2]].append((word, position, WHOLE))
        for form in _FORMS_TOGETHER:
            short = word.removeprefix(form).removesuffix(form)
            if short != word and len(short) > 1:
                self.together[short[:2]].append((short, position, NO_FORM))


def _keep(into: dict[str, dict[int, float]], key: str, position: int, score: float) -> None:
    if key:
        owners = into.setdefault(key, {})
        owners[position] = max(owners.get(position, 0.0), score)


def _without_form(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    short = tuple(without_legal_form(" ".join(words)).split())
    short = tuple(one for one in short if one not in _FORMS_TOGETHER) or short
    yield from (one for one in dict.fromkeys((short, _without_the(words), _without_the(short))) if one != words)


def _without_the(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 2 and words[0] in _THE else words


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(min(len(word), 30)))


def _deletions(words: Iterable[str]) -> dict[str, str | list[str]]:
    """The words that become a shape when a letter is left out, or the only one."""
    found: dict[str, str | list[str]] = {}
    for word in words:
        for shape in {word, *_without_one(word)}:
            if (others := found.setdefault(shape, word)) is not word:
                found[shape] = [others, word] if isinstance(others, str) else [*others[:8], word]
    return found


def _is_together(sign: str) -> bool:
    return TOGETHER_SIGN.match(sign) is not None
