"""A small client of the Bot Connector's REST interface.

The SDK's own runs on threads, opens a connection a message and waits 100 s; this one shares a session on the event loop.
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.delivery.senders import Refused, Unreachable
from bot.platforms.network import session as new_session
from bot.platforms.teams.failures import error_code, explain, network
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.text import dumps
from bot.platforms.teams.tokens import Tokens

Json = dict[str, Any]
# Longer than the connector needs, shorter than a person waits: clients ask again after 15 s.
TIMEOUT = aiohttp.ClientTimeout(total=12, sock_connect=4)
_TARGETED = "isTargetedActivity=true"


class Session:
    """One aiohttp session, opened at its first use (it needs a running loop) and closed once."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._over = False

    def __call__(self) -> aiohttp.ClientSession:
        """Give the session, open. RuntimeError once this is closed: nobody would close it again."""
        if self._over:
            raise RuntimeError("this session is closed")
        if self._session is None or self._session.closed:
            self._session = new_session(TIMEOUT)
        return self._session

    async def close(self) -> None:
        """Close its connections, for good."""
        self._over = True
        if self._session is not None:
            await self._session.close()


class Connector:
    """Calls the connector. Every method raises the exceptions of `bot.delivery.senders` and nothing else for what it answers."""

    def __init__(self, session: Session, tokens: Tokens) -> None:
        self._session = session
        self._tokens = tokens
        self._written: tuple[Json, bytes] | None = None

    async def send(self, to: Reference, activity: Json) -> str:
        """Post an activity and give its id. Not repeatable: in doubt it is Uncertain."""
        found = await self._call("POST", to, "/activities", self._addressed(to, activity), repeatable=False)
        return str(found.get("id") or "")

    async def send_targeted(self, to: Reference, activity: Json) -> str:
        """Post an activity among others that `to.user` alone sees, for 24 hours. Never for a conversation of one: Teams refuses it.

        https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages#send-replies-using-rest-apis
        """
        seen = activity | {"recipient": {"id": to.user, "isTargeted": True}}
        found = await self._call("POST", to, f"/activities?{_TARGETED}", self._addressed(to, seen), repeatable=False)
        return str(found.get("id") or "")

    async def update(self, to: Reference, activity_id: str, activity: Json, *, targeted: bool = False) -> None:
        """Replace an activity sent earlier; a `targeted` one stays so, and can be replaced only as such."""
        path = f"/activities/{quote(activity_id, safe='')}{f'?{_TARGETED}' if targeted else ''}"
        await self._call("PUT", to, path, self._addressed(to, activity, id=activity_id), repeatable=True)

    async def delete(self, to: Reference, activity_id: str) -> None:
        """Take an activity back."""
        await self._call("DELETE", to, f"/activities/{quote(activity_id, safe='')}", None, repeatable=True)

    async def members(self, to: Reference, token: str) -> Json:
        """One page of a conversation's members: `members`, and `continuationToken` while there are more."""
        more = f"&continuationToken={quote(token, safe='')}" if token else ""
        return await self._call("GET", to, f"/pagedmembers?pageSize=500{more}", None, repeatable=True)

    async def create(self, to: Reference) -> Reference:
        """Find or make the personal conversation with `to.user`: asking twice gives the same one."""
        asked = {
            "isGroup": False,
            "bot": {"id": to.bot},
            "members": [{"id": to.user}],
            "tenantId": to.tenant,
            "channelData": {"tenant": {"id": to.tenant}},
        }
        found = await self._call("POST", to.at(""), "", asked, repeatable=True)
        if not found.get("id"):
            raise Unreachable("conversation_gone", "the connector gave no conversation")
        return to.at(str(found["id"]))

    async def member(self, to: Reference, user: str) -> Json:
        """Look a member of the conversation up: `email`, `userPrincipalName`, `aadObjectId`, `userRole`."""
        return await self._call("GET", to, f"/members/{quote(user, safe='')}", None, repeatable=True)

    def _addressed(self, to: Reference, activity: Json, **own: str) -> bytes:
        """An activity's JSON with its address. One that goes to many is written once: the last is remembered, by identity."""
        if self._written is None or self._written[0] is not activity:
            self._written = (activity, dumps(activity).encode()[:-1])
        address = {**own, "from": {"id": to.bot}, "conversation": {"id": to.conversation}}
        return self._written[1] + b"," + dumps(address).encode()[1:]

    async def _call(self, method: str, to: Reference, path: str, body: Json | bytes | None, *, repeatable: bool) -> Json:
        place = f"/{quote(to.conversation, safe='')}" if to.conversation else ""
        url = URL(f"{to.service.rstrip('/')}/v3/conversations{place}{path}", encoded=True)
        data = dumps(body).encode() if isinstance(body, dict) else body
        token = await self._tokens.get()
        status, headers, answer = await self._request(method, url, data, token, repeatable)
        if status == 401 and token:
            # The token may have been revoked before its time; nothing was done with the request.
            token = await self._tokens.get(rejected=token)
            status, headers, answer = await self._request(method, url, data, token, repeatable)
        if status == 401:
            raise Refused(f"HTTP 401 {error_code(answer)}".strip())
        if not 200 <= status < 300:
            raise explain(status, headers, answer, repeatable=repeatable)
        return _read(answer)

    async def _request(
        self, method: str, url: URL, data: bytes | None, token: str, repeatable: bool
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        with network(repeatable=repeatable):
            async with self._session().request(method, url, data=data, headers=headers, allow_redirects=False) as answer:
                return answer.status, answer.headers, await answer.read()


def _read(answer: bytes) -> Json:
    try:
        found = json.loads(answer or b"{}")
    except (UnicodeDecodeError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
