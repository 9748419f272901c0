"""Web addresses that people type, or that come back with a form: which are shown as a link."""

from urllib.parse import urlsplit

LIMIT = 1_200
"""Characters of a web address; a longer one is none that anybody meant."""


def is_address(value: str) -> bool:
    """Whether a text is a https address with a host, as every platform and browser reads it alike.

    Signs that nobody sees, quotes and brackets are none of it; nor is a name before the host, which makes one host look like another.
    """
    if not value.startswith("https://") or len(value) > LIMIT or not value.isprintable() or any(sign in '<>"\\ ' for sign in value):
        return False
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 443) > 0
    except ValueError:
        return False
