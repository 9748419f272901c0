"""The dashboard as a tab in Microsoft Teams: a page that signs in with what Teams knows of the person, and then shows the dashboard's own.

It is the one page with a script, for Teams tells who somebody is to a script only. That script is Microsoft's, of one version with its
hash (`LIBRARY`), and a few lines of ours; the pages behind it have none, here as elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.commands import Sender
from bot.database import Database
from bot.domain.access import accounts, sign_ins
from bot.domain.people import people
from bot.domain.rights import Action, may
from bot.settings import Settings
from bot.web.dashboard.html import render
from bot.web.dashboard.site import FRAMED_COOKIE, HEADERS, HOSTS, keep_in_teams, policy

Known = Callable[[str], Awaitable[Sender | None]]
"""Whose token it is; None when it doesn't hold."""

_CDN = "https://res.cdn.office.net"
LIBRARY = f"{_CDN}/teams-js/2.58.0/js/MicrosoftTeams.min.js"
INTEGRITY = "sha384-sMo/EOqQPa1OCup2/VBRum7oFeOS22kvs8WGDc45xK53tUVZzFR5WwFYDUYN1LO4"
"""As https://learn.microsoft.com/javascript/api/overview/msteams-client says to load it; the hash is that of the package on npm."""

# The library asks its own host which sites may be Teams.
_POLICY = policy(f"script-src 'self' {LIBRARY}", f"connect-src 'self' {_CDN}/teams-js/", ancestors=HOSTS)


class TeamsTab:
    """Handlers of the tab's addresses. `known` checks the token that Teams gives a page."""

    def __init__(self, database: Database, settings: Settings, known: Known) -> None:
        self._database = database
        self._settings = settings
        self._known = known

    def add_routes(self, site: web.Application) -> None:
        """Serve it under /dashboard/teams, beside the dashboard."""
        site.router.add_get("/dashboard/teams", self._page)
        site.router.add_post("/dashboard/teams/enter", self._enter)
        site.router.add_get("/dashboard/teams/kept", self._kept)

    async def _page(self, _request: web.Request) -> web.Response:
        shown = render("teams.html", company=self._settings.company.name, library=LIBRARY, integrity=INTEGRITY)
        return web.Response(text=shown, content_type="text/html", headers=HEADERS | {"Content-Security-Policy": _POLICY})

    async def _enter(self, request: web.Request) -> web.Response:
        """Sign in whoever the token is of. No other site can post here: an Authorization header needs our leave, which nobody gets."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        sender = await self._known(token.strip()) if scheme.lower() == "bearer" and token.count(".") == 2 else None
        if sender is None:
            return _said(401, "refused")
        cookie, why = await asyncio.to_thread(self._entered, sender)
        response = _said(403 if why else 200, why)
        if cookie:
            keep_in_teams(response, cookie)
        return response

    def _entered(self, sender: Sender) -> tuple[str, str]:
        """The secret of a new session, or why there is none."""
        with self._database.session() as session:
            account = people.account_of(session, sender.platform, sender.tenant, sender.user_id)
            person = people.get(session, account.person_id) if account and accounts.holds(session, account, sender.claim) else None
            if person is None:
                return "", "unknown"
            if not may(person, Action.OPEN_DASHBOARD):
                return "", "not-yours"
            return sign_ins.begin(session, person.key, self._database.clock()), ""

    async def _kept(self, request: web.Request) -> web.Response:
        """Whether this browser keeps the session inside Teams: some keep nothing for a page in a frame."""
        cookie = request.cookies.get(FRAMED_COOKIE, "")
        return _said(200, "") if await asyncio.to_thread(self._holds, cookie) else _said(401, "unkept")

    def _holds(self, cookie: str) -> bool:
        with self._database.session() as session:
            return sign_ins.session_of(session, cookie, self._database.clock()) is not None


def _said(status: int, why: str) -> web.Response:
    answer: dict[str, Any] = {"why": why}
    return web.json_response(answer, status=status, headers=HEADERS)
