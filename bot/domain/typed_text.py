"""What people type, made fit to be stored."""

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(text: str) -> str:
    """`text` without control characters, tabs and line ends aside, and with every line end as one line feed.

    PostgreSQL stores no U+0000 at all, and half of a surrogate pair, which JSON can carry, is no text: it becomes U+FFFD.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))
