"""A visit that is still to come: “Am Donnerstag fahre ich zu Globex”, “I'm seeing Globex on Friday”."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GERMAN = r"(?:fahre|fahren|gehe|gehen|besuche|besuchen|reise|reisen|fliege|fliegen|treffe|treffen|komme|kommen)"
_GOING = re.compile(
    rf"\b(?:{_GERMAN}\s+(?:ich|wir)|(?:ich|wir)\s+{_GERMAN}|(?:I|we)(?:['’](?:m|re|ll)|\s+(?:am|are|will|shall|plan\s+to|intend\s+to))\s+(?:going\s+to\s+|be\s+)?"
    r"(?:visit|visiting|see|seeing|meet|meeting|going|go|driving|drive|travelling|traveling|travel|heading|head|flying|fly|off|at|with))\b"
    r"(?:\s+(?!nicht\b|not\b)[\w.]+){0,5}\s+$",
    re.IGNORECASE,
)
_LOOKED_AT = 80


def plan_before(text: str, customers: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the words stand that say a customer will be visited, up to the customer; None where none do."""
    for start, end in customers:
        begin = max(0, start - _LOOKED_AT)
        if found := _GOING.search(text[begin:start]):
            return begin + found.start(), end
    return None
