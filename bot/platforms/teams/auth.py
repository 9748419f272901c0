"""Whether a request really comes from Teams: its token is checked here, before anything else reads the activity.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import structlog

from bot.platforms.teams.clouds import COMMERCIAL
from bot.platforms.teams.connector import Session
from bot.platforms.teams.incoming import Incoming
from bot.settings import SettingsError
from bot.web.origin import from_own_page, is_loopback, to_this_machine

CHANNEL = "msteams"
"""The one channel that is let in: on others (webchat, directline …) people may call themselves what they like."""
ISSUER, OPENID_URL = COMMERCIAL.issuer, COMMERCIAL.openid
_LEEWAY = 300
"""Seconds clocks may differ, as the documentation advises."""
_KEPT_FOR = 24 * 3600.0
"""Seconds keys are kept, as the documentation advises."""
_AGAIN_AFTER = 60.0
"""Seconds between looks for keys unknown here: anybody can name one, and each look is a call to Microsoft."""
_log = structlog.get_logger(__name__)


class ConfigError(SettingsError):
    """Teams can't be switched on as it is set up."""


class Denied(Exception):
    """A request isn't let in; `status` is what it is answered."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Verified:
    """A token that holds: its claims, and the channels its key speaks for (none: any)."""

    claims: dict[str, Any]
    endorsements: tuple[str, ...] = ()


class Keys:
    """The signing keys of the Bot Framework, or of a tenant, fetched off its OpenID metadata and kept for a day."""

    def __init__(self, session: Session, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._url = url
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: dict[str, dict[str, Any]] = {}
        self._fetched: float | None = None
        self._looked: float | None = None

    async def find(self, kid: str) -> dict[str, Any] | None:
        """Give a key by its id; one that isn't known is looked for once more. Denied(503) when there are none to be had."""
        async with self._lock:
            if self._fetched is None or self._clock() - self._fetched > _KEPT_FOR:
                await self._fetch()
            elif kid not in self._keys and (self._looked is None or self._clock() - self._looked > _AGAIN_AFTER):
                self._looked = self._clock()
                await self._fetch()
            return self._keys.get(kid)

    async def _fetch(self) -> None:
        try:
            metadata = await self._json(self._url)
            listed = (await self._json(str(metadata["jwks_uri"])))["keys"]
            found = {str(key["kid"]): key for key in listed}
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            _log.warning("signing keys can't be fetched", url=self._url, reason=repr(error))
            if not self._keys:
                raise Denied(503, "the keys to check this request with can't be had now") from error
            # Yesterday's keys serve a little longer; requests needn't each wait for an address that doesn't answer.
            self._fetched = self._clock() - _KEPT_FOR + _AGAIN_AFTER
            return
        self._keys, self._fetched = found, self._clock()

    async def _json(self, url: str) -> Any:
        async with self._session().get(url) as answer:
            answer.raise_for_status()
            return await answer.json(content_type=None)


class RequestAuthenticator:
    """Lets in what Teams sent to this bot from this tenant."""

    def __init__(self, keys: Keys, *, app_id: str, tenant_id: str, issuer: str = ISSUER) -> None:
        if not app_id or not tenant_id:
            raise ConfigError("Teams needs an app id and a tenant id: without them anybody could post as anybody")
        self._keys = keys
        self._app_id = app_id
        self._tenant_id = tenant_id.lower()
        self._issuer = issuer

    def bearer(self, headers: Mapping[str, str]) -> str:
        """Give the token out of a request's Authorization header; Denied(401) when there is none."""
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.count(".") != 2 or not token.isascii():
            raise Denied(401, "a bearer token is needed")
        return token.strip()

    async def verify(self, token: str) -> Verified:
        """What a token says, once its signature, issuer, audience and time hold; else Denied(401). It needs nothing of the body."""
        key = await key_of(token, self._keys)
        endorsed = key.get("endorsements")
        claims = claims_of(token, key, audience=self._app_id, issuer=self._issuer)
        return Verified(claims, tuple(map(str, endorsed)) if isinstance(endorsed, list) else ())

    def check(self, verified: Verified, incoming: Incoming) -> None:
        """Denied(401) when the token doesn't fit the activity it came with, 403 when the activity is of another tenant."""
        if verified.endorsements and incoming.channel not in verified.endorsements:
            raise Denied(401, "the key isn't for this channel")
        claims = verified.claims
        if claims.get("serviceurl", claims.get("serviceUrl")) != incoming.where.service:
            raise Denied(401, "the token is for another service address")
        if incoming.channel != CHANNEL:
            raise Denied(403, "this bot works in Microsoft Teams alone")
        if incoming.tenants != {self._tenant_id}:
            raise Denied(403, "this bot works for another tenant")


class PlaygroundAuthenticator:
    """Lets in the Agents Playground, which signs nothing, and only from this machine, with the answers going to this machine.

    A page of another site in a browser here could reach it too: what it sends names a host or an origin that isn't ours.
    """

    def bearer(self, headers: Mapping[str, str]) -> str:
        """Ask for no token; Denied(403) for what was made for another host, or by another site's page."""
        if not (to_this_machine(headers) and from_own_page(headers)):
            raise Denied(403, "without an app id only a Playground on this machine is let in")
        return ""

    async def verify(self, _token: str) -> Verified:
        """Nothing is signed."""
        return Verified({})

    def check(self, _verified: Verified, incoming: Incoming) -> None:
        """Denied(403) when the service isn't on this machine."""
        if not is_loopback(incoming.where.service):
            raise Denied(403, "without an app id only a Playground on this machine is let in")
        if incoming.channel != CHANNEL:
            raise Denied(403, "this bot works in Microsoft Teams alone: start the Playground with -c msteams")


async def key_of(token: str, keys: Keys) -> dict[str, Any]:
    """The key a token says it is signed with; Denied(401) when nobody knows it."""
    key = await keys.find(_kid(token))
    if key is None:
        raise Denied(401, "the token is signed with a key nobody knows")
    return key


def claims_of(token: str, key: dict[str, Any], *, audience: str, issuer: str, needs: tuple[str, ...] = ()) -> dict[str, Any]:
    """The claims of a token of this issuer, for this audience, in force, with `needs` among them; else Denied(401)."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(key, algorithm="RS256").key,
            algorithms=["RS256"],
            audience=audience,
            issuer=issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "iss", "aud", *needs]},
        )
    except jwt.PyJWTError as error:
        raise Denied(401, f"the token doesn't hold: {error}") from error
    return claims


def _kid(token: str) -> str:
    try:
        return str(jwt.get_unverified_header(token).get("kid") or "")
    except (jwt.PyJWTError, UnicodeError, RecursionError) as error:
        raise Denied(401, "the token can't be read") from error
