"""What happens when somebody types, presses or sends a form: ask the dispatcher, and put the answer where it belongs."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.cards import Answers, Card, Form, Reply
from bot.commands import Inbound, Platform, Sender, read_command
from bot.platforms.console.contract import Parts
from bot.platforms.console.log import Log, Message

_Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{0,40}$")]
_EventId = Annotated[str, StringConstraints(min_length=8, max_length=64)]
_REMEMBERED = 1000


class _Posted(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    as_: str = Field(alias="as", max_length=320)
    event_id: _EventId


class Said(_Posted):
    """Something typed."""

    text: str = Field(max_length=100_000)


class Pressed(_Posted):
    """A button on the card at `key`."""

    command: str
    args: dict[str, str] = Field(default_factory=dict)
    key: _Key = ""
    replaces: bool = False
    opens_form: bool = False


class Submitted(_Posted):
    """A filled form: the one at `key` in the conversation, or one in a dialog (`key` empty), whose answer goes to `place`, if any."""

    command: str
    args: dict[str, str] = Field(default_factory=dict)
    answers: Answers
    key: _Key = ""
    place: _Key = ""


@dataclass(frozen=True)
class Outcome:
    """What the page should show: messages of the conversation, or a form in a dialog."""

    messages: tuple[Message, ...] = ()
    dialog: Message | None = None


def sender(email: str) -> Sender:
    """Name the account somebody has on the console."""
    return Sender(Platform.CONSOLE, email, email=email)


class Talk:
    """One conversation a person with the bot."""

    def __init__(self, parts: Parts, log: Log) -> None:
        self._parts = parts
        self._log = log
        self._running: OrderedDict[tuple[str, str], asyncio.Task[Outcome]] = OrderedDict()
        self._greeting = asyncio.Lock()
        self._greeted: set[str] = set()

    async def greet(self, email: str) -> None:
        """Say hello, once a person, with what the bot can do."""
        async with self._greeting:
            if email in self._greeted:
                return
            reply = await self._parts.dispatcher(Inbound(sender(email), "help"))
            self._greeted.add(email)
            self._log.add(email, await self._parts.clock.now(), "bot", reply=reply)

    async def say(self, email: str, said: Said) -> Outcome:
        """Answer something typed. Nothing shows in the conversation when the dispatcher fails: it's still in the box then."""

        async def work() -> Outcome:
            at = await self._parts.clock.now()
            command, rest = read_command(said.text, self._parts.dispatcher.commands.keys())
            reply = await self._parts.dispatcher(Inbound(sender(email), command, rest, event_id=said.event_id))
            typed = self._log.add(email, at, "person", text=said.text.strip())
            return Outcome((typed, self._log.add(email, at, "bot", reply=reply)))

        return await self._once(email, said.event_id, work)

    async def press(self, email: str, pressed: Pressed) -> Outcome:
        """Answer a button: in place of its card when it replaces it, in a dialog when it opens a form, else below."""

        async def work() -> Outcome:
            reply = await self._parts.dispatcher(
                Inbound(sender(email), pressed.command, args=pressed.args, event_id=pressed.event_id)
            )
            if pressed.opens_form and isinstance(reply, Form):
                return Outcome(dialog=self._log.hold(email, await self._parts.clock.now(), reply))
            return await self._shown(email, reply, pressed.key if pressed.replaces else "")

        return await self._once(email, pressed.event_id, work)

    async def submit(self, email: str, submitted: Submitted) -> Outcome:
        """Answer a filled form: its place is taken by the confirmation, or by itself with errors."""

        async def work() -> Outcome:
            reply = await self._parts.dispatcher(
                Inbound(sender(email), submitted.command, args=submitted.args, form=submitted.answers, event_id=submitted.event_id)
            )
            if isinstance(reply, Form) and not submitted.key:
                return Outcome(dialog=self._log.hold(email, await self._parts.clock.now(), reply))
            return await self._shown(email, reply, submitted.key or submitted.place)

        return await self._once(email, submitted.event_id, work)

    async def _shown(self, email: str, reply: Reply, key: str) -> Outcome:
        at = await self._parts.clock.now()
        if isinstance(reply, Card) and reply.aside:
            key = ""
        message = self._log.change(email, key, at, reply) if key else self._log.add(email, at, "bot", reply=reply)
        return Outcome((message,))

    async def _once(self, email: str, event_id: str, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Do the work of an event once; a second post of the same event is given the same outcome. A failure may be tried again."""
        name = (email, event_id)
        if name not in self._running:
            self._running[name] = asyncio.ensure_future(work())
            while len(self._running) > _REMEMBERED:
                self._running.popitem(last=False)
        task = self._running[name]
        try:
            return await asyncio.shield(task)
        finally:
            if task.done() and (task.cancelled() or task.exception() is not None):
                self._running.pop(name, None)
