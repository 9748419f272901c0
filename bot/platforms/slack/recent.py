"""Ids seen lately."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

# Slack sends an event again at once, after a minute and after five: https://docs.slack.dev/apis/events-api/#retries
_KEPT_FOR = 900.0  # seconds
_KEPT = 50_000


class Recent:
    """Remembers ids for fifteen minutes, so that this process answers an event once.

    The dispatcher remembers what was *done*, across restarts; this remembers what was *answered*, which can't be told from outside.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()

    def first(self, event_id: str) -> bool:
        """Whether `event_id` is new; it isn't from now on."""
        now = self._clock()
        while self._until and (len(self._until) > _KEPT or next(iter(self._until.values())) <= now):
            self._until.popitem(last=False)
        if event_id in self._until:
            return False
        self._until[event_id] = now + _KEPT_FOR
        return True
