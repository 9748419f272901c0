"""A tenant of a platform: everyone is reached, until told otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.cards import Card
from bot.delivery.senders import Capabilities, Destination, Sent, Uncertain, Unreachable
from bot.domain.people.people import Platform


@dataclass
class Message:
    """One message as it stands there: for whom, by which delivery, and every card it has shown."""

    email: str
    delivery_id: str
    cards: list[Card]
    deleted: bool = False


@dataclass
class Tenant:
    """Keeps what is sent. `before` and `after` are called with the email around each send and may raise what a platform would."""

    platform: Platform = Platform.SLACK
    can_look_up: bool = True
    can_recall: bool = True
    messages: dict[str, Message] = field(default_factory=dict)
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None
    on_change: Callable[[str], None] = lambda _: None
    channels: dict[str, list[str]] = field(default_factory=dict)
    looked_up: int = 0
    places: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    changed_in: Counter[str] = field(default_factory=Counter)

    @property
    def capabilities(self) -> Capabilities:
        """What it can be asked."""
        return Capabilities(can_look_up=self.can_look_up, can_recall=self.can_recall)

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a message."""
        self.places[to.email] = to.conversation
        self.before(to.email)
        message_id = f"{self.platform.value}{len(self.messages) + 1}"
        self.messages[message_id] = Message(to.email, delivery_id, [card])
        self.after(to.email)
        return Sent(message_id, f"D{to.user_id}", to.user_id, self.elsewhere.get(to.email, ""))

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look a message up by its delivery."""
        self.looked_up += 1
        if not self.can_look_up:
            raise Uncertain("this platform can't say")
        found = [key for key, one in self.messages.items() if one.delivery_id == delivery_id]
        return Sent(found[0], f"D{to.user_id}", to.user_id) if found else None

    async def update(self, sent: Sent, card: Card) -> None:
        """Show another card."""
        self.changed_in[sent.tenant] += 1
        message = self._there(sent)
        message.cards.append(card)

    async def delete(self, sent: Sent) -> None:
        """Take a message away."""
        self._there(sent).deleted = True

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Take a message in a channel."""
        message_id = f"{channel}-{thread}-{len(self.messages) + 1}"
        self.messages[message_id] = Message(channel, delivery_id, [card])
        return Sent(message_id, channel, "")

    async def members(self, channel: str) -> list[str]:
        """Who is in a channel."""
        if channel not in self.channels:
            raise Unreachable("conversation_gone", channel)
        return self.channels[channel]

    def _there(self, sent: Sent) -> Message:
        message = self.messages[sent.message_id]
        self.on_change(message.email)
        return message

    @property
    def copies(self) -> Counter[str]:
        """How many messages each person has, deleted ones aside."""
        return Counter(one.email for one in self.messages.values() if not one.deleted)

    def titles(self) -> Counter[str]:
        """What the messages that are there are headed by."""
        return Counter(one.cards[-1].title for one in self.messages.values() if not one.deleted)
