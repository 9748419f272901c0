"""Look many accounts up on Slack, at the pace it allows: one by one while they are few, from the list of everybody when they are many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.senders import RetryLater, Unreachable
from bot.platforms.slack.failures import explained
from bot.platforms.slack.membership import asked_for

Json = dict[str, Any]
_FEW = 60
"""Up to so many are asked for one by one: users.info allows about 100 a minute, users.list 20 pages of 200.

https://docs.slack.dev/apis/web-api/rate-limits
"""
_PAGE = 200
_TRIES, _LONGEST = 5, 60.0
"""How often, and how many seconds, a busy Slack is waited for."""
_Result = TypeVar("_Result")
_log = structlog.get_logger(__name__)


async def users(client: AsyncWebClient, user_ids: Collection[str], team_id: str = "") -> dict[str, Json | str]:
    """The user objects by id; for one that Slack doesn't tell of, why, in its word. `team_id` is for a whole organization's token.

    Raises Refused, as any call does.
    """
    if len(user_ids) > _FEW:
        return await _listed(client, set(user_ids), team_id)
    return {one: await _one(client, one) for one in user_ids}


async def _one(client: AsyncWebClient, user_id: str) -> Json | str:
    async def ask() -> Json:
        async with explained(repeatable=True):
            answer = await client.users_info(user=user_id)
        return asked_for(answer.get("user"), user_id)

    try:
        return await _patiently(ask)
    except (Unreachable, RetryLater) as error:
        _log.warning("member can't be looked up", user=user_id, reason=str(error))
        return error.detail or str(error)


async def _listed(client: AsyncWebClient, wanted: set[str], team_id: str) -> dict[str, Json | str]:
    """Read page by page until all are found. Those that aren't listed (another company's) are asked for by themselves, while they are few."""
    found: dict[str, Json | str] = {}
    cursor = ""
    while wanted - found.keys():

        async def page(at: str = cursor) -> Any:
            async with explained(repeatable=True):
                return await client.users_list(limit=_PAGE, cursor=at or None, team_id=team_id or None)

        try:
            answer = await _patiently(page)
        except (Unreachable, RetryLater) as error:
            return found | {one: error.detail or str(error) for one in wanted - found.keys()}
        found |= {str(one["id"]): one for one in answer.get("members") or () if one.get("id") in wanted}
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    left = sorted(wanted - found.keys())
    found |= {one: await _one(client, one) for one in left[:_FEW]}
    return found | dict.fromkeys(left[_FEW:], "not in the list of the workspace's people")


async def _patiently(ask: Callable[[], Awaitable[_Result]]) -> _Result:
    for _ in range(_TRIES - 1):
        try:
            return await ask()
        except RetryLater as error:
            if error.after is None or error.after > _LONGEST:
                raise
            await asyncio.sleep(error.after)
    return await ask()
