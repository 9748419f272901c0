"""Who acts: Teams' account of a person, with the email looked up when the account isn't known yet."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from bot.commands import Place, Sender
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.dispatch import Dispatcher
from bot.domain.people import Platform
from bot.teams.connector import Connector, Json
from bot.teams.incoming import Incoming

_KEPT_FOR = 300.0  # seconds
_KEPT = 1_000  # people
_log = logging.getLogger(__name__)


class Accounts:
    """Looks members up, and keeps what Teams said for five minutes."""

    def __init__(self, dispatcher: Dispatcher, connector: Connector, clock: Callable[[], float] = time.monotonic) -> None:
        self._dispatcher = dispatcher
        self._connector = connector
        self._clock = clock
        self._members: OrderedDict[str, tuple[float, Json]] = OrderedDict()

    async def sender(self, incoming: Incoming) -> Sender:
        """Give the sender; with email and guest flag from Teams when the account isn't linked to a person yet.

        Only a personal chat is kept to write to later: what is sent to a person must not land in a channel.
        """
        sender = Sender(
            Platform.TEAMS,
            incoming.object_id or incoming.user,
            tenant=incoming.where.tenant,
            conversation=incoming.where.packed() if incoming.place is Place.PERSONAL else "",
        )
        if await self._dispatcher.knows(sender):
            return sender
        member = await self._member(incoming)
        name = str(member.get("userPrincipalName") or "")
        guest = str(member.get("userRole") or "").lower() == "guest" or "#ext#" in name.lower()
        return replace(sender, email=str(member.get("email") or name), guest=guest)

    async def _member(self, incoming: Incoming) -> Json:
        """Ask the connector; {} when it can't or won't say, which the log tells."""
        kept = self._members.get(incoming.user)
        if kept and kept[0] > self._clock():
            return kept[1]
        # A thread's id is its channel's and its first message's; members are the channel's.
        channel = incoming.where.at(incoming.where.conversation.partition(";messageid=")[0])
        try:
            member = await self._connector.member(channel, incoming.user)
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("Teams doesn't say who %s is: %s", incoming.user, error)
            return {}
        self._members[incoming.user] = (self._clock() + _KEPT_FOR, member)
        while len(self._members) > _KEPT:
            self._members.popitem(last=False)
        return member
