"""Teams as one thing to start, mount and close: `build` wires it, the rest of the house knows only `TeamsPlatform`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import web

from bot.delivery.senders import Refused, RetryLater
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.people.people import Platform
from bot.platforms.connections import Connection
from bot.platforms.teams import limits
from bot.platforms.teams.accounts import Accounts
from bot.platforms.teams.activities import Activities
from bot.platforms.teams.auth import ConfigError, Denied, Keys, PlaygroundAuthenticator, RequestAuthenticator
from bot.platforms.teams.clouds import CLOUDS, Cloud
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.graph import Installer
from bot.platforms.teams.identity import ManagedIdentity
from bot.platforms.teams.incoming import Incoming, Malformed, envelope, read
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.refusals import explained, unreached
from bot.platforms.teams.replies import Replies
from bot.platforms.teams.sdk import TurnRunner
from bot.platforms.teams.sender import Remembered, TeamsSender
from bot.platforms.teams.tab import TabAuthenticator
from bot.platforms.teams.text import dumps
from bot.platforms.teams.tokens import Certificate, Tokens
from bot.settings import TeamsSettings

PATH = "/api/messages"
_LAST_WORDS = 3.0
"""Seconds that what was put off may still take when the process is to end."""
_LOOK_EVERY = 60.0
"""Seconds between looks at the token, which is kept until five minutes before its end."""
_log = structlog.get_logger(__name__)

Gate = RequestAuthenticator | PlaygroundAuthenticator
"""Who lets requests in."""


class TeamsPlatform:
    """Teams for one tenant. Mount it with `add_routes`, `start` it in a running loop, `close` it at the end."""

    def __init__(
        self,
        sender: TeamsSender,
        session: Session,
        tokens: Tokens,
        gate: Gate,
        turns: TurnRunner,
        replies: Replies,
        names: TeamsSettings,
        tab: TabAuthenticator | None = None,
    ) -> None:
        self.sender = sender
        self.connection = Connection(Platform.TEAMS.value, self._ask, every=_LOOK_EVERY)
        self.tab = tab
        self._session = session
        self._tokens = tokens
        self._gate = gate
        self._turns = turns
        self._replies = replies
        self._names = names
        self._watching: asyncio.Task[None] | None = None

    def add_routes(self, site: web.Application) -> None:
        """Take Teams' requests at POST /api/messages."""
        site.router.add_post(PATH, self._receive)

    async def start(self) -> None:
        """Ask for the bot's token in the background, from now on until it's closed: so the first person needn't wait for it."""
        if self._watching is None:
            self._watching = asyncio.create_task(self.connection.keep())
            self._replies.later(self.connection.asked.wait())

    async def close(self) -> None:
        """Let what was put off finish, for a moment, and close the connections."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        await self._replies.settled(_LAST_WORDS)
        await self._replies.stop()
        await self._session.close()

    async def settled(self) -> None:
        """Wait for what was put off until after an answer."""
        await self._replies.settled()

    async def _ask(self) -> None:
        """Whether Entra gives the bot its token. Raises Refused or RetryLater, with a sentence."""
        try:
            await self._tokens.get()
        except Refused as error:
            raise Refused(explained(str(error), self._names)) from error
        except RetryLater as error:
            raise RetryLater(error.after, unreached(error, self._names)) from error

    async def _receive(self, request: web.Request) -> web.Response:
        """Check one request, whole, before the SDK or anything of ours acts on it.

        The token comes first, before the body is read; then whom the body says it is from, and only then what was typed.
        """
        try:
            verified = await self._gate.verify(self._gate.bearer(request.headers))
            payload = await _json(request)
            self._gate.check(verified, envelope(payload))
            incoming = read(payload)
        except Denied as denied:
            _log.warning("request denied", status=denied.status, reason=str(denied))
            return _refusal(denied.status, str(denied))
        except Malformed as error:
            _log.warning("request can't be read", reason=str(error))
            return _refusal(400, str(error))
        return await self._answer(incoming, verified.claims)

    async def _answer(self, incoming: Incoming, claims: dict[str, object]) -> web.Response:
        status, body = await self._turns.run(incoming, claims)
        if body is None:
            return web.Response(status=status)
        return web.json_response(body, status=status, dumps=dumps)


async def _body(request: web.Request) -> bytes:
    """Read the body; Denied(413) once it passes the limit, however long it says it is."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limits.BODY_BYTES:
            raise Denied(413, "the body is too large")
    return bytes(body)


async def _json(request: web.Request) -> object:
    """Read the body; Malformed when it is no JSON, or deeper or with longer numbers than Python takes."""
    try:
        return json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is no JSON") from error


def _refusal(status: int, why: str) -> web.Response:
    return web.json_response({"error": {"code": str(status), "message": why}}, status=status)


@dataclass(frozen=True)
class Addresses:
    """Where Microsoft's services are, for a test that has its own; those that are empty are the cloud's. `people`: the keys their tokens have."""

    openid: str = ""
    tokens: str = ""
    people: str = ""
    graph: str = ""


_MICROSOFT = Addresses()


@dataclass(frozen=True)
class Credentials:
    """Who the bot is, and how it shows it: by a secret, a certificate, or being a managed identity. The Playground's has none of it."""

    app_id: str = ""
    tenant_id: str = ""
    secret: str = ""
    certificate_path: str | None = None
    managed_identity: bool = False

    @property
    def shown(self) -> bool:
        """Whether there is anything it can show."""
        return bool(self.secret or self.certificate_path) or self.managed_identity


def build(
    dispatcher: Dispatcher,
    credentials: Credentials,
    *,
    playground: bool = False,
    catalog_app_id: str = "",
    addresses: Addresses = _MICROSOFT,
    names: TeamsSettings | None = None,
    remembered: Remembered | None = None,
    per_second: float | None = None,
) -> TeamsPlatform:
    """Wire Teams to `dispatcher`; nothing is connected yet.

    With `catalog_app_id` the bot installs itself for people who never met it. `names` say which variables a refusal names, and whether an
    account's sign-in name or email says whose it is. `remembered` gives the conversations kept, the newest first: by them a restart knows
    where Teams is. `per_second` are the requests that the tenant allows.

    Raises ConfigError without app id or tenant, or without secret, certificate or managed identity; `playground` goes without all of them,
    and only so.
    """
    session, names = Session(), names or TeamsSettings()
    cloud, by_email = CLOUDS[names.cloud], names.link_by == "email"
    gate: Gate = (
        _gate(session, credentials, addresses, cloud) if credentials.app_id or not playground else PlaygroundAuthenticator()
    )
    tokens_for = _asking(session, credentials, addresses, cloud)
    tokens = tokens_for(scope=cloud.scope)
    connector = Connector(session, tokens)
    # Microsoft documents targeted messages for its commercial cloud alone; the Playground shows one to everybody.
    replies = Replies(connector, targets=names.answers_in_channels and names.cloud == "commercial" and not playground)
    activities = Activities(dispatcher, Accounts(dispatcher, connector, by_email=by_email), replies)
    graph = addresses.graph or cloud.graph
    installer = Installer(session, tokens_for(scope=cloud.graph_scope), catalog_app_id, graph) if catalog_app_id else None
    home = _home(credentials, cloud)
    sender = TeamsSender(connector, home, installer, by_email=by_email, remembered=remembered, per_second=per_second)
    tab = _tab(session, credentials, addresses, cloud) if isinstance(gate, RequestAuthenticator) else None
    return TeamsPlatform(sender, session, tokens, gate, TurnRunner(activities), replies, names, tab)


def _gate(session: Session, credentials: Credentials, addresses: Addresses, cloud: Cloud) -> RequestAuthenticator:
    """Who lets Teams' requests in. ConfigError where anything is missing that the bot is known by."""
    keys = Keys(session, addresses.openid or cloud.openid)
    gate = RequestAuthenticator(keys, app_id=credentials.app_id, tenant_id=credentials.tenant_id, issuer=cloud.issuer)
    if not credentials.shown:
        raise ConfigError("Teams needs a client secret, a certificate or a managed identity")
    return gate


def _asking(session: Session, credentials: Credentials, addresses: Addresses, cloud: Cloud) -> Callable[..., Tokens]:
    """Makes the tokens for a `scope`: who the bot is, and whom it asks, are the same for each."""
    return partial(
        Tokens,
        session,
        app_id=credentials.app_id,
        secret=credentials.secret,
        certificate=_certificate(credentials.certificate_path),
        url=addresses.tokens or cloud.token_url(credentials.tenant_id),
        identity=ManagedIdentity(credentials.app_id) if credentials.managed_identity else None,
    )


def _home(credentials: Credentials, cloud: Cloud) -> Reference | None:
    """Where Teams is written to before it has named a nearer address; None where there is no such place."""
    if not (credentials.app_id and cloud.service):
        return None
    return Reference(cloud.service, "", credentials.tenant_id, f"28:{credentials.app_id}")


def _tab(session: Session, credentials: Credentials, addresses: Addresses, cloud: Cloud) -> TabAuthenticator:
    people = Keys(session, addresses.people or cloud.tenant_openid(credentials.tenant_id))
    return TabAuthenticator(people, app_id=credentials.app_id, tenant_id=credentials.tenant_id, cloud=cloud)


def _certificate(path: str | None) -> Certificate | None:
    if path is None:
        return None
    try:
        return Certificate.read(path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"the certificate can't be read: {error}") from error


__all__ = ["PATH", "ConfigError", "Credentials", "TeamsPlatform", "build"]
