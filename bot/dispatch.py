"""Find the command, authorise, run it in one transaction, reply.

The platforms' listeners know `Dispatcher` and nothing of handlers or the database.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Option, Reply
from bot.commands import Command, Inbound, Sender


class Dispatcher:
    """The one way in for everything people do, on every platform."""

    commands: Mapping[str, Command]

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer one event, in one transaction on a worker thread.

        Always answers with a card or form: an unknown sender gets a card on how to get access; a refusal a card that says what to do next;
        a form with mistakes comes back as a `Form` with `errors` and everything typed; an event seen before gets
        its first answer again with nothing done. Only a fault of the program or the database raises.
        """
        raise NotImplementedError

    async def knows(self, sender: Sender) -> bool:
        """Whether this account is linked to a person already (when not, a listener looks up the email and passes it)."""
        raise NotImplementedError

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """The best at most 100 options of a `SearchField`'s source for what was typed so far; () for someone without the right."""
        raise NotImplementedError
