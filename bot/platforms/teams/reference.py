"""Where a conversation with the bot is, as it's kept with an account and given back to write to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from bot.delivery.senders import Unreachable


@dataclass(frozen=True)
class Reference:
    """A conversation on one of Teams' regional services.

    `service` is its address, `bot` and `user` the two members' ids in Teams' own form (`28:…`, `29:…`).
    """

    service: str
    conversation: str
    tenant: str = ""
    bot: str = ""
    user: str = ""

    def packed(self) -> str:
        """Write as the JSON that `bot.commands.Sender.conversation` holds."""
        return json.dumps(asdict(self), sort_keys=True)

    def at(self, conversation: str) -> Reference:
        """Give the same people in another conversation."""
        return replace(self, conversation=conversation)

    @classmethod
    def unpacked(cls, text: str) -> Reference:
        """Read what `packed` wrote. Unreachable when there is none (the bot was never met) or it can't be read."""
        if not text:
            raise Unreachable("bot_not_installed", "this person has never met the bot in Teams")
        try:
            kept = json.loads(text)
            reference = cls(**kept)
        except (json.JSONDecodeError, TypeError) as error:
            raise Unreachable("conversation_gone", "the conversation kept for this person can't be read") from error
        if {*map(type, kept.values())} != {str} or not reference.service:
            raise Unreachable("conversation_gone", "the conversation kept for this person is incomplete")
        return reference
