"""Delivers cards to people on the console."""

from __future__ import annotations

from bot.cards import Card, Tone
from bot.commands import Platform
from bot.delivery.senders import Capabilities, Destination, Sent, Unreachable
from bot.platforms.console.log import Log
from bot.platforms.plugin import Clock


class ConsoleSender:
    """Puts cards in a person's conversation and on their open pages. In memory: a restart forgets them."""

    platform = Platform.CONSOLE
    capabilities = Capabilities()

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Show `card` to a person, by email; Unreachable when there is none."""
        email = _email(to)
        message = self._log.add(email, await self._clock.now(), "bot", reply=card, delivery_id=delivery_id)
        return Sent(message.key, email, email)

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look for a card sent earlier."""
        email = _email(to)
        message = self._log.delivered(email, delivery_id)
        return Sent(message.key, email, email) if message else None

    async def update(self, sent: Sent, card: Card) -> None:
        """Replace a card sent earlier; Unreachable when it's no longer kept."""
        if self._log.get(sent.user_id, sent.message_id) is None:
            raise Unreachable("conversation_gone", "the console keeps its messages in memory only")
        self._log.change(sent.user_id, sent.message_id, await self._clock.now(), card)

    async def delete(self, sent: Sent) -> None:
        """Show in a card's place that it was taken back: nothing vanishes from under a reader's eyes."""
        gone = Card(title="This message was taken back", tone=Tone.MUTED)
        if self._log.get(sent.user_id, sent.message_id) is not None:
            self._log.change(sent.user_id, sent.message_id, await self._clock.now(), gone)

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:  # noqa: ARG002
        """Unreachable: the console has no channels."""
        raise Unreachable("conversation_gone", f"the console has no channel {channel}")

    async def members(self, channel: str) -> list[str]:  # noqa: ARG002
        """Nobody: the console has no channels."""
        return []


def _email(to: Destination) -> str:
    email = (to.user_id or to.email).strip().lower()
    if not email:
        raise Unreachable("no_account", "no email")
    return email
