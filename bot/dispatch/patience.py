"""Two people who do the same at the same moment: one of them is answered a moment later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

_Result = TypeVar("_Result")

_COLLISIONS = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL's codes for two transactions in each other's way: the same thing added twice, a serialisation failure, a deadlock."""

_TRIES = 4

_log = structlog.get_logger(__name__)


def patiently(work: Callable[[], _Result]) -> _Result:
    """Do it anew when somebody did the same at the same moment: what they did is there to be seen by then."""
    for _ in range(_TRIES - 1):
        try:
            return work()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _COLLISIONS:
                raise
            _log.info("collided", problem=str(error.orig))
    return work()
