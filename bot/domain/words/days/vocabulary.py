"""What words of a language mean where days are said: words and phrases of languages' tables, as one tree to look them up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.domain.words.days import arabic, english, french, german, hebrew, japanese, spanish
from bot.domain.words.days.folding import folded
from bot.domain.words.days.foreign import words_in
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.typos import typos

Table = Mapping[Kind, str]
"""A language's words by kind: `yesterday|yday=-1, today=0`. Words with the same value stand between bars."""

_TABLES: Mapping[str, Table] = {
    "en": english.WORDS,
    "de": german.WORDS,
    "fr": french.WORDS,
    "es": spanish.WORDS,
    "ar": arabic.WORDS,
    "he": hebrew.WORDS,
    "ja": japanese.WORDS,
}
OWN_TABLES = frozenset(_TABLES)
"""Languages whose words are told here; others are dateparser's."""

_MISTYPED = frozenset({Kind.WEEKDAY, Kind.RELATIVE, Kind.MONTH})
"""Kinds of words that are understood with a letter wrong."""

_SHORTEST_MISTYPED = {Kind.WEEKDAY: 5, Kind.RELATIVE: 5, Kind.MONTH: 7}


@dataclass(frozen=True)
class Meaning:
    """The kind of a word or phrase, and its number."""

    kind: Kind
    value: int


@dataclass
class Node:
    """Where a phrase has got to: what it means if it ends here, and the words that may follow."""

    meaning: Meaning | None = None
    after: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """Phrases as a tree of words, and words of a script that knows no spaces, by their first character."""

    phrases: Node
    together: Mapping[str, Mapping[str, Meaning]]

    def longest(self, plain: str, at: int) -> tuple[int, Meaning]:
        """How many characters from `at` on are the longest word written together with others, and what it means; 0 for none."""
        for word, meaning in self.together.get(plain[at], {}).items():
            if plain.startswith(word, at):
                return len(word), meaning
        return 0, Meaning(Kind.OTHER, 0)


def read_table(table: Table) -> Iterator[tuple[str, Meaning]]:
    """Each word or phrase of a table with its meaning."""
    for kind, words in table.items():
        for group in filter(None, map(str.strip, words.split(","))):
            names, _, value = group.rpartition("=") if "=" in group else (group, "", "0")
            for name in names.split("|"):
                yield name.strip(), Meaning(kind, int(value))


@lru_cache(maxsize=64)
def vocabulary(language: str, holidays: tuple[str, ...] = ()) -> Vocabulary:
    """Words of a language, by its ISO 639 code, and of English; where they differ its own go first. Holidays are numbered in their order."""
    own = _TABLES.get(language, {}) if language != "en" else {}
    known: dict[str, Meaning] = {}
    if language not in _TABLES and (words := words_in(language)):
        _add(known, ((name, Meaning(Kind.MONTH, number)) for name, number in words.months.items()))
        _add(known, ((name, Meaning(Kind.WEEKDAY, number)) for name, number in words.weekdays.items()))
    for table in (_TABLES["en"], own):
        _add(known, read_table(table))
    for mistyped, meaning in chain.from_iterable(map(_mistyped, (own, _TABLES["en"]))):
        known.setdefault(mistyped, meaning)
    for number, name in enumerate(holidays):
        for lead in ("", "ב") if language == "he" else ("",):
            known.setdefault(lead + name, Meaning(Kind.HOLIDAY, number))
    return _built(known, language)


def _add(known: dict[str, Meaning], words: Iterable[tuple[str, Meaning]]) -> None:
    for word, meaning in words:
        for spelling in _spellings(word):
            if meaning.kind is not Kind.FOLLOWER or spelling not in known:
                known[spelling] = meaning


def _spellings(word: str) -> set[str]:
    """A word without accents, and as it is written where a keyboard has no umlauts."""
    spelled_out = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return {folded(word), folded(spelled_out), folded(word.replace("ß", "ss"))}


def _mistyped(table: Table) -> Iterator[tuple[str, Meaning]]:
    for word, meaning in read_table(table):
        if meaning.kind in _MISTYPED and word.isalpha() and len(word) >= _SHORTEST_MISTYPED[meaning.kind] and word < "\u0250":
            yield from ((one, meaning) for one in typos(folded(word)))


def _built(known: Mapping[str, Meaning], language: str) -> Vocabulary:
    root, together = Node(), dict[str, dict[str, Meaning]]()
    for word, meaning in sorted(known.items(), key=lambda one: -len(one[0])):
        if language == "ja" and not word.isascii():
            together.setdefault(word[0], {})[word] = meaning
            continue
        node = root
        for part in re.findall(r"[^\W_]+|[^\w\s'-]", word):
            node = node.after.setdefault(part, Node())
        node.meaning = node.meaning or meaning
    return Vocabulary(root, together)
