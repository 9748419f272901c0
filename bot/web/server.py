"""The web server's own words about what it can't even read as a request."""

from __future__ import annotations

import logging

from aiohttp import web
from aiohttp.http import HttpProcessingError

SERVER = "aiohttp.server"
"""What aiohttp calls its log."""


class UnparsableRequestFilter(logging.Filter):
    """Makes one line of a request that is no HTTP. It is answered 400, and is whoever sent it's fault; aiohttp tells it with a traceback, as ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback away where it is of a request that can't be read."""
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, HttpProcessingError) and fault.code < 500:
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
            record.msg, record.args = "a request is no HTTP: %s", (type(fault).__name__,)
            record.exc_info = record.exc_text = None
        return True


def web_application() -> web.Application:
    """A site: bodies of up to a megabyte, and a log that tells others' faults from ours."""
    log = logging.getLogger(SERVER)
    if not any(isinstance(one, UnparsableRequestFilter) for one in log.filters):
        log.addFilter(UnparsableRequestFilter())
    return web.Application(client_max_size=1024 * 1024)
