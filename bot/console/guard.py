"""Keeps other sites out of a page that lets anyone speak as anyone.

The console listens on this machine only, but a page of another site, open in the same browser, could still reach it: by a
name that it points at 127.0.0.1 (DNS rebinding: the Host header then isn't ours), or by posting blindly (the Origin
header then isn't ours).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On everything but the event stream, which sets its own."""


def guarded(handler: Handler) -> Handler:
    """Answer only requests made to this machine's own name, and posts only from the console's own pages."""

    @wraps(handler)
    async def only_ours(request: web.Request) -> web.StreamResponse:
        if not _LOOPBACK.fullmatch(request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="The console answers on this machine only: open it at http://localhost.\n")
        if request.method == "POST" and not _from_here(request):
            raise web.HTTPForbidden(text="The console takes posts from its own pages only.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return only_ours


def _from_here(request: web.Request) -> bool:
    """Compare Origin, which every browser sends with a post, to Host; without one, only a tool such as curl is let in."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return urlsplit(origin).netloc.lower() == request.headers["Host"].lower()
