"""Who has opened the dashboard as a tab: the token that Teams gives the page for them is checked here.

https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.commands import Sender
from bot.domain.access.accounts import Vouch
from bot.domain.people.people import Platform
from bot.platforms.teams.auth import Denied, Keys, claims_of, key_of
from bot.platforms.teams.clouds import COMMERCIAL, Cloud

SCOPE = "access_as_user"
"""What the app's own API in Entra is called; Teams asks for it."""

_MEMBER = "0"
"""The claim `acct` of the tenant's own accounts; a guest's has 1. https://learn.microsoft.com/entra/identity-platform/optional-claims-reference"""

_log = structlog.get_logger(__name__)


def resource(base_url: str, app_id: str) -> str:
    """The Application ID URI that Entra must have for an app that is a bot and a tab."""
    return f"api://{urlsplit(base_url).netloc}/botid-{app_id}"


class TabAuthenticator:
    """Tells whose token it is. It takes the tenant's own people only: a guest's token names where else they sign in."""

    def __init__(self, keys: Keys, *, app_id: str, tenant_id: str, cloud: Cloud = COMMERCIAL) -> None:
        self._keys = keys
        self._app_id = app_id
        self._tenant_id = tenant_id.lower()
        self._cloud = cloud

    async def sender(self, token: str) -> Sender | None:
        """The account a token is of; None when it doesn't hold, or the keys to check it with can't be had, which the log tells."""
        try:
            claims = await self._checked(token)
        except Denied as denied:
            _log.warning("tab denied", reason=str(denied))
            return None
        name = str(claims.get("preferred_username") or "")
        return Sender(Platform.TEAMS, str(claims["oid"]), tenant=str(claims["tid"]), email=name, vouch=Vouch.OURS)

    async def _checked(self, token: str) -> dict[str, Any]:
        issuer = self._cloud.tenant_issuer(self._tenant_id)
        key = await key_of(token, self._keys)
        claims = claims_of(token, key, audience=self._app_id, issuer=issuer, needs=("oid", "tid"))
        if SCOPE not in str(claims.get("scp", "")).split():
            raise Denied(401, f"the token isn't for {SCOPE}")
        if str(claims["tid"]).lower() != self._tenant_id or claims.get("idp", issuer) != issuer:
            raise Denied(403, "the account is another tenant's")
        if str(claims.get("acct", _MEMBER)) != _MEMBER or "#ext#" in str(claims.get("preferred_username", "")).lower():
            raise Denied(403, "the account is a guest's")
        return claims
