"""Keys that lead to numbers, and an alphabet of words: each copied with some changes made, so that none is changed while it is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Found = Mapping[int, float]
"""Numbers of those that may be meant, with how well a name of theirs fits, 0 to 100."""

NOBODY: Found = {}
_NONE: tuple[str, ...] = ()


class Postings:
    """By key the numbers it leads to, each with a score."""

    def __init__(self, kept: Mapping[str, dict[int, float]] | None = None) -> None:
        """`kept` is copied, and what a key of it leads to when that is changed."""
        self._kept: dict[str, dict[int, float]] = dict(kept or {})
        self._shared = kept is not None
        self._changed: set[str] = set()

    def copy(self) -> Postings:
        """Another that may be changed: this one stays as it is. Costs what copying one dictionary does."""
        return Postings(self._kept)

    def get(self, key: str) -> Found:
        """What a key leads to."""
        return self._kept.get(key, NOBODY)

    def __contains__(self, key: object) -> bool:
        """Whether a key leads anywhere."""
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._kept)

    def put(self, key: str, number: int, score: float) -> None:
        """Let a key lead there too."""
        self._own(key)[number] = score

    def take(self, key: str, number: int) -> None:
        """Let it lead there no more."""
        del self._own(key)[number]

    def settle(self, place: Callable[[int], tuple[str, ...]], most: int | None = None) -> None:
        """To be called when all changes are made: keys that lead nowhere go, and numbers stand in the order of their places.

        Where a key leads to more than `most` numbers their order is of no account.
        """
        for key in self._changed:
            found = self._kept[key]
            if not found:
                del self._kept[key]
            elif most is None or len(found) <= most:
                self._kept[key] = dict(sorted(found.items(), key=lambda each: place(each[0])))
        self._changed = set()

    def _own(self, key: str) -> dict[int, float]:
        if self._shared and key not in self._changed:
            self._changed.add(key)
            self._kept[key] = dict(self._kept.get(key, NOBODY))
        return self._kept.setdefault(key, {})


class Alphabet:
    """Words in their order, by their first letter, and by shapes that misspelled ones share with them. Never changed."""

    def __init__(self, words: Iterable[str], shapes: Callable[[str], Iterable[str]] = lambda _word: ()) -> None:
        """Put the words in order."""
        self._of = shapes
        self._sorted = tuple(sorted(words))
        letters: dict[str, list[str]] = {}
        shaped: dict[str, str | list[str]] = {}
        for word in self._sorted:
            letters.setdefault(word[0], []).append(word)
            for shape in shapes(word):
                if (others := shaped.setdefault(shape, word)) is not word:
                    if isinstance(others, str):
                        shaped[shape] = [others, word]
                    else:
                        others.append(word)
        self._letters: dict[str, Sequence[str]] = {**letters}
        self._shapes: dict[str, str | Sequence[str]] = {**shaped}

    def changed(self, gone: Iterable[str], come: Iterable[str]) -> Alphabet:
        """Another, without some words and with others."""
        gone, come = set(gone), set(come)
        if not gone and not come:
            return self
        other = Alphabet((), self._of)
        other._sorted = _changed(self._sorted, gone, come)
        other._letters, other._shapes = dict(self._letters), dict(self._shapes)
        for letter in {word[0] for word in gone | come}:
            those = (frozenset(word for word in some if word[0] == letter) for some in (gone, come))
            other._letters[letter] = _changed(other._letters.get(letter, _NONE), *those)
        for word in gone | come:
            one = frozenset((word,))
            for shape in self._of(word):
                kept = _changed(other.shaped(shape), *((one, _NONE) if word in gone else (_NONE, one)))
                if kept:
                    other._shapes[shape] = kept[0] if len(kept) == 1 else kept
                else:
                    other._shapes.pop(shape, None)
        return other

    def shaped(self, shape: str) -> Sequence[str]:
        """The words that are this, or become it when a letter is left out."""
        found = self._shapes.get(shape, _NONE)
        return (found,) if isinstance(found, str) else found

    def lettered(self, letter: str) -> Sequence[str]:
        """The words that begin with a letter."""
        return self._letters.get(letter, _NONE)

    def since(self, beginning: str, most: int) -> Sequence[str]:
        """So many words in their order from where this would stand."""
        return self._sorted[(start := bisect_left(self._sorted, beginning)) : start + most]


def _changed(words: Sequence[str], gone: Iterable[str], come: Iterable[str]) -> tuple[str, ...]:
    """Words in their order without some and with others, found each by halving."""
    found = list(words)
    for word in gone:
        place = bisect_left(found, word)
        if found[place : place + 1] == [word]:
            del found[place]
    for word in come:
        if found[(place := bisect_left(found, word)) : place + 1] != [word]:
            found.insert(place, word)
    return tuple(found)
