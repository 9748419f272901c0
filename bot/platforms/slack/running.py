"""What is being answered: kept until it is done, so that a process that ends can wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class Running:
    """The tasks of what is being answered. asyncio itself keeps none: one that nobody holds may vanish half done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Begin something."""
        task = asyncio.create_task(work)
        self._keep(task)
        return task

    def track(self) -> None:
        """Have what runs now waited for by `settled`."""
        current = asyncio.current_task()
        if current is not None:
            self._keep(current)

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self, seconds: float = 5.0) -> None:
        """Wait until what is being answered is, at most so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def stop(self) -> None:
        """Leave what is still being answered: it comes again, and is known by its id."""
        left = self._tasks - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
