"""Installing the bot in one workspace more, or in a whole organization: from an admin's link, over Slack's consent page, to a kept token.

Only who has a link can begin, once and within an hour: `outside-in slack install` makes one. The link's secret is Slack's `state`, and a
cookie of the browser that began, so that nobody is made to finish what another began.
https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator

from bot.database import Database
from bot.domain.records import slack_installations as installations
from bot.domain.records.slack_installations import LINK_LASTS, SlackInstallation
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.failures import error_code
from bot.platforms.slack.manifest import INSTALL, INSTALLED, SCOPES
from bot.platforms.slack.workspaces import AppKeys, ManyWorkspaces

_log = structlog.get_logger(__name__)

_COOKIE = "slack_install"
_AGAIN = "Ask whoever runs Outside In for a new link (outside-in slack install)."
# https://docs.slack.dev/reference/methods/oauth.v2.access
_REFUSED = {
    "bad_client_secret": "Slack doesn't take the app's client secret: it has to be set again where Outside In runs.",
    "bad_redirect_uri": "Slack sends people back to an address the app doesn't have: make the app's manifest anew.",
    "invalid_client_id": "Slack doesn't know the app's client id: it has to be set again where Outside In runs.",
}


class _Refused(Exception):
    """It isn't installed, and why, in a sentence."""


class Installer:
    """The two pages. `address` is where others reach this server; `base_url` replaces Slack's own, for a test's."""

    def __init__(self, database: Database, workspaces: ManyWorkspaces, client: SlackClient, keys: AppKeys, address: str) -> None:
        self._database = database
        self._workspaces = workspaces
        self._client = client
        self._keys = keys
        self._address = address
        self._ask = AuthorizeUrlGenerator(client_id=keys.client_id, scopes=sorted(SCOPES), redirect_uri=f"{address}{INSTALLED}")

    def add_routes(self, site: web.Application) -> None:
        """Serve them, until the site is closed."""
        site.router.add_get(INSTALL, self._begin)
        site.router.add_get(INSTALLED, self._finish)
        site.on_cleanup.append(self._close)

    async def _close(self, _site: web.Application) -> None:
        await self._client.close()

    async def _begin(self, request: web.Request) -> web.Response:
        """Send whoever has a link to Slack's consent page."""
        key = request.query.get("key", "")
        if not await asyncio.to_thread(self._is_good, key):
            return _page("This link is over", f"It works once, within an hour. {_AGAIN}", status=403)
        response = web.HTTPSeeOther(self._ask.generate(key))
        secure = self._address.startswith("https://")
        lasts = int(LINK_LASTS.total_seconds())
        response.set_cookie(_COOKIE, key, max_age=lasts, path="/slack", httponly=True, samesite="Lax", secure=secure)
        raise response

    async def _finish(self, request: web.Request) -> web.Response:
        """Take what Slack sends back: a code to be exchanged for the token, or that somebody said no."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        if not state or request.cookies.get(_COOKIE) != state:
            return _page("This isn't what you began", f"Open the link in one browser, and go on there. {_AGAIN}", status=403)
        if request.query.get("error") or not code:
            return _page("Not installed", "You said no, or Slack did. Open the link again to change your mind.", status=400)
        if not await asyncio.to_thread(self._use, state):
            return _page("This link is over", f"It works once, within an hour. {_AGAIN}", status=403)
        try:
            name = await asyncio.to_thread(self._keep, await self._exchange(code))
        except _Refused as error:
            _log.warning("slack install refused", reason=str(error))
            return _page("Not installed", f"{error} {_AGAIN}", status=502)
        return _page(f"Installed in {name}", "Open Outside In there, under Apps, and type help.")

    async def _exchange(self, code: str) -> dict[str, Any]:
        try:
            answer = await self._client.oauth_v2_access(
                client_id=self._keys.client_id,
                client_secret=self._keys.client_secret,
                code=code,
                redirect_uri=f"{self._address}{INSTALLED}",
            )
        except SlackApiError as error:
            code = error_code(error)
            raise _Refused(_REFUSED.get(code, f"Slack says: {code or 'nothing it explains'}.")) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _Refused("Slack can't be reached just now.") from error
        return answer.data if isinstance(answer.data, dict) else {}

    def _is_good(self, key: str) -> bool:
        with self._database.session() as session:
            return installations.is_good(session, key, self._database.clock())

    def _use(self, key: str) -> bool:
        with self._database.session() as session:
            return installations.use(session, key, self._database.clock())

    def _keep(self, answer: dict[str, Any]) -> str:
        """Keep what Slack gave; the workspace's or organization's name."""
        team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
        whole = bool(answer.get("is_enterprise_install"))
        where = enterprise if whole else team
        if not answer.get("access_token") or answer.get("token_type") != "bot" or not where.get("id"):
            raise _Refused("Slack gave no token for a bot.")
        seconds, now = answer.get("expires_in"), datetime.now(UTC)
        new = SlackInstallation(
            enterprise_id=str(enterprise.get("id") or ""),
            team_id="" if whole else str(team["id"]),
            name=str(where.get("name") or where["id"]),
            bot_user_id=str(answer.get("bot_user_id") or ""),
            scopes=str(answer.get("scope") or ""),
            token=self._workspaces.vault.close(str(answer["access_token"])),
            refresh_token=self._workspaces.vault.close(str(answer.get("refresh_token") or "")),
            expires_at=now + timedelta(seconds=int(seconds)) if seconds else None,
            installed_at=self._database.clock(),
        )
        with self._database.session() as session:
            installations.keep(session, new)
        self._workspaces.forget()
        _log.info("installed on slack", workspace=new.name, organization=whole)
        return new.name


def _page(title: str, text: str, status: int = 200) -> web.Response:
    """A page of two sentences."""
    style = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color-scheme:light dark}"
    html = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{style}</style><h1>{escape(title)}</h1><p>{escape(text)}</p>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=html, content_type="text/html", status=status, headers=headers)
