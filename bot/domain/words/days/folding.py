"""Text as it is compared: small letters, no accents, digits of any script as 0 to 9, and every character where it was."""

from __future__ import annotations

import unicodedata

_ONE_FOR_ONE = {
    **dict.fromkeys("’‘ʼ´`׳", "'"),
    **dict.fromkeys("–‑‐−―〜～", "-"),
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("،、，", ","),
    **dict.fromkeys("؛；", ";"),
    "ى": "ي",
    "ة": "ه",
    "گ": "ك",
    "ı": "i",
    "。": ".",
    "؟": "?",
}
_UNSEEN = frozenset("\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u2066\u2067\u2068\u2069\ufeff\u3000")


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(sign: str) -> str:
    if sign in _ONE_FOR_ONE:
        return _ONE_FOR_ONE[sign]
    if sign in _UNSEEN:
        return " "
    if (digit := unicodedata.digit(sign, None)) is not None and sign.isdecimal():
        return str(digit)
    base = unicodedata.normalize("NFKD", sign)[:1] if sign.isalpha() or len(unicodedata.normalize("NFKC", sign)) == 1 else sign
    if "\u1100" <= base <= "\u11ff" or "぀" <= sign <= "ヿ":
        base = sign  # parts of Korean and Japanese syllables are letters of their own
    lower = base.lower()
    return lower if len(lower) == 1 else base


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The text in small letters without accents, of the same length."""
    return text.translate(_FOLDS)
