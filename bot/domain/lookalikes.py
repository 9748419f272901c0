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
