"""The workspaces the bot is in, and the token it speaks with in each: one from the environment, or many from the database."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.database import Database, locked
from bot.delivery.senders import Refused, Unreachable
from bot.domain.records import slack_installations as installations
from bot.domain.records.slack_installations import SlackInstallation
from bot.platforms import network
from bot.platforms.slack.failures import explained
from bot.platforms.slack.membership import NOWHERE, Ours

_log = structlog.get_logger(__name__)

_KEPT_FOR = 60.0
"""Seconds for which a token is used without asking the database again."""

_EARLY = timedelta(hours=2)
"""How long before a token's end it is exchanged for the next: Slack's last twelve hours. https://docs.slack.dev/authentication/using-token-rotation"""

_TIMEOUT = 10
"""Seconds that an exchange may take: the row is locked meanwhile."""


@dataclass(frozen=True)
class Credentials:
    """What the bot speaks with in a workspace: the token ("" is the client's own), who it is there, and where that installation is."""

    token: str = ""
    bot_user_id: str = ""
    ours: Ours = NOWHERE


class Workspaces(Protocol):
    """Gives the bot's voice in a workspace."""

    async def credentials(self, team_id: str, enterprise_id: str = "") -> Credentials:
        """What to speak with in a workspace ("": the oldest).

        Unreachable when the bot isn't there (any more); Refused when it is, and its token is no good.
        """
        ...

    async def all(self) -> tuple[str, ...]:
        """The workspaces or organizations the bot is in, the oldest first."""
        ...

    async def ours(self, team_id: str, enterprise_id: str = "") -> Ours:
        """Whose accounts are the company's own there: those of the installation. Raises as a call to Slack does, and as `credentials`."""
        ...


_OWN = Credentials()


class OneWorkspace:
    """The one whose token the client has."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._ours: Ours | None = None

    async def credentials(self, team_id: str, enterprise_id: str = "") -> Credentials:  # noqa: ARG002 - there is one
        """The client's own."""
        return _OWN

    async def ours(self, team_id: str, enterprise_id: str = "") -> Ours:  # noqa: ARG002 - there is one
        """The workspace of the token, as auth.test says; asked once."""
        if self._ours is None:
            async with explained(repeatable=True):
                answer = await self._client.auth_test()
            found = Ours(str(answer.get("team_id") or ""), str(answer.get("enterprise_id") or ""))
            if not found.ids:
                raise Refused("auth.test doesn't say which workspace the token is of")
            self._ours = found
        return self._ours

    async def all(self) -> tuple[str, ...]:
        """That one."""
        return ("",)


def _ours(one: SlackInstallation) -> Ours:
    return Ours(one.team_id, one.enterprise_id)


class TokenCipher:
    """Keeps tokens unreadable in the database. `keys` are Fernet keys, the newest first, with commas between: all can read, it writes.

    ValueError, with what to do, when one isn't a key.
    """

    def __init__(self, keys: str) -> None:
        try:
            self._fernet = MultiFernet([Fernet(one.strip()) for one in keys.split(",")])
        except ValueError as error:
            raise ValueError("the key for Slack's tokens isn't one. Make one: outside-in slack key") from error

    def close(self, token: str) -> str:
        """Encrypt; "" stays ""."""
        return self._fernet.encrypt(token.encode()).decode() if token else ""

    def open(self, kept: str) -> str:
        """Decrypt. Refused when it was encrypted with a key that isn't there any more."""
        try:
            return self._fernet.decrypt(kept.encode()).decode() if kept else ""
        except InvalidToken as error:
            raise Refused(
                "its token was kept with another key: put that one back behind the new one, or install it again"
            ) from error


@dataclass(frozen=True)
class AppKeys:
    """What Slack knows the app by."""

    client_id: str
    client_secret: str


def rotator(client_id: str, client_secret: str, base_url: str | None = None) -> TokenRotator:
    """What exchanges a token that ends for the next. It blocks: for a thread."""
    client = WebClient(base_url=base_url or WebClient.BASE_URL, timeout=_TIMEOUT, ssl=network.trust())
    client.proxy = None  # urllib then goes by the environment for each address, NO_PROXY and all
    return TokenRotator(client_id=client_id, client_secret=client_secret, client=client)


class ManyWorkspaces:
    """Those in the database. A token that ends is exchanged in time, by one process at a time. `base_url` replaces Slack's, for a test's."""

    def __init__(self, database: Database, vault: TokenCipher, keys: AppKeys, base_url: str | None = None) -> None:
        self._database = database
        self.vault = vault
        self._rotator = rotator(keys.client_id, keys.client_secret, base_url)
        self._known: dict[tuple[str, str], tuple[float, Credentials]] = {}

    async def credentials(self, team_id: str, enterprise_id: str = "") -> Credentials:
        """See `Workspaces`."""
        kept = self._known.get((team_id, enterprise_id))
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        credentials = await asyncio.to_thread(self._look_up, team_id, enterprise_id)
        self._known[team_id, enterprise_id] = (time.monotonic() + _KEPT_FOR, credentials)
        return credentials

    async def all(self) -> tuple[str, ...]:
        """See `Workspaces`."""
        return await asyncio.to_thread(self._all)

    async def ours(self, team_id: str, enterprise_id: str = "") -> Ours:
        """See `Workspaces`."""
        return (await self.credentials(team_id, enterprise_id)).ours

    def forget(self) -> None:
        """Ask the database anew: something was installed or removed."""
        self._known.clear()

    def unreadable(self) -> list[str]:
        """The names of those whose tokens can't be read with the keys there are."""
        with self._database.session() as session:
            return [one.name for one in installations.standing(session) if not self._readable(one)]

    def _readable(self, one: SlackInstallation) -> bool:
        try:
            self.vault.open(one.token)
        except Refused:
            return False
        return True

    async def remove(self, team_id: str, enterprise_id: str) -> None:
        """The bot was taken out of a workspace, or ("") of an organization."""
        await asyncio.to_thread(self._remove, team_id, enterprise_id)
        self.forget()

    def _remove(self, team_id: str, enterprise_id: str) -> None:
        with self._database.session() as session:
            if installations.remove(session, team_id, enterprise_id, self._database.clock()):
                _log.warning("removed from slack", workspace=team_id or enterprise_id)

    def _all(self) -> tuple[str, ...]:
        with self._database.session() as session:
            return tuple(one.team_id or one.enterprise_id for one in installations.standing(session))

    def _look_up(self, team_id: str, enterprise_id: str) -> Credentials:
        with self._database.session() as session:
            found = self._find(session, team_id, enterprise_id, lock=False)
            if not found.ends_before(datetime.now(UTC) + _EARLY):
                return Credentials(self.vault.open(found.token), found.bot_user_id, _ours(found))
        return self._exchanged(team_id, enterprise_id)

    def _exchanged(self, team_id: str, enterprise_id: str) -> Credentials:
        """Exchange a token that ends soon, the row being locked: Slack takes each refresh token once. Another process may have been first."""
        with self._database.session() as session:
            found = self._find(session, team_id, enterprise_id, lock=True)
            token = self.vault.open(found.token)
            if found.expires_at is None or not found.ends_before(datetime.now(UTC) + _EARLY):
                return Credentials(token, found.bot_user_id, _ours(found))
            old = Bot(
                bot_token=token,
                bot_id=found.bot_id,
                bot_user_id=found.bot_user_id,
                bot_refresh_token=self.vault.open(found.refresh_token),
                bot_token_expires_at=int(found.expires_at.timestamp()),
                installed_at=found.installed_at.timestamp(),
            )
            try:
                new = self._rotator.perform_bot_token_rotation(bot=old)
            except (SlackTokenRotationError, OSError) as error:
                if found.ends_before(datetime.now(UTC)):
                    raise Refused(f"the token of {found.name} has ended, and Slack gives no other: {error}") from error
                _log.warning("slack token not exchanged yet", workspace=found.name, error=str(error))
                return Credentials(token, found.bot_user_id, _ours(found))
            if new is None:
                return Credentials(token, found.bot_user_id, _ours(found))
            found.token, found.refresh_token = self.vault.close(new.bot_token), self.vault.close(new.bot_refresh_token or "")
            found.expires_at = datetime.fromtimestamp(new.bot_token_expires_at, UTC) if new.bot_token_expires_at else None
            _log.info("slack token exchanged", workspace=found.name)
            return Credentials(new.bot_token, found.bot_user_id, _ours(found))

    def _find(self, session: Session, team_id: str, enterprise_id: str, *, lock: bool) -> SlackInstallation:
        if team_id or enterprise_id:
            found = installations.find(session, team_id, enterprise_id, lock=lock)
        else:
            found = next(iter(installations.standing(session)), None)
            if found is not None and lock:
                found = locked(session, SlackInstallation, found.id)
        if found is None or found.removed_at is not None:  # it may have been removed while its lock was waited for
            # Nobody there can be reached, which is no reason to stop what goes to everybody else.
            where = f"in the workspace {team_id or enterprise_id}" if team_id or enterprise_id else "in any workspace"
            raise Unreachable("bot_not_installed", f"{where}. Make a link to install it: outside-in slack install")
        return found
