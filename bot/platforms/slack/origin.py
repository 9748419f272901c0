"""Where a question was asked, and so where its answer goes."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, dataclass, fields

from bot.platforms.slack.buttons import dumps


@dataclass(frozen=True)
class Origin:
    """The place an answer goes to.

    `channel` and `message` are those of the message a button was pressed on, or the direct message typed in; `replaces` says that
    the answer takes that message's place. `thread` is the message below which that was, where an answer goes too.
    """

    user_id: str
    response_url: str = ""
    channel: str = ""
    message: str = ""
    ephemeral: bool = False
    replaces: bool = False
    thread: str = ""

    def packed(self) -> str:
        """Write as text, for a modal's `private`."""
        return dumps({name: value for name, value in asdict(self).items() if value})

    @classmethod
    def unpacked(cls, private: str, user_id: str) -> Origin:
        """Read `packed` text; an answer to a modal without it, or with one of another version, goes to the person's direct messages."""
        try:
            kept = json.loads(private) if private else {}
        except (ValueError, RecursionError):
            kept = {}
        known = {one.name: type(one.default) for one in fields(cls) if one.default is not MISSING}
        if not isinstance(kept, dict) or not all(isinstance(kept.get(name, kind()), kind) for name, kind in known.items()):
            return cls(user_id)
        return cls(user_id, **{name: kept[name] for name in known if name in kept})

    @property
    def in_conversation(self) -> bool:
        """Whether that is the person's own conversation with the bot, where messages may stay."""
        return self.channel.startswith("D") and not self.ephemeral
