"""Words that may be a mistyped command, and what follows them."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.domain.words.typed_text import begun, seen

LIKE_AFTER_SLASH, LIKE = 70.0, 84.0
"""Likeness, 0 to 100, from which a word is taken for a mistyped command; after a slash, which nothing else begins with, less is enough."""

_PART = 85.0
"""The same of a word that is a part of a command's name, or the other way round: visit, logvisits."""

_LONGEST_NAME = 40
_SHORTEST = 5
"""Letters of a word without a slash that may be a mistyped command."""


def has_slash(text: str) -> bool:
    """Whether a text begins as a command does."""
    return text.startswith("/")


def first_word(text: str) -> str:
    """The first word as a command's name would be; "" where it is none."""
    first, *_ = text.split(maxsplit=1) or [""]
    name = seen(first[:_LONGEST_NAME]).removeprefix("/").rstrip(":,").lower() if len(first) <= _LONGEST_NAME else ""
    return name if name.replace("-", "").isalpha() and (has_slash(text) or len(name) >= _SHORTEST) else ""


def likeness(word: str, name: str, *, slash: bool) -> float:
    """How like a word is to a command's name, 0 to 100."""
    part = len(word) >= 3 and (word in name or name in word)
    return max(fuzz.ratio(word, name), _PART if slash and part else 0.0)


def following(text: str) -> str:
    """What stands after the first word."""
    _, *rest = text.split(maxsplit=1)
    return begun(rest[0]) if rest else ""


def meant_for(text: str, name: str) -> str:
    """What was typed for the command of this name: without the first word, where that is the name mistyped."""
    word, slash = first_word(text), has_slash(text)
    return following(text) if word and likeness(word, name, slash=slash) >= (LIKE_AFTER_SLASH if slash else LIKE) else text
