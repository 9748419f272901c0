"""The words of a line, where each stands, and the forms by which it is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.words.matching import fold

TOGETHER = "\u0e00-\u0e7f\u2e80-\u303f\u3041-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Signs of scripts that put no space between words (Thai, Chinese, Japanese) or put endings right after names (Korean)."""

_MARKS = "\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(
    rf"[{TOGETHER}]+|(?:(?![{TOGETHER}])[^\W_])(?:(?![{TOGETHER}])[^\W_]|[{_MARKS}])*(?:['’ʼ`´](?:(?![{TOGETHER}])[^\W_]|[{_MARKS}])+)*"
)
TOGETHER_SIGN = re.compile(f"[{TOGETHER}]")
_POSSESSIVE = re.compile("['’ʼ`´]s?$", re.IGNORECASE)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_ARABIC, _HEBREW = re.compile("[وفبكل]?(?:ال|لل|[بكلو])(?=..)"), re.compile("[ושכהבלמ]{1,2}(?=..)")

AND = frozenset(("and", "und", "et", "y", "e", "plus", "n"))
"""Words that stand for an ampersand in a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, from character `start` up to, not including, `end`; `form` is how it is compared."""

    start: int
    end: int
    text: str
    form: str

    @property
    def together(self) -> bool:
        """Whether it is of a script that puts no spaces between words."""
        return TOGETHER_SIGN.match(self.text) is not None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str) -> tuple[Word, ...]:
    """All words of a text, in order."""
    return tuple(Word(found.start(), found.end(), found[0], folded(found[0])) for found in _WORD.finditer(text))


def folded(word: str) -> str:
    """One word as it is compared: small letters, no accents, no signs."""
    return fold(word).replace(" ", "")


@lru_cache(maxsize=4096)
def forms(text: str) -> tuple[str, ...]:
    """The ways a typed word may stand in a name: itself, without 's, its umlauts spelled out, without prefixes of Arabic and Hebrew."""
    found = [folded(text)]
    if _POSSESSIVE.search(text):
        found.append(folded(_POSSESSIVE.sub("", text)))
    if (spelled := text.lower().translate(_SPELLED)) != text.lower():
        found.append(folded(spelled))
    for prefix in (_ARABIC, _HEBREW):
        if cut := prefix.match(found[0]):
            found += [found[0][cut.end() :], found[0][1:]]
            found += ["ال" + one for one in (found[0][cut.end() :],) if prefix is _ARABIC]
    return tuple(one for one in dict.fromkeys(found) if one)


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """A name's words as they are compared, and once more with its umlauts spelled out; words for “and” are left out."""
    found = [_plain(name)]
    if (spelled := name.lower().translate(_SPELLED)) != name.lower():
        found.append(_plain(spelled))
    return tuple(dict.fromkeys(found))


def _plain(name: str) -> tuple[str, ...]:
    words = tuple(one.form for one in words_of(name) if one.form)
    return tuple(one for one in words if one not in AND) or words
