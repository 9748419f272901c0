"""The people named after “with” in what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.words.matching import Candidate, fold

_WITH = re.compile(r"(?<![^\s\0,;(])(?:with|w/|mit|avec|con)\s+", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:[,;&+]|(?<=\s)(?:and|und|et|y|plus)(?=\s))\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:their|the|his|her|its|our|an?|ihrem|ihrer|dem|der|leur|le|la|su|el)\s+)+", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOPS = _words(
    "about regarding re at in on over for to because who that from via by since until when where which we they he she it i is are was were"
    " über wegen sur sobre"
)
_JOIN_WORDS = _words("and und et y plus & + of de von du")
_ARTICLES = _words("their the his her its our a an ihrem ihrer dem der leur le la su el")
_ROLES = _words(
    "ceo cfo cto cio coo cmo cpo ciso cxo vp svp evp president director manager head chief lead owner founder chair chairman chairwoman"
    " board team staff buyer procurement operations ops finance hr sales marketing legal engineering product support it admin nurse doctor"
    " secretary"
)
_LOOKED_AT = 300
"""Characters after a “with” that are looked at: more is a story."""
_SIGNS = " \t\r\n\u00a0.,;:!?()"


@dataclass(frozen=True)
class Contacts:
    """People's names or roles as typed, and where: from the “with” up to, not including, `end`."""

    names: tuple[str, ...]
    start: int
    end: int


def find_contacts(text: str, *, people: Sequence[Candidate], whole: bool) -> Contacts | None:
    """Find the people after the first “with” that has any; None when nobody is named.

    A NUL in `text` ends them. With `whole`, all up to a word such as “about” or “at” names people (in a heading); else what is
    written like a name or is a role (in running text), or is the name of one of `people`.
    """
    known = frozenset(fold(name) for person in people for name in person.names)
    for lead in _WITH.finditer(text):
        rest = text[lead.end() : lead.end() + _LOOKED_AT].partition("\0")[0]
        end = _end_of_clause(rest) if whole else _end_of_names(rest, known)
        names = tuple(filter(None, map(_bare, _JOINS.split(rest[:end]))))
        if names:
            return Contacts(names, lead.start(), lead.end() + end)
    return None


def _bare(name: str) -> str:
    """Take a name out of what stands around it, but leave `Jane Doe (CFO)` its parenthesis."""
    signs = _SIGNS if name.count("(") != name.count(")") else _SIGNS.rstrip("()")
    return _ARTICLE.sub("", name.strip(signs)).lstrip("@").strip(signs)


def _end_of_clause(rest: str) -> int:
    for word in list(re.finditer(r"\S+", rest))[1:]:
        if word[0].lower() in _STOPS:
            return word.start()
    return len(rest)


def _end_of_names(rest: str, known: Collection[str]) -> int:
    """Where the words end that are written like names; joins and articles count only before one."""
    words = list(re.finditer(r"\S+", rest))[:20]
    end = 0
    for number, word in enumerate(words):
        plain = word[0].strip(_SIGNS)
        if plain.lower() in _JOIN_WORDS | _ARTICLES:
            continue
        if not (_is_name(plain) or any(fold(span) in known for span in _spans(words, number, rest))):
            break
        end = word.end()
        if word[0].endswith((".", ":", ";", "!", "?")):
            break
    return end or _one_alone(words)


def _is_name(word: str) -> bool:
    """Capitalised, an email, an @name, or a role; in scripts without capitals nothing can be told."""
    return word[:1].isupper() or "@" in word or word.lower() in _ROLES


def _spans(words: Sequence[re.Match[str]], number: int, rest: str) -> Iterator[str]:
    """One to three words that have the given one in them: jane, jane doe, mary jane doe."""
    for first in range(max(0, number - 2), number + 1):
        for last in range(number, min(len(words), first + 3)):
            yield rest[words[first].start() : words[last].end()].strip(_SIGNS)


def _one_alone(words: Sequence[re.Match[str]]) -> int:
    """A single word of small letters is a name when nothing follows it, or a comma or a word such as “about” does."""
    telling = [word for word in words if word[0].lower() not in _ARTICLES]
    if telling and (len(telling) == 1 or telling[0][0].endswith(",") or telling[1][0].lower() in _STOPS):
        return telling[0].end()
    return 0
