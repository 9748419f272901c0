"""Where the names of one candidate are found: the words, runs of words, initials and signs that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.words.line.common import PLAIN, WEAK
from bot.domain.words.line.tokens import TOGETHER_SIGN, spellings
from bot.domain.words.matching import Candidate, without_legal_form

WHOLE, NO_FORM, BEGINS, INSIDE, INITIALS = 100.0, 97.0, 92.0, 88.0, 82.0
"""Scores: the very name, without its legal form or “The”, its first words, words inside it, its initials."""

_MOST_WORDS = 7
_THE = frozenset(("the", "der", "die", "das", "la", "le", "les", "el", "los", "las"))
_FORMS_TOGETHER = ("株式会社", "有限会社", "合同会社", "股份有限公司", "有限公司", "公司", "주식회사")

Scores = dict[str, float]


@dataclass(frozen=True)
class Entries:
    """What leads to a candidate, each with how well it fits. `runs` are all runs of its names' words, also those that say nothing.

    `together` are names in signs that are written together, each with what it fits; `signs` those of nothing but signs.
    """

    whole: Scores = field(default_factory=dict)
    pieces: Scores = field(default_factory=dict)
    initials: Scores = field(default_factory=dict)
    runs: dict[str, None] = field(default_factory=dict)
    together: Scores = field(default_factory=dict)
    signs: Scores = field(default_factory=dict)


def entries(candidate: Candidate) -> Entries:
    """All of them, of all its names."""
    found = Entries()
    for name in candidate.names:
        spelled = spellings(name)
        for words in spelled:
            _add(found, words)
        if not spelled[0] and name.strip():
            found.signs[name.strip()] = WHOLE
    return found


def _add(found: Entries, words: tuple[str, ...]) -> None:
    _keep(found.whole, "".join(words), WHOLE)
    for shorter in _without_form(words):
        _keep(found.whole, "".join(shorter), NO_FORM)
    _add_pieces(found, words)
    if len(words) >= 3:
        _keep(found.initials, "".join(word[0] for word in words), INITIALS)
    if len(words) == 1:
        _add_together(found, words[0])


def _add_pieces(found: Entries, words: tuple[str, ...]) -> None:
    """Every run of the name's words; a run of weak ones alone is kept as the beginning of longer ones only."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _MOST_WORDS) + 1):
            run = words[start:end]
            found.runs[spaced := " ".join(run)] = None
            if end - start != len(words) and not all(word in WEAK for word in run):
                telling = not all(word in WEAK | PLAIN for word in run)
                _keep(found.pieces, spaced, (BEGINS if start == 0 else INSIDE) - (0.0 if telling else 6.0))


def _add_together(found: Entries, word: str) -> None:
    if not any(TOGETHER_SIGN.match(sign) for sign in word) or len(word) < 2:
        return
    _keep(found.together, word, WHOLE)
    for form in _FORMS_TOGETHER:
        short = word.removeprefix(form).removesuffix(form)
        if short != word and len(short) > 1:
            _keep(found.together, short, NO_FORM)


def _keep(into: Scores, key: str, score: float) -> None:
    if key:
        into[key] = max(into.get(key, 0.0), score)


def _without_form(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    short = tuple(without_legal_form(" ".join(words)).split())
    short = tuple(one for one in short if one not in _FORMS_TOGETHER) or short
    yield from (one for one in dict.fromkeys((short, _without_the(words), _without_the(short))) if one != words)


def _without_the(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 2 and words[0] in _THE else words
