"""Text that looks the same is the same: signs that can't be seen, and letters that can be written in several ways."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Signs of no width (joiners, soft hyphens, directions, byte-order marks, fillers), as a regular expression's set:
Unicode's Default_Ignorable_Code_Point, and the empty Braille cell."""

_UNSEEN = re.compile(f"[{UNSEEN}]")


def seen(text: str) -> str:
    """`text` as it looks: composed letters (NFC), and no signs of no width."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


_IDLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs of no width that no script needs: joiners, without which Persian and some emoji look different, aren't among them."""

_SAME = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))


def tidy(text: str) -> str:
    """One line of `text` as it is to be shown: composed letters (NFC), single spaces, and no idle signs of no width."""
    return " ".join(_IDLE.sub("", unicodedata.normalize("NFC", text)).split())


def folded(text: str) -> str:
    """`text` as names are told apart: whatever looks the same, in any case, is the same; so are all apostrophes and all dashes."""
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen(text)).casefold())
    return " ".join(seen(whole).translate(_SAME).split())
