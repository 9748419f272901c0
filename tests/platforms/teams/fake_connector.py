"""A Bot Connector, Entra's token endpoint and the Bot Framework's OpenID keys on loopback, as strict as the real ones where it matters."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]
APP_ID = "11111111-1111-1111-1111-111111111111"
TENANT = "22222222-2222-2222-2222-222222222222"
SECRET = "a client secret"
ISSUER = "https://api.botframework.com"
_TEAMS_LIMIT = 100_000  # bytes of UTF-16, past which the real one answers MessageSizeTooBig


class Key:
    """A signing key and its public half as the OpenID endpoint lists it."""

    def __init__(self, kid: str, endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        self.public = public | {"kid": kid, "use": "sig", "endorsements": list(endorsements)}

    def token(self, service: str, *, kid: str | None = None, algorithm: str = "RS256", **changes: object) -> str:
        """Sign an inbound token; a claim changed to None is left out."""
        claims = {"iss": ISSUER, "aud": APP_ID, "exp": int(time.time()) + 600, "nbf": int(time.time()) - 10, "serviceurl": service}
        chosen = {name: value for name, value in (claims | changes).items() if value is not None}
        return jwt.encode(chosen, self.private, algorithm=algorithm, headers={"kid": self.kid if kid is None else kid})


KEY = Key("key-1")


class FakeConnector:
    """Remembers what was asked (`calls`: method, path, body) and answers as told by `script`: the next answers, first come first served."""

    def __init__(self) -> None:
        site = web.Application(client_max_size=4 * 1024 * 1024)
        site.router.add_post("/token", self._token)
        site.router.add_get("/openid", self._openid)
        site.router.add_get("/keys", self._keys)
        site.router.add_route("*", "/teams/v3/conversations", self._checked(self._create))
        site.router.add_post("/teams/v3/conversations/{conversation}/activities", self._checked(self._post))
        site.router.add_put("/teams/v3/conversations/{conversation}/activities/{activity}", self._checked(self._put))
        site.router.add_delete("/teams/v3/conversations/{conversation}/activities/{activity}", self._checked(self._delete))
        site.router.add_get("/teams/v3/conversations/{conversation}/pagedmembers", self._checked(self._members))
        site.router.add_get("/teams/v3/conversations/{conversation}/members/{member}", self._checked(self._member))
        self.server = TestServer(site)
        self.calls: list[tuple[str, str, Json]] = []
        self.script: list[web.Response | str] = []
        self.token_script: list[web.Response] = []
        self.token_requests: list[dict[str, str]] = []
        self.keys = [KEY.public]
        self.key_requests = 0
        self.valid: set[str] = set()
        self.expires_in = 3_600
        self.conversations = {"a:personal", "19:channel@thread.tacv2;messageid=1"}
        self.members: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.authorized = True
        self.targets = False  # whether it shows a message among others to one person alone, as the commercial cloud does
        self.targeted: list[Json] = []

    @property
    def service(self) -> str:
        """The service address, as activities carry it."""
        return str(self.server.make_url("/teams/"))

    @property
    def openid_url(self) -> str:
        """Where the keys' address is told."""
        return str(self.server.make_url("/openid"))

    @property
    def token_url(self) -> str:
        """Where tokens are given."""
        return str(self.server.make_url("/token"))

    def sent(self, conversation: str = "") -> list[Json]:
        """The messages posted, of one conversation or all."""
        return [
            body for method, path, body in self.calls if method == "POST" and path.endswith("/activities") and conversation in path
        ]

    def updated(self) -> list[tuple[str, Json]]:
        """The messages replaced: id and new body."""
        return [(path.rsplit("/", 1)[1], body) for method, path, body in self.calls if method == "PUT"]

    def _checked(self, handler: Callable[[web.Request, Json], Awaitable[web.StreamResponse]]) -> Any:
        async def answer(request: web.Request) -> web.StreamResponse:
            raw = await request.text()
            body = json.loads(raw) if raw else {}
            path = request.path.removeprefix("/teams/v3/conversations")
            self.calls.append(
                (request.method, path + ("?isTargetedActivity=true" if "isTargetedActivity" in request.query else ""), body)
            )
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if self.authorized and token not in self.valid:
                return _error(401, "Unauthorized")
            if self.script and (told := self.script.pop(0)) != "ok":
                return await _as_told(request, told)
            if len(raw.encode("utf-16-le")) > _TEAMS_LIMIT:
                return _error(413, "MessageSizeTooBig")
            return await handler(request, body)

        return answer

    async def _post(self, request: web.Request, body: Json) -> web.Response:
        if request.match_info["conversation"] not in self.conversations:
            return _error(404, "ConversationNotFound")
        assert body["type"] == "message"
        if "isTargetedActivity" in request.query:
            if not self.targets or not body["recipient"]["id"] or request.match_info["conversation"].startswith("a:"):
                return _error(400, "BadArgument")
            self.targeted.append(body)
        number = f"m{len(self.messages) + 1}"
        self.messages[number] = body
        return web.json_response({"id": number}, status=201)

    async def _put(self, request: web.Request, body: Json) -> web.Response:
        self.messages[request.match_info["activity"]] = body
        return web.json_response({"id": request.match_info["activity"]})

    async def _delete(self, request: web.Request, _body: Json) -> web.Response:
        if self.messages.pop(request.match_info["activity"], None) is None:
            return _error(404, "ActivityNotFoundInConversation")
        return web.Response(status=200)

    async def _members(self, request: web.Request, _body: Json) -> web.Response:
        found = list(self.members.values())
        start = int(request.query.get("continuationToken") or 0)
        page: Json = {"members": found[start : start + 2]}  # small pages, as Teams may give
        return web.json_response(page | ({"continuationToken": str(start + 2)} if start + 2 < len(found) else {}))

    async def _create(self, _request: web.Request, body: Json) -> web.Response:
        if not body.get("members") or not body.get("tenantId"):
            return _error(400, "BadSyntax")
        self.conversations.add("a:new")
        return web.json_response({"id": "a:new"}, status=201)

    async def _member(self, request: web.Request, _body: Json) -> web.Response:
        found = self.members.get(request.match_info["member"])
        return web.json_response(found) if found else _error(404, "MemberNotFoundInConversation")

    async def _token(self, request: web.Request) -> web.Response:
        asked = {name: values[0] for name, values in parse_qs(await request.text()).items()}
        self.token_requests.append(asked)
        if self.token_script:
            return self.token_script.pop(0)
        if asked.get("client_secret", SECRET) != SECRET or asked["client_id"] != APP_ID:
            return web.json_response({"error": "invalid_client"}, status=401)
        token = f"token-{len(self.token_requests)}"
        self.valid.add(token)
        return web.json_response({"access_token": token, "expires_in": self.expires_in, "token_type": "Bearer"})

    async def _openid(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": str(self.server.make_url("/keys"))})

    async def _keys(self, _request: web.Request) -> web.Response:
        self.key_requests += 1
        return web.json_response({"keys": self.keys})


async def _as_told(request: web.Request, told: web.Response | str) -> web.StreamResponse:
    if isinstance(told, web.Response):
        return told
    if told == "cut":
        assert request.transport is not None
        request.transport.abort()
    await asyncio.sleep(0)
    return web.Response(status=500)


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "in words"}}, status=status)


def refusal(status: int, code: str = "", **headers: str) -> web.Response:
    """An answer to put into a script; headers' underscores become dashes."""
    body = json.dumps({"error": {"code": code, "message": "in words"}}) if code else "plain words of a proxy"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(status=status, text=body, headers=named)
