"""Install the bot for people who never met it, through Microsoft Graph: Teams lets a bot write to nobody else.

It takes the application permission TeamsAppInstallation.ReadWriteSelfForUser.All, and the app's id in the organization's catalog.
https://learn.microsoft.com/microsoftteams/platform/graph-api/proactive-bots-and-messages/graph-proactive-bots-and-messages
"""

from __future__ import annotations

from urllib.parse import quote

from yarl import URL

from bot.delivery.senders import Refused, RetryLater, Unreachable
from bot.platforms.teams.clouds import COMMERCIAL
from bot.platforms.teams.connector import Session
from bot.platforms.teams.failures import error_code, network, retry_after
from bot.platforms.teams.text import dumps
from bot.platforms.teams.tokens import Tokens

GRAPH, SCOPE = COMMERCIAL.graph, COMMERCIAL.graph_scope


class Installer:
    """Installs the app for one person at a time. Doing so twice does no harm."""

    def __init__(self, session: Session, tokens: Tokens, app: str, graph: str = GRAPH) -> None:
        self._session = session
        self._tokens = tokens
        self._app = app
        self._graph = graph

    async def install(self, email: str) -> None:
        """Install it for the person with this email (their user principal name); that it was installed before is fine.

        Teams then tells the bot where to write to them, within seconds. Raises Unreachable for somebody Entra doesn't know,
        Refused without the permission, RetryLater when Graph is busy.
        """
        url = URL(f"{self._graph}/users/{quote(email, safe='')}/teamwork/installedApps", encoded=True)
        body = dumps({"teamsApp@odata.bind": f"{self._graph}/appCatalogs/teamsApps/{self._app}"}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {await self._tokens.get()}"}
        with network(repeatable=True):
            async with self._session().post(url, data=body, headers=headers) as answer:
                status, said, told = answer.status, await answer.read(), answer.headers
        if status in {200, 201, 409}:
            return
        if status == 404:
            raise Unreachable("no_account", f"Entra knows nobody called {email}")
        if status in {401, 403}:
            raise Refused(f"Graph doesn't let the bot install itself: HTTP {status} {error_code(said)}".strip())
        if status == 429 or status >= 500:
            raise RetryLater(retry_after(told) if status == 429 else None, f"Graph: HTTP {status}")
        raise Unreachable("bot_not_installed", f"Graph: HTTP {status} {error_code(said)}".strip())
