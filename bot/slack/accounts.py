"""Who is typing: Slack's account of a person, with the email looked up when the account isn't known yet."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import islice

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Sender
from bot.dispatch import Dispatcher
from bot.domain.people import Platform
from bot.slack.failures import error_code
from bot.slack.text import mentioned, unwrap

_KEPT_FOR = 300.0  # seconds
_KEPT = 1_000  # people
_MOST_NAMED = 20  # people mentioned in one text who are looked up; others stay as Slack wrote them
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Profile:
    """What users.info says of a person. `email` is empty for those who have none (bots, some guests)."""

    email: str
    name: str
    guest: bool


class Accounts:
    """Looks people up, and keeps what users.info said for five minutes."""

    def __init__(self, dispatcher: Dispatcher, client: AsyncWebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._dispatcher = dispatcher
        self._client = client
        self._clock = clock
        self._profiles: OrderedDict[tuple[str | None, str], tuple[float, Profile]] = OrderedDict()

    async def sender(self, user_id: str, team_id: str, conversation: str = "") -> Sender:
        """Give the sender; with email and guest flag from Slack when the account isn't linked to a person yet."""
        sender = Sender(Platform.SLACK, user_id, tenant=team_id, conversation=conversation)
        if await self._dispatcher.knows(sender):
            return sender
        profile = await self.profile(user_id)
        return replace(sender, email=profile.email, guest=profile.guest) if profile else sender

    async def profile(self, user_id: str) -> Profile | None:
        """Ask users.info; None when Slack can't or won't say, which the log tells."""
        kept = self._profiles.get((self._client.token, user_id))
        if kept and kept[0] > self._clock():
            return kept[1]
        try:
            answer = await self._client.users_info(user=user_id)
        except SlackApiError as error:
            _log.warning("users.info refused for %s: %s", user_id, error_code(error))
            return None
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("users.info failed for %s: %s", user_id, error)
            return None
        profile = _profile(answer["user"])
        self._keep(user_id, profile)
        return profile

    def _keep(self, user_id: str, profile: Profile) -> None:
        # By workspace: in another one, the same id may be somebody else's.
        key = (self._client.token, user_id)
        self._profiles[key] = (self._clock() + _KEPT_FOR, profile)
        self._profiles.move_to_end(key)
        while len(self._profiles) > _KEPT:
            self._profiles.popitem(last=False)

    async def typed(self, text: str) -> str:
        """Give `text` as it was typed, the people mentioned in it by name where Slack says it."""
        return unwrap(text, await self._names(mentioned(text)))

    async def _names(self, user_ids: Collection[str]) -> dict[str, str]:
        user_ids = list(islice(user_ids, _MOST_NAMED))
        profiles = await asyncio.gather(*(self.profile(user_id) for user_id in user_ids))
        return {user_id: found.name for user_id, found in zip(user_ids, profiles, strict=True) if found and found.name}


def _profile(user: dict[str, object]) -> Profile:
    shown = user.get("profile")
    details: dict[str, object] = shown if isinstance(shown, dict) else {}
    name = details.get("real_name") or user.get("real_name") or details.get("display_name") or user.get("name") or ""
    guest = any(user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    return Profile(email=str(details.get("email") or ""), name=str(name), guest=guest)
