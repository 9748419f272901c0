"""The bot's own token for the connector: asked for with a secret, a certificate or a managed identity, kept, and renewed before it ends."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msal.oauth2cli.assertion import JwtAssertionCreator
from msal.oauth2cli.oidc import Client

from bot.delivery.senders import Refused, RetryLater
from bot.platforms.teams.clouds import COMMERCIAL
from bot.platforms.teams.failures import network, retry_after
from bot.platforms.teams.identity import ManagedIdentity

SCOPE = COMMERCIAL.scope
_EARLY = 300.0
"""Seconds before its end a token is renewed (it lives an hour)."""
_ASSERTION_LIFE = 300


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

    def assertion(self, app_id: str, audience: str) -> str:
        """Sign what proves to Entra that the bot has the key.

        https://learn.microsoft.com/entra/identity-platform/certificate-credentials
        """
        signer = JwtAssertionCreator(self.pem, "PS256", headers={"x5t#S256": self.thumbprint()})
        made = signer.create_normal_assertion(audience, app_id, expires_in=_ASSERTION_LIFE, not_before=time.time())
        return str(made, "ascii")


@dataclass
class _Answer:
    """What msal reads of an answer; of one that isn't JSON, as a proxy's page, nothing."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        """Entra is busy: for later."""
        raise RetryLater(retry_after(self.headers), f"no token: HTTP {self.status_code}")


class _WayOut:
    """The platform's own session for msal, which blocks on a thread: the same proxy, certificates and time-outs as for all else."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession]) -> None:
        self._session = session
        self._loop = asyncio.get_running_loop()
        self.status = 0

    def post(self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], **_more: Any) -> _Answer:
        """Post a form. Raises what aiohttp raises, and RetryLater when there are too many."""
        answer = asyncio.run_coroutine_threadsafe(self._post(url, data, headers), self._loop).result()
        self.status = answer.status_code
        if answer.status_code == 429:
            answer.raise_for_status()
        return answer

    async def _post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str]) -> _Answer:
        async with self._session().post(url, data=data, headers=headers) as answer:
            return _Answer(answer.status, _plain(await answer.read()), answer.headers)


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
        out = _WayOut(self._session)
        with network(repeatable=True):
            said = await asyncio.to_thread(self._ask, out)
        if out.status != 200 or not said.get("access_token"):
            raise Refused(f"no token: HTTP {out.status} {said.get('error', '')} {said.get('error_description', '')}".strip())
        self._token = str(said["access_token"])
        self._until = self._clock() + float(said.get("expires_in") or 0)

    def _ask(self, out: _WayOut) -> dict[str, Any]:
        """The client credentials grant. Blocks: for a thread."""
        proof: dict[str, Any] = {"default_body": {"client_secret": self._secret}}
        if self._certificate is not None:
            signed = self._certificate.assertion(self._app_id, self._url)
            proof = {"client_assertion": signed, "client_assertion_type": Client.CLIENT_ASSERTION_TYPE_JWT}
        client = Client({"token_endpoint": self._url}, self._app_id, http_client=out, **proof)
        return dict(client.obtain_token_for_client(scope=[self._scope]))


def _plain(body: bytes) -> str:
    """A body that is a JSON object, without a byte order mark and the like, which msal can't read; "{}" for any other."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    return json.dumps(said if isinstance(said, dict) else {})
