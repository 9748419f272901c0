"""What was said to and by each person, in memory, and the open pages that show it."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.cards import Reply
from bot.domain.words.answers import whole

KEPT = 200
"""Messages kept for each person."""

By = Literal["person", "bot", "note"]


@dataclass(frozen=True)
class Note:
    """A line of the console's own: pieces of text, each with the email of the person it leads to, or ""; and lines folded away below it."""

    pieces: tuple[tuple[str, str], ...]
    folded: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line as it is read."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class Message:
    """One message. `key` names its place on the page for good; `version` grows with every change anywhere.

    It holds `text` (typed by the person), a `note` of the console's own, or a `reply`. A form that is shown in a
    dialog is kept, so that it can be looked at as JSON, but isn't `listed` in the conversation.
    """

    key: str
    version: int
    at: datetime
    by: By
    text: str = ""
    reply: Reply | None = None
    delivery_id: str = ""
    listed: bool = True
    note: Note | None = None


@dataclass(frozen=True)
class Signal:
    """Something an open page should know that is no message of its own: the clock moved, somebody has news."""

    name: Literal["clock", "unread"]
    data: dict[str, str | int]


Event = Message | Signal
Page = asyncio.Queue[Event | None]
"""What an open page waits on; None ends it."""


@dataclass
class _Conversation:
    messages: OrderedDict[str, Message] = field(default_factory=OrderedDict)
    pages: set[Page] = field(default_factory=set)
    unread: int = 0


class Log:
    """Every person's conversation. All methods are called on the event loop's thread."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self._version = 0
        self._all: defaultdict[str, _Conversation] = defaultdict(_Conversation)

    def add(
        self, email: str, at: datetime, by: By, *, text: str = "", reply: Reply | None = None, delivery_id: str = ""
    ) -> Message:
        """Append a message and show it on the person's open pages."""
        key = f"{self.epoch}-{self._version + 1}"
        return self._put(email, Message(key, self._next(), at, by, text, reply, delivery_id))

    def remark(self, email: str, at: datetime, note: Note) -> Message:
        """Append a note of the console's own."""
        key = f"{self.epoch}-{self._version + 1}"
        return self._put(email, Message(key, self._next(), at, "note", note.text, note=note))

    def hold(self, email: str, at: datetime, reply: Reply) -> Message:
        """Keep a form that is shown in a dialog only."""
        key = f"{self.epoch}-{self._version + 1}"
        return self._put(email, Message(key, self._next(), at, "bot", reply=reply, listed=False))

    def change(self, email: str, key: str, at: datetime, reply: Reply) -> Message:
        """Replace what stands at `key`. A place this log doesn't know (the program was restarted) is made anew."""
        before = self.get(email, key) or Message(key, 0, at, "bot")
        return self._put(email, replace(before, version=self._next(), text="", reply=reply, listed=True))

    def get(self, email: str, key: str) -> Message | None:
        """Find a message by its key; None when it's no longer kept."""
        return self._all[email].messages.get(key)

    def delivered(self, email: str, delivery_id: str) -> Message | None:
        """Find a message by the id of its delivery."""
        return next((one for one in self._all[email].messages.values() if one.delivery_id == delivery_id), None)

    def since(self, email: str, last_event_id: str) -> list[Message]:
        """List what was said or changed since an event, in the page's order; everything when the id is of an earlier run."""
        epoch, _, number = last_event_id.partition("-")
        after = (whole(number) or 0) if epoch == self.epoch else 0
        return [one for one in self._all[email].messages.values() if one.version > after and one.listed]

    def event_id(self, version: int) -> str:
        """Name a point in the log, for `since`."""
        return f"{self.epoch}-{version}"

    @property
    def version(self) -> int:
        """The latest version given to a message."""
        return self._version

    def unread(self) -> dict[str, int]:
        """Count what arrived for people nobody was looking at."""
        return {email: one.unread for email, one in self._all.items() if one.unread}

    @contextmanager
    def watching(self, email: str) -> Iterator[Page]:
        """Have a page told of everything from now on."""
        page: Page = asyncio.Queue()
        conversation = self._all[email]
        self._count(email, 0)
        conversation.pages.add(page)
        try:
            yield page
        finally:
            conversation.pages.discard(page)

    def tell_all(self, signal: Signal) -> None:
        """Tell every open page."""
        for conversation in self._all.values():
            for page in conversation.pages:
                page.put_nowait(signal)

    def close(self) -> None:
        """End every open page's stream."""
        for conversation in self._all.values():
            for page in conversation.pages:
                page.put_nowait(None)

    def _next(self) -> int:
        self._version += 1
        return self._version

    def _put(self, email: str, message: Message) -> Message:
        conversation = self._all[email]
        conversation.messages[message.key] = message
        while len(conversation.messages) > KEPT:
            conversation.messages.popitem(last=False)
        if message.listed:
            for page in conversation.pages:
                page.put_nowait(message)
            if not conversation.pages:
                self._count(email, conversation.unread + 1)
        return message

    def _count(self, email: str, unread: int) -> None:
        if self._all[email].unread != unread:
            self._all[email].unread = unread
            self.tell_all(Signal("unread", {"email": email, "unread": unread}))
