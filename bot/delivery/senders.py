"""What delivery asks of a platform: send a card to a person or a channel, change it later, and say exactly why when it can't."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.cards import Card
from bot.domain.access.accounts import Verdict
from bot.domain.people.people import Platform


@dataclass(frozen=True)
class Destination:
    """Where a person is reached on one platform, or a message looked up.

    `user_id`, `tenant` and `conversation` are those of `bot.commands.Sender`; `user_id` may be empty when only the `email` is known
    (Slack then looks it up; Teams can't write to somebody it has never met). `thread` is the message whose answers are looked
    through, for what was posted below it. `unchecked` says that nobody has vouched for the account yet: the sender asks the platform first.
    """

    platform: Platform
    user_id: str
    email: str
    tenant: str = ""
    conversation: str = ""
    thread: str = ""
    unchecked: bool = False


@dataclass(frozen=True)
class Sent:
    """The platform's receipt: with both, the message can be changed or deleted.

    `conversation` is what `Destination.conversation` holds for this platform, to be kept with the account; `user_id` likewise. `tenant`
    is where it is, "" where that was known before.
    """

    message_id: str
    conversation: str
    user_id: str
    tenant: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody in a channel, as the platform says who they are. `app`: nobody, but a program."""

    user_id: str
    tenant: str
    verdict: Verdict
    app: bool = False


class Unreachable(Exception):
    """This person or channel can't be reached on this platform; sending again won't help.

    `reason` is one of `no_account`, `not_ours`, `unconfirmed`, `bot_blocked`, `bot_not_installed`, `left`, `guest`, `conversation_gone`,
    `channel_archived`, `refused`; `detail` is the platform's own code or words.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


_LONGEST_SILENCE = 24 * 3600.0
"""Seconds of silence that a platform is given at most: what asks for more, as a proxy's nonsense, is asked again after a day."""


class RetryLater(Exception):
    """The platform is busy or throttles; nothing was sent. `after` is in seconds (its Retry-After, up to a day), None when it gave none."""

    def __init__(self, after: float | None, detail: str = "") -> None:
        super().__init__(detail or "retry later")
        self.after = None if after is None else min(after, _LONGEST_SILENCE)
        self.detail = detail


class Uncertain(Exception):
    """The request may or may not have arrived (a cut connection, a time-out, a 5xx): it must not be repeated blindly."""


class Refused(Exception):
    """The platform refuses the bot itself (token revoked, app disabled): no delivery of this tenant can work until someone acts."""


@dataclass(frozen=True)
class Capabilities:
    """What a platform can be asked, so that nobody below needs to know which platform it is.

    `can_look_up`: `find` says whether a message arrived; without it a message cut off while being sent stays in doubt. `can_recall`: a
    message can be taken back; without it `delete` raises Unreachable. `rates` are the calls a second that one tenant allows, by kind:
    "send" for messages, "change" for edits and deletions, "home" for people's own pages. A kind that isn't named counts as "send"; where
    that isn't named there is no limit.
    """

    can_look_up: bool = True
    can_recall: bool = True
    rates: Mapping[str, float] = field(default_factory=dict)


class PlatformSender(Protocol):
    """Sends to one platform. Every method raises the exceptions above and nothing else for what the platform answers."""

    platform: Platform

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can be asked, and how fast."""
        ...

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Send `card`; `delivery_id` travels as metadata where the platform has it, so that `find` can look it up."""
        ...

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look for a message sent earlier with this id. Raises `Uncertain` where the platform can't say."""
        ...

    async def update(self, sent: Sent, card: Card) -> None:
        """Replace a message sent earlier."""
        ...

    async def delete(self, sent: Sent) -> None:
        """Take a message back. One that is gone already is as it should be. Never `Uncertain`: doing it twice does no harm."""
        ...

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Show `card` in a channel (Slack's id, or Teams' conversation id `19:…@thread.tacv2`), below the message `thread` if given.

        `find` looks it up in `Destination(…, conversation=channel, thread=thread)`. The receipt is good for `update` and `delete`.
        """
        ...

    async def members(self, channel: str) -> list[str]:
        """The user ids (those of `Destination`) of everyone in a channel the bot is in."""
        ...


@runtime_checkable
class KnowsAccounts(Protocol):
    """A platform on which accounts can be looked up. Raises as `PlatformSender` does; what it says of one is its `Verdict`."""

    async def look_up(self, channel: str, user_ids: Collection[str]) -> list[Member]:
        """Who some members of a channel are."""
        ...

    async def vouch(self, accounts: Sequence[Destination]) -> list[Verdict]:
        """What the platform says of some linked accounts, in their order."""
        ...
