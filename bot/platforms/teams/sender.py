"""Send cards to people in their personal chat with the bot, and to channels."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.cards import Card
from bot.delivery.rendered import Rendered
from bot.delivery.senders import Capabilities, Destination, Member, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.access.accounts import Verdict
from bot.domain.people.people import Platform
from bot.domain.words.emails import is_same
from bot.platforms.teams.adaptive import render_activity
from bot.platforms.teams.clouds import COMMERCIAL
from bot.platforms.teams.connector import Connector, Json
from bot.platforms.teams.graph import Installer
from bot.platforms.teams.membership import address_of, doubt, object_id_of
from bot.platforms.teams.reference import Reference

GLOBAL_SERVICE = COMMERCIAL.service

Remembered = Callable[[], Sequence[str]]
"""Gives conversations as they're kept with accounts, the newest first."""


class TeamsSender:
    """A `bot.delivery.senders.PlatformSender` over the Bot Connector. Nothing is repeated here but what surely didn't arrive.

    Channels are reached at the service that the last message went to, else at that of the newest conversation `remembered`, else at `home`:
    the cloud's address, with the bot's own id and tenant. Without any: RetryLater until the first message.
    """

    platform = Platform.TEAMS

    def __init__(
        self,
        connector: Connector,
        home: Reference | None = None,
        installer: Installer | None = None,
        *,
        by_email: bool = False,
        remembered: Remembered | None = None,
        per_second: float | None = None,
    ) -> None:
        # All requests count as one; what was written can't be read back.
        self.capabilities = Capabilities(can_look_up=False, rates={"send": per_second} if per_second else {})
        self._connector = connector
        self._by_email = by_email
        self._cards = Rendered(render_activity)
        self._home = home
        self._remembered = remembered
        self._installer = installer
        self._asked: set[str] = set()

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:  # noqa: ARG002 - Teams keeps no metadata
        """Send `card`; a conversation Teams no longer knows is made anew once.

        Somebody who has never met the bot has it installed, where it may do so, and is tried again a little later; else it raises
        Unreachable("bot_not_installed"): Teams lets a bot write to nobody else.
        """
        if not to.conversation and self._installer is not None and to.email:
            await self._introduce(self._installer, to.email)
        place = Reference.unpacked(to.conversation)
        await self._check(to, place)
        message = self._cards(card)
        self._home, self._remembered = replace(place, conversation="", user=""), None
        try:
            message_id = await self._connector.send(place, message)
        except Unreachable as error:
            if error.reason != "conversation_gone" or not place.user:
                raise
            place = await self._connector.create(place)
            message_id = await self._connector.send(place, message)
            return Sent(message_id=message_id, conversation=place.packed(), user_id=to.user_id)
        return Sent(message_id=message_id, conversation=to.conversation, user_id=to.user_id)

    async def _check(self, to: Destination, place: Reference) -> None:
        """Unreachable when it isn't our tenant's chat or, of an account that nobody has vouched for yet, when it isn't surely theirs."""
        tenant = self._home.tenant if self._home else ""
        if tenant and place.tenant.lower() != tenant.lower():
            raise Unreachable("not_ours", "the chat kept for them is another organization's")
        if not to.unchecked:
            return
        member = await self._connector.member(place, place.user)
        if found := doubt(member, tenant or place.tenant, to.user_id):
            raise found
        if not is_same(to.email.lower(), address_of(member, by_email=self._by_email)):
            raise Unreachable("not_ours", "the account kept for them has another address")

    async def _introduce(self, installer: Installer, email: str) -> None:
        """Install the bot for somebody, once; Teams then says where to write to them, which is kept with their account."""
        if email not in self._asked:
            await installer.install(email)
            self._asked.add(email)
        raise RetryLater(None, "the bot was installed for them; Teams hasn't said yet where to write")

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Raise Uncertain: a bot can't read what it wrote in Teams."""
        raise Uncertain(f"Teams can't be searched for {delivery_id} sent to {to.user_id or to.email}")

    async def update(self, sent: Sent, card: Card) -> None:
        """Replace a message sent earlier. Doing so twice does no harm, so what stays in doubt is `RetryLater`."""
        await self._connector.update(Reference.unpacked(sent.conversation), sent.message_id, self._cards(card))

    async def delete(self, sent: Sent) -> None:
        """Delete a message sent earlier."""
        try:
            await self._connector.delete(Reference.unpacked(sent.conversation), sent.message_id)
        except Unreachable as error:
            if error.reason != "conversation_gone":
                raise

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:  # noqa: ARG002 - as for `send`
        """Post `card` in a team's channel, as a message of its own or as an answer to the message `thread`."""
        place = await self._channel(f"{channel};messageid={thread}" if thread else channel)
        message_id = await self._connector.send(place, self._cards(card))
        return Sent(message_id=message_id, conversation=place.packed(), user_id="")

    async def members(self, channel: str) -> list[str]:
        """Everyone in a team's channel, page by page, by their AAD object id."""
        return [object_id for one in await self._roster(channel) if (object_id := object_id_of(one))]

    async def look_up(self, channel: str, user_ids: Collection[str]) -> list[Member]:
        """Who some members of a channel are: the roster says so of each."""
        tenant, wanted = (await self._channel(channel)).tenant, set(user_ids)
        listed = {object_id_of(one): one for one in await self._roster(channel)}
        return [Member(key, tenant, self._verdict(one, tenant, key)) for key, one in listed.items() if key in wanted]

    async def vouch(self, accounts: Sequence[Destination]) -> list[Verdict]:
        """What Teams says of some linked accounts, in their order. It can be asked only of who has a chat with the bot."""
        return [await self._said_of(one) for one in accounts]

    async def _said_of(self, to: Destination) -> Verdict:
        try:
            place = Reference.unpacked(to.conversation)
            tenant = self._home.tenant if self._home and self._home.tenant else place.tenant
            return self._verdict(await self._connector.member(place, place.user), tenant, to.user_id)
        except (Unreachable, Refused, RetryLater, Uncertain) as error:
            return Verdict(str(error), asked=False)

    def _verdict(self, member: Json, tenant: str, object_id: str) -> Verdict:
        found = doubt(member, tenant, object_id)
        return Verdict(found.detail) if found else Verdict(email=address_of(member, by_email=self._by_email))

    async def _roster(self, channel: str) -> list[Json]:
        place, found, token = await self._channel(channel), list[Json](), ""
        while True:
            page = await self._connector.members(place, token)
            found += [one for one in page.get("members") or () if isinstance(one, dict)]
            token = str(page.get("continuationToken") or "")
            if not token:
                return found

    async def _channel(self, conversation: str) -> Reference:
        if self._remembered is not None:
            kept = await asyncio.to_thread(self._remembered)
            self._home, self._remembered = next(_readable(kept), self._home), None
        if self._home is None:
            raise RetryLater(None, "Teams' service isn't known before the first message to somebody")
        return self._home.at(conversation)


def _readable(kept: Sequence[str]) -> Iterator[Reference]:
    """Where those conversations are; one that can't be read is passed over."""
    for text in kept:
        with suppress(Unreachable):
            yield replace(Reference.unpacked(text), conversation="", user="")
