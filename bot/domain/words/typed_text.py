"""What people type, made fit to be stored."""

import re
import unicodedata

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Soft hyphen, zero-width and text direction marks, as classes of a pattern: what a phone's keyboard or a copied text leaves behind."""
_BEFORE = re.compile(rf"[\s{_INVISIBLE}]*+")
_WITHIN = re.compile(f"[{_INVISIBLE}]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(text: str) -> str:
    """`text` without control characters, tabs and line ends aside, and with every line end as one line feed.

    PostgreSQL stores no U+0000 at all, and half of a surrogate pair, which JSON can carry, is no text: it becomes U+FFFD.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def begun(text: str) -> str:
    """`text` from its first sign that is seen on, and without white space at its end; marks inside it, as in emoji, stay."""
    found = _BEFORE.match(text)
    return text[found.end() if found else 0 :].rstrip()


def seen(word: str) -> str:
    """A word without marks that nobody sees, and with letters of double width as plain ones: for looking it up, not for keeping."""
    return unicodedata.normalize("NFKC", _WITHIN.sub("", word))
