"""Keeps other sites out of a page that lets anyone speak as anyone, though it listens on this machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from bot.web.origin import from_own_page, to_this_machine

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

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
        if not to_this_machine(request.headers):
            raise web.HTTPForbidden(text="The console answers on this machine only: open it at http://localhost.\n")
        if request.method == "POST" and not from_own_page(request.headers):
            raise web.HTTPForbidden(text="The console takes posts from its own pages only.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return only_ours
