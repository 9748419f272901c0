"""What a typed name means, among customers or people. Pure: candidates are passed in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

FITS = 80.0
"""Score, 0 to 100, from which a candidate is taken to be meant; names that merely share letters begin below."""

SAME = 95.0
"""Score of a name that differs from what was typed by no more than its legal form: Acme, Acme Corp."""

EXACT = 100.0
"""Score of the very name."""

_BEGINS = 92.0
_CONTAINS = 88.0
_UNFINISHED = 86.0
_UNFINISHED_SHORT = 75.0
_CLOSE = 6.0
"""Two scores nearer than this can't be told apart: a name itself and one that begins with it, but not one it stands inside of."""

_INSIDE = 0.78
"""What share of its likeness a mere piece of a name, or a name and more words, is worth: it is suggested and never decided."""

_WORTH_A_LOOK = 60.0
_PIECE_WORTH_A_LOOK = 80.0
_AT_MOST = 5
_LONGEST = 200
"""Characters of a typed name that are looked at: no name is longer."""

_FORMS = (
    r"inc|incorporated|ltd|limited|llc|l l c|llp|plc|p l c|corp|corporation|co|company|and co|pty|pte"
    r"|gmbh|g m b h|ggmbh|mbh|ag|a g|kg|kgaa|ohg|se|ug|bv|b v|nv|n v|ab|oy|oyj|as|a s|asa|aps"
    r"|sa|s a|sas|s a s|sarl|s a r l|srl|s r l|spa|s p a|sl|s l|lda|ltda|doo|sp z oo|sro|kk"
)
_LEGAL_FORM = re.compile(rf"(?:\s(?:{_FORMS}))+$")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Candidate:
    """Something with a name, and other names it goes by."""

    id: int | str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names it goes by."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Match:
    """A candidate and how well it fits, 0 to 100."""

    candidate: Candidate
    score: float


@dataclass(frozen=True)
class Resolution:
    """Either one `winner`, or several `choices` that fit about as well (2 to 5, best first), or neither."""

    winner: Match | None = None
    choices: tuple[Match, ...] = ()


def fold(text: str) -> str:
    """Put a name as it is compared: small letters, no accents, no punctuation, single spaces.

    Quotes, dashes and non-breaking spaces of any kind part words; apostrophes and invisible marks (text direction, joiners) vanish.
    A name of nothing but signs, such as an emoji, stays as it is. Cached, for 20,000 names are searched at every keystroke; but a text
    longer than any name isn't kept.
    """
    return _fold_name(text) if len(text) <= _LONGEST else _folded(text)


@lru_cache(maxsize=1 << 16)
def _fold_name(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    lowered = _APOSTROPHES.sub("", text).casefold()
    if lowered.isascii():
        folded = _NOT_ASCII_WORD.sub(" ", lowered).strip()
    else:
        plain = unicodedata.normalize("NFKD", lowered).casefold()
        folded = " ".join("".join(map(_folded_sign, plain)).split())
    return folded or " ".join("".join(sign for sign in lowered if unicodedata.category(sign) != "Cf").split())


def _folded_sign(sign: str) -> str:
    """Leave a letter, digit or vowel sign as it is; drop an accent or an invisible mark; a space for the rest."""
    category = unicodedata.category(sign)
    if category[0] in "LN":
        return sign
    if category[0] == "M":
        return "" if unicodedata.combining(sign) else sign
    return "" if category == "Cf" else " "


def without_legal_form(folded: str) -> str:
    """Take Inc, GmbH and the like off the end of a folded name; one that is nothing else stays."""
    return _LEGAL_FORM.sub("", folded)


def best(query: str, candidates: Sequence[Candidate], limit: int = 100) -> list[Match]:
    """Rank the candidates that fit a typed name at all, at most `limit`, best first, ties in the order given.

    A name's own words count most, then its beginning, then words inside it, then likeness of spelling; a legal form hardly counts.
    """
    folded = fold(query[:_LONGEST])
    if not folded:
        return []
    owners = [position for position, candidate in enumerate(candidates) for _ in candidate.names]
    names = [fold(name) for candidate in candidates for name in candidate.names]
    top: dict[int, tuple[float, float]] = {}
    for index, likeness in _worth_a_look(folded, names):
        by_words = _score(folded, names[index])
        if score := max(by_words, likeness):  # of two that score the same, the one with the words typed comes first
            top[owners[index]] = max((score, by_words), top.get(owners[index], (0.0, 0.0)))
    ranked = sorted(top.items(), key=lambda one: (-one[1][0], -one[1][1], one[0]))
    return [Match(candidates[position], score) for position, (score, _) in ranked[:limit]]


def decide(query: str, candidates: Sequence[Candidate]) -> Resolution:
    """Find the one candidate that is meant, or the few that may be, or nothing.

    The very name (or alias) of just one wins, though others contain it. Otherwise all that fit about as well as the best are given:
    Acme is ambiguous between Acme Corp and Acme Health.
    """
    fitting = [match for match in best(query, candidates) if match.score >= FITS]
    exact = [match for match in fitting if match.score == EXACT]
    if len(exact) == 1:
        return Resolution(winner=exact[0])
    near = exact or [match for match in fitting if fitting[0].score - match.score <= _CLOSE]
    if len(near) == 1:
        return Resolution(winner=near[0])
    return Resolution(choices=tuple(near[:_AT_MOST]))


def _worth_a_look(query: str, names: Sequence[str]) -> Iterable[tuple[int, float]]:
    """Find by quick means the names to score in full: their index, and their likeness of spelling to the query, 0 to 100."""
    words = query.split()
    found = {index: 0.0 for index, name in enumerate(names) if all(word in name for word in words)}
    core = without_legal_form(query)
    cores = [without_legal_form(name) for name in names]
    alike = process.extract(core, cores, scorer=fuzz.ratio, processor=None, limit=None, score_cutoff=_WORTH_A_LOOK)
    for _, likeness, index in alike:
        # a likeness below 100 never outdoes the name itself in another legal form
        found[index] = max(found.get(index, 0.0), SAME if likeness == EXACT else min(likeness, SAME))
    if len(core) >= 4:
        within = process.extract(
            core, cores, scorer=fuzz.partial_ratio, processor=None, limit=None, score_cutoff=_PIECE_WORTH_A_LOOK
        )
        for _, likeness, index in within:
            found[index] = max(found.get(index, 0.0), _INSIDE * likeness)
    return found.items()


def _score(query: str, name: str) -> float:
    """Score a folded name by the words it shares with the query, 0 when it lacks one; a legal form alone says nothing."""
    if query == name:
        return EXACT
    if _joined(query) == _joined(name):
        return SAME
    words, named, telling = query.split(), name.split(), without_legal_form(name).split()
    whole = len(query) > 1 or not query.isascii()  # an initial is only a start and decides nothing: a isn't A.B.C. Ltd
    if whole and named[: len(words)] == words:
        return _BEGINS
    if whole and set(words) <= set(named) and not set(words).isdisjoint(telling):
        return _CONTAINS
    if all(_begins_one(word, named) for word in words) and any(_begins_one(word, telling) for word in words):
        return _UNFINISHED if len(query) >= 3 or not query.isascii() else _UNFINISHED_SHORT  # two Chinese signs say a lot
    return 0.0


def _joined(folded: str) -> str:
    """A folded name without spaces and legal form, so that ABC is A.B.C. Ltd."""
    return without_legal_form(folded).replace(" ", "")


def _begins_one(word: str, named: Iterable[str]) -> bool:
    return any(one.startswith(word) for one in named)
