"""The bot's own token for the connector: asked for with a secret, a certificate or a managed identity, kept, and renewed before it ends."""

from __future__ import annotations

import asyncio
import base64
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.delivery.senders import Refused, RetryLater
from bot.platforms.teams.clouds import COMMERCIAL
from bot.platforms.teams.failures import network
from bot.platforms.teams.identity import ManagedIdentity

SCOPE = COMMERCIAL.scope
_EARLY = 300.0
"""Seconds before its end a token is renewed (it lives an hour)."""
_ASSERTION_LIFE = 300
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def default_token_url(tenant_id: str) -> str:
    """The tenant's own address for tokens in the commercial cloud."""
    return COMMERCIAL.token_url(tenant_id)


@dataclass(frozen=True)
class Certificate:
    """A certificate and its private key, both PEM in one file."""

    pem: str

    @classmethod
    def read(cls, path: str) -> Certificate:
        """Read the file; ValueError when it doesn't hold a certificate and its private key."""
        found = cls(Path(path).read_text("ascii"))
        certificate = x509.load_pem_x509_certificate(found.pem.encode())
        try:
            key = load_pem_private_key(found.pem.encode(), None)
        except TypeError as error:
            raise ValueError("its private key is encrypted: it must be stored without a password") from error
        if not isinstance(key, RSAPrivateKey) or key.public_key() != certificate.public_key():
            raise ValueError("the private key isn't the certificate's own, or isn't RSA")
        return found

    def thumbprint(self) -> str:
        """Give the certificate's SHA-256 as Entra wants it in a header."""
        digest = x509.load_pem_x509_certificate(self.pem.encode()).fingerprint(hashes.SHA256())
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def assertion(self, app_id: str, audience: str, now: float) -> str:
        """Sign what proves to Entra that the bot has the key.

        https://learn.microsoft.com/entra/identity-platform/certificate-credentials
        """
        claims = {
            "aud": audience,
            "iss": app_id,
            "sub": app_id,
            "jti": str(uuid.uuid4()),
            "nbf": int(now),
            "exp": int(now) + _ASSERTION_LIFE,
        }
        return jwt.encode(claims, self.pem, algorithm="PS256", headers={"x5t#S256": self.thumbprint()})


class Tokens:
    """Gives a token that is good for the next minutes. With `app_id` empty (the Playground) it is "" and nothing is asked."""

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        *,
        app_id: str,
        secret: str,
        certificate: Certificate | None,
        url: str,
        clock: Callable[[], float] = time.time,
        scope: str = SCOPE,
        identity: ManagedIdentity | None = None,
    ) -> None:
        self._session = session
        self._app_id = app_id
        self._secret = secret
        self._certificate = certificate
        self._url = url
        self._clock = clock
        self._scope = scope
        self._identity = identity
        self._lock = asyncio.Lock()
        self._token = ""
        self._until = 0.0

    async def get(self, *, rejected: str = "") -> str:
        """Give the token; a new one when it ends soon, or when the connector just `rejected` the one it is.

        Raises Refused when Entra refuses the bot, RetryLater when it can't be reached: nothing has been sent then.
        """
        if not self._app_id:
            return ""
        async with self._lock:
            if self._until - _EARLY <= self._clock() or (rejected and rejected == self._token):
                await self._renew()
            return self._token

    async def _renew(self) -> None:
        if self._identity is not None:
            self._token, seconds = await asyncio.to_thread(self._identity.ask, self._scope)
            self._until = self._clock() + seconds
            return
        with network(repeatable=True):
            async with self._session().post(self._url, data=self._request()) as answer:
                body = await answer.read()
                if answer.status == 429 or answer.status >= 500:
                    raise RetryLater(None, f"no token: HTTP {answer.status}")
                said: Any = await answer.json(content_type=None) if body[:1] == b"{" else {}
        if answer.status != 200 or not said.get("access_token"):
            raise Refused(f"no token: HTTP {answer.status} {said.get('error', '')} {said.get('error_description', '')}".strip())
        self._token = str(said["access_token"])
        self._until = self._clock() + float(said.get("expires_in") or 0)

    def _request(self) -> dict[str, str]:
        asked = {"grant_type": "client_credentials", "client_id": self._app_id, "scope": self._scope}
        if self._certificate is None:
            return asked | {"client_secret": self._secret}
        proof = self._certificate.assertion(self._app_id, self._url, self._clock())
        return asked | {"client_assertion_type": _ASSERTION_TYPE, "client_assertion": proof}
