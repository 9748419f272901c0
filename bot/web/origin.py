"""Whether a request was made to this machine, and by a page of our own: what keeps other sites' pages out.

A page of another site, open in the same browser, can reach what listens on this machine by a name that it points at 127.0.0.1 (DNS
rebinding: the Host header then isn't ours), and can post anywhere, blindly (the Origin header then isn't ours).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

_LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE)

_OWN = frozenset({"same-origin", "none"})
"""`none` is what a person does in the browser itself: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header."""


def to_this_machine(headers: Mapping[str, str]) -> bool:
    """Whether a request's Host is a name of this machine's own."""
    return _LOOPBACK.fullmatch(headers.get("Host", "")) is not None


def from_own_page(headers: Mapping[str, str], address: str = "") -> bool:
    """Whether a post comes from a page of the host it was made to, or of `address`, by which others know this host.

    Every browser sends Origin with a post; newer ones also say in Sec-Fetch-Site how the page stands to the address. A tool such as curl
    sends neither, and acts for nobody but whoever runs it.
    """
    if headers.get("Sec-Fetch-Site", "none") not in _OWN:
        return False
    origin = headers.get("Origin")
    return origin is None or _netloc(origin) in {headers.get("Host", "").lower(), _netloc(address)} - {""}


def is_loopback(address: str) -> bool:
    """Whether a web address is on this machine."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _netloc(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
