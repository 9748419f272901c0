"""Who is typing: Slack's account of a person, and what Slack says of it when it hasn't been asked within the hour."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Sender
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.access.accounts import Vouch
from bot.domain.people.people import Platform
from bot.platforms.slack import inbound as read
from bot.platforms.slack.failures import explained
from bot.platforms.slack.membership import Ours, acted, asked_for, doubt, email_of, installed_in
from bot.platforms.slack.text import mentioned, unwrap
from bot.platforms.slack.workspaces import OneWorkspace, Workspaces

Json = dict[str, Any]
_KEPT_FOR = 300.0  # seconds
_KEPT = 1_000  # people
_MOST_NAMED = 20  # people mentioned in one text who are looked up; others stay as Slack wrote them
_log = structlog.get_logger(__name__)


class Accounts:
    """Looks people up, and keeps what users.info said for five minutes."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        client: AsyncWebClient,
        clock: Callable[[], float] = time.monotonic,
        workspaces: Workspaces | None = None,
    ) -> None:
        self._dispatcher = dispatcher
        self._client = client
        self._clock = clock
        self._workspaces = workspaces or OneWorkspace(client)
        self._users: OrderedDict[tuple[str | None, str], tuple[float, Json]] = OrderedDict()

    async def sender(self, user_id: str, body: Mapping[str, Any], conversation: str = "") -> Sender:
        """Give the sender of what Slack posted, with what it says of the account.

        Slack is asked when it wasn't within the hour, and whenever the event itself leaves a doubt that they are of our own workspace.
        """
        said, ours = acted(body), await self._installation(body)
        sender = Sender(Platform.SLACK, user_id, tenant=_tenant(body, ours), conversation=conversation)
        if ours is None:
            return sender if said.theirs <= said.there else replace(sender, vouch=Vouch.UNKNOWN)
        if said.excludes(ours):
            return replace(sender, vouch=Vouch.NOT_OURS)
        agrees = said.agrees(ours)
        if agrees and await self._dispatcher.knows(sender):
            return sender
        return await self._asked(sender, ours, explicit=not agrees)

    async def knows(self, sender: Sender) -> bool:
        """Whether Slack vouched for an account within the hour."""
        return await self._dispatcher.knows(sender)

    async def _installation(self, body: Mapping[str, Any]) -> Ours | None:
        """Where the bot is installed that an event is for; None when that can't be found out now, which the log tells."""
        try:
            return await self._workspaces.ours(*installed_in(body))
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("workspace can't be looked up", reason=str(error))
            return None

    async def _asked(self, sender: Sender, ours: Ours, *, explicit: bool) -> Sender:
        """The sender with what users.info says."""
        try:
            user = await self._user(sender.user_id)
        except Unreachable as error:
            _log.warning("no such member", user=sender.user_id, reason=str(error))
            return replace(sender, vouch=Vouch.UNKNOWN)
        except (Refused, RetryLater, Uncertain) as error:
            _log.warning("member can't be looked up", user=sender.user_id, reason=str(error))
            return replace(sender, vouch=Vouch.UNKNOWN if explicit else Vouch.UNSAID)
        return vouched(sender, user, ours, explicit=explicit)

    async def changed(self, body: Mapping[str, Any]) -> None:
        """Slack says that an account has changed: what was known of it is forgotten, and it is unlinked when it isn't ours any more.

        https://docs.slack.dev/reference/events/user_change
        """
        user = body["event"].get("user")
        if not isinstance(user, dict) or not isinstance(user.get("id"), str):
            return
        self._users.pop((self._client.token, user["id"]), None)
        ours = await self._installation(body)
        if ours is not None:
            sender = Sender(Platform.SLACK, user["id"], tenant=_tenant(body, ours))
            await self._dispatcher.account_changed(vouched(sender, user, ours))

    async def _user(self, user_id: str) -> Json:
        """Ask users.info. Raises the exceptions of `bot.delivery.senders`."""
        # By workspace: in another one, the same id may be somebody else's.
        key = (self._client.token, user_id)
        kept = self._users.get(key)
        if kept and kept[0] > self._clock():
            return kept[1]
        async with explained(repeatable=True):
            answer = await self._client.users_info(user=user_id)
        user = asked_for(answer.get("user"), user_id)
        self._users[key] = (self._clock() + _KEPT_FOR, user)
        self._users.move_to_end(key)
        while len(self._users) > _KEPT:
            self._users.popitem(last=False)
        return user

    async def typed(self, text: str) -> str:
        """Give `text` as it was typed, the people mentioned in it by name where Slack says it."""
        return unwrap(text, await self._names(mentioned(text)))

    async def _names(self, user_ids: Collection[str]) -> dict[str, str]:
        user_ids = list(islice(user_ids, _MOST_NAMED))
        names = await asyncio.gather(*(self._name(user_id) for user_id in user_ids))
        return {user_id: found for user_id, found in zip(user_ids, names, strict=True) if found}

    async def _name(self, user_id: str) -> str:
        try:
            return _name_of(await self._user(user_id))
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("member can't be looked up", user=user_id, reason=str(error))
            return ""


def _tenant(body: Mapping[str, Any], ours: Ours | None) -> str:
    """The workspace of whoever is one of ours: that of the installation, for an event of a shared channel may come from another company's.

    In an organization it is the one that the event names.
    """
    return ours.team if ours is not None and ours.team and not ours.enterprise else read.team_of(body)


def vouched(sender: Sender, user: Mapping[str, Any], ours: Ours, *, explicit: bool = False) -> Sender:
    """The sender with what a user object says of the account. Without an address in it nobody can be recognised by it."""
    if found := doubt(user, ours, explicit=explicit):
        _log.info("not one of ours", user=sender.user_id, reason=found.detail)
        return replace(sender, vouch=Vouch.NOT_OURS)
    email = email_of(user)
    return replace(sender, vouch=Vouch.OURS if email else Vouch.UNSAID, email=email)


def _name_of(user: Mapping[str, Any]) -> str:
    shown = user.get("profile")
    details: Mapping[str, Any] = shown if isinstance(shown, dict) else {}
    return str(details.get("real_name") or user.get("real_name") or details.get("display_name") or user.get("name") or "")
