"""Traces: one id from what somebody did, or a schedule began, to every message it leads to. It is in each log line on the way.

The id is bound to the context (`structlog.contextvars`), which threads and tasks begun in it take along. Rows and jobs carry it further.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from structlog.contextvars import bound_contextvars, get_contextvars


def current() -> str:
    """The trace id of what is being done; "" outside of any."""
    return str(get_contextvars().get("trace", ""))


@contextmanager
def following(trace: str = "") -> Iterator[str]:
    """Do something under a trace id: the one it was begun with, a new one where there is none."""
    trace = trace or token_hex(8)
    with bound_contextvars(trace=trace):
        yield trace
