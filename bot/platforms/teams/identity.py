"""The bot as a user-assigned managed identity: on Azure's own machines it needs neither secret nor certificate.

Microsoft's library finds out where it runs (App Service and Container Apps, a virtual machine, Arc …) and asks there.
https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import requests
from msal.managed_identity import ManagedIdentityClient, ManagedIdentityError, UserAssignedManagedIdentity

from bot.delivery.senders import Refused, RetryLater

_TIMEOUT = 10
"""Seconds a token may take; it comes from this machine, or the next."""


# https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#error-handling
_BUSY = {404, 410, 429}


class _Session(requests.Session):
    """Waits no longer than that (the library sets no end of its own), and tells an endpoint that is busy from one that says no.

    It never takes a proxy: the endpoint is on this machine or the next, and a proxy would ask for its own identity.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().request(*args, **({"timeout": _TIMEOUT} | kwargs))
        if answer.status_code in _BUSY or answer.status_code >= 500:
            answer.raise_for_status()
        return answer


@dataclass(frozen=True)
class ManagedIdentity:
    """The identity whose client id is the bot's application id."""

    app_id: str

    def ask(self, scope: str) -> tuple[str, float]:
        """The token for a scope, and the seconds it lasts. Blocks: for a thread.

        Raises Refused when Azure gives none, RetryLater when it doesn't answer, or isn't Azure.
        """
        resource = scope.removesuffix("/.default")
        with _Session() as session:
            who = UserAssignedManagedIdentity(client_id=self.app_id)  # type: ignore[no-untyped-call]
            client = ManagedIdentityClient(who, http_client=session)
            try:
                said = client.acquire_token_for_client(resource=resource)
            except (requests.RequestException, json.JSONDecodeError) as error:
                raise RetryLater(None, f"no token: the managed identity's endpoint doesn't answer: {error}") from error
            except ManagedIdentityError as error:
                raise Refused(f"no token: {error}") from error
        if not said.get("access_token"):
            raise Refused(f"no token: {said.get('error', '')} {said.get('error_description', '')}".strip())
        return str(said["access_token"]), float(said.get("expires_in") or 0)
