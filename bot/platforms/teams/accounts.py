"""Who acts: Teams' account of a person, and what Teams says of it when it hasn't been asked within the hour."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.commands import Place, Sender
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.access.accounts import Vouch
from bot.domain.people.people import Platform
from bot.platforms.teams.connector import Connector, Json
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.membership import address_of, doubt

_KEPT_FOR = 300.0  # seconds
_KEPT = 1_000  # people
_log = structlog.get_logger(__name__)


class Accounts:
    """Looks members up, and keeps what Teams said for five minutes. `by_email`: their email says who they are, not their sign-in name."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        connector: Connector,
        clock: Callable[[], float] = time.monotonic,
        *,
        by_email: bool = False,
    ) -> None:
        self._dispatcher = dispatcher
        self._connector = connector
        self._clock = clock
        self._by_email = by_email
        self._members: OrderedDict[tuple[str, str], tuple[float, Json]] = OrderedDict()

    async def sender(self, incoming: Incoming) -> Sender:
        """Give the sender, with what Teams says of the account when it wasn't asked within the hour.

        Whoever has no id in Entra is nobody: `from.id` is Teams' own name for a chat's member, which anybody may claim elsewhere. Only a
        personal chat is kept to write to later: what is sent to a person must not land in a channel.
        """
        if not incoming.object_id:
            return Sender(Platform.TEAMS, "", tenant=incoming.where.tenant, vouch=Vouch.UNKNOWN)
        sender = Sender(
            Platform.TEAMS,
            incoming.object_id,
            tenant=incoming.where.tenant,
            conversation=incoming.where.packed() if incoming.place is Place.PERSONAL else "",
        )
        if await self._dispatcher.knows(sender):
            return sender
        try:
            member = await self._member(incoming)
        except Unreachable as error:
            _log.warning("no such member", user=incoming.user, reason=str(error))
            return replace(sender, vouch=Vouch.UNKNOWN)
        except (Refused, RetryLater, Uncertain) as error:
            _log.warning("member can't be looked up", user=incoming.user, reason=str(error))
            return sender
        if found := doubt(member, sender.tenant, sender.user_id):
            _log.info("not one of ours", user=sender.user_id, reason=found.detail)
            return replace(sender, vouch=Vouch.NOT_OURS)
        return replace(sender, vouch=Vouch.OURS, email=address_of(member, by_email=self._by_email))

    async def _member(self, incoming: Incoming) -> Json:
        """Ask the connector. Raises the exceptions of `bot.delivery.senders`."""
        key = (incoming.user, incoming.object_id)
        kept = self._members.get(key)
        if kept and kept[0] > self._clock():
            return kept[1]
        # A thread's id is its channel's and its first message's; members are the channel's.
        channel = incoming.where.at(incoming.where.conversation.partition(";messageid=")[0])
        member = await self._connector.member(channel, incoming.user)
        self._members[key] = (self._clock() + _KEPT_FOR, member)
        while len(self._members) > _KEPT:
            self._members.popitem(last=False)
        return member
