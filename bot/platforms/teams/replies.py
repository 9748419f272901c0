"""Bring an answer to where it belongs: the chat it was asked in, or the person's own when others would read it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from enum import StrEnum
from typing import Any, TypeVar

import structlog

from bot.cards import Reply
from bot.commands import Place
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.platforms.teams.answers import message
from bot.platforms.teams.connector import Connector, Json
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.reference import Reference

POINTER = "I answered in our chat."
NO_CHAT = "My answer is for you alone, and we have no chat yet: add me under Apps, then ask me there."
_TRIES = 3
_LONGEST = 4.0
"""Seconds a reply waits for a busy Teams; whoever asked is waiting too."""
T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Arrived(StrEnum):
    """Where an answer went: where it was asked, to the person's own chat, or nowhere."""

    HERE = "here"
    CHAT = "chat"
    NOWHERE = "nowhere"


class Replies:
    """Answers, over one `Connector`. A reply that can't be sent is told to the log: there is nobody else to tell.

    `targets` says that Teams can show a message among others to one person alone (`platforms.teams.answers_in_channels`).
    """

    def __init__(self, connector: Connector, *, targets: bool = False) -> None:
        self._connector = connector
        self._targets = targets
        self._later: set[asyncio.Task[Any]] = set()

    async def say(self, incoming: Incoming, reply: Reply, *, public: bool) -> Arrived:
        """Post `reply` as a new message, and say where it went.

        Where others read and it isn't `public`, or was asked where nobody read it, it's seen by whoever asked alone; where Teams doesn't take
        that, in their own chat.
        """
        if incoming.place is Place.PERSONAL or (public and not incoming.targeted):
            return Arrived.HERE if await self.post(incoming.where, message(reply)) else Arrived.NOWHERE
        if self._targets and await self._targeted(incoming, reply):
            return Arrived.HERE
        try:
            chat = await _patiently(lambda: self._connector.create(incoming.where))
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("no chat to reply in", user=incoming.user, reason=str(error))
            return Arrived.NOWHERE
        return Arrived.CHAT if await self.post(chat, message(reply)) else Arrived.NOWHERE

    async def _targeted(self, incoming: Incoming, reply: Reply) -> bool:
        """Post among others what one person alone sees, below what they asked; whether it arrived, or may have."""
        about = (
            [{"type": "targetedMessageInfo", "messageId": incoming.id}] if incoming.targeted and incoming.kind == "message" else []
        )
        activity = message(reply) | ({"entities": about} if about else {})
        try:
            await _patiently(lambda: self._connector.send_targeted(incoming.where, activity))
        except Uncertain as error:
            _log.warning("targeted reply in doubt", reason=str(error))
        except (Refused, RetryLater, Unreachable) as error:
            _log.warning("targeted reply not taken, sent to their own chat", reason=str(error))
            return False
        return True

    async def post(self, where: Reference, activity: Json) -> bool:
        """Post an activity; whether it arrived."""
        try:
            await _patiently(lambda: self._connector.send(where, activity))
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.error("reply not sent", reason=str(error))
            return False
        return True

    async def replace(self, where: Reference, message_id: str, reply: Reply, *, targeted: bool = False) -> bool:
        """Replace a message for good; whether it was."""
        try:
            await _patiently(lambda: self._connector.update(where, message_id, message(reply), targeted=targeted))
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("card not replaced", reason=str(error))
            return False
        return True

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do `work` after the answer, which a client waits for."""
        task = asyncio.create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def settled(self, seconds: float | None = None) -> None:
        """Wait for what was put off, at most so long."""
        loop = asyncio.get_running_loop()
        until = None if seconds is None else loop.time() + seconds
        while self._later and (until is None or loop.time() < until):
            await asyncio.wait(self._later, timeout=None if until is None else until - loop.time())

    async def stop(self) -> None:
        """Leave what is still put off."""
        left = self._later - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    attempt = 1
    while True:
        try:
            return await call()
        except RetryLater as error:
            wait = error.after if error.after is not None else 2.0 ** (attempt - 1)
            if attempt == _TRIES or wait > _LONGEST:
                raise
        attempt += 1
        await asyncio.sleep(wait + random.uniform(0, 0.2))  # noqa: S311 - spreads load, hides nothing
