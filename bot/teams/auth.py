"""Whether a request really comes from Teams: its token is checked here, before anything else reads the activity.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import jwt

from bot.settings import SettingsError
from bot.teams.connector import Session
from bot.teams.incoming import Incoming

ISSUER = "https://api.botframework.com"
OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
_LEEWAY = 300
"""Seconds clocks may differ, as the documentation advises."""
_KEPT_FOR = 24 * 3600.0
"""Seconds keys are kept, as the documentation advises."""
_AGAIN_AFTER = 60.0
"""Seconds between looks for keys unknown here: anybody can name one, and each look is a call to Microsoft."""
_log = logging.getLogger(__name__)


class ConfigError(SettingsError):
    """Teams can't be switched on as it is set up."""


class Denied(Exception):
    """A request isn't let in; `status` is what it is answered."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


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
            _log.warning("the keys at %s can't be fetched: %r", self._url, error)
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


class Gate:
    """Lets in what Teams sent to this bot from this tenant."""

    def __init__(self, keys: Keys, *, app_id: str, tenant_id: str) -> None:
        if not app_id or not tenant_id:
            raise ConfigError("Teams needs an app id and a tenant id: without them anybody could post as anybody")
        self._keys = keys
        self._app_id = app_id
        self._tenant_id = tenant_id.lower()

    def bearer(self, header: str) -> str:
        """Give the token out of an Authorization header; Denied(401) when there is none."""
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or token.count(".") != 2:
            raise Denied(401, "a bearer token is needed")
        return token.strip()

    async def check(self, token: str, incoming: Incoming) -> dict[str, Any]:
        """Give the token's claims. Denied(401) when it doesn't fit the activity, 403 when the activity is of another tenant."""
        key = await key_of(token, self._keys)
        endorsed = key.get("endorsements")
        if isinstance(endorsed, list) and endorsed and incoming.channel not in endorsed:
            raise Denied(401, "the key isn't for this channel")
        claims = claims_of(token, key, audience=self._app_id, issuer=ISSUER)
        if claims.get("serviceurl", claims.get("serviceUrl")) != incoming.where.service:
            raise Denied(401, "the token is for another service address")
        if incoming.where.tenant.lower() != self._tenant_id:
            raise Denied(403, "this bot works for another tenant")
        return claims


class OpenGate:
    """Lets in the Agents Playground, which signs nothing, and only when the answers go to this same machine."""

    def bearer(self, _header: str) -> str:
        """Ask for no token."""
        return ""

    async def check(self, _token: str, incoming: Incoming) -> dict[str, Any]:
        """Give no claims; Denied(403) when the service isn't on this machine."""
        host = urlsplit(incoming.where.service).hostname or ""
        if not _loopback(host):
            raise Denied(403, "without an app id only a Playground on this machine is let in")
        return {}


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
    except (jwt.PyJWTError, UnicodeError) as error:
        raise Denied(401, "the token can't be read") from error
