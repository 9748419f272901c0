"""Slack as one thing to start, mount and close: `build` wires it, the rest of the house knows only `SlackPlatform`."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from bot.delivery.senders import Destination, Refused, RetryLater, Uncertain, Unreachable
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.people.people import Platform
from bot.platforms.connections import Connection
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.authorization import authorizer, installation_guard, register_removals
from bot.platforms.slack.bodies import read
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.home import Homes
from bot.platforms.slack.listeners import Answered, Listeners
from bot.platforms.slack.refusals import APP_TOKEN, BOT_TOKEN, meaning
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.sender import SlackSender
from bot.platforms.slack.shortcuts import Shortcuts
from bot.platforms.slack.socket import Socket
from bot.platforms.slack.unfurling import Unfurls
from bot.platforms.slack.workspaces import ManyWorkspaces, OneWorkspace
from bot.settings import SlackSettings
from bot.web.bodies import Unreadable, fields

PATH = "/slack/events"
_LAST_WORDS = 3.0
"""Seconds that what is being answered may still take when the process is to end."""

_log = structlog.get_logger(__name__)
_BOLT = logging.getLogger("slack_bolt")


class SlackPlatform:
    """Slack. Mount it with `add_routes` (HTTP) or `start_socket_mode`, or only `watch` it; `close` it at the end."""

    def __init__(
        self,
        app: AsyncApp,
        client: SlackClient,
        listeners: Listeners,
        app_token: str | None,
        sender: SlackSender,
        signatures: SignatureVerifier,
        names: SlackSettings,
    ) -> None:
        self.app = app
        self._signatures = signatures
        self.sender = sender
        self.connection = Connection(Platform.SLACK.value, self._ask)
        self._client = client
        self._listeners = listeners
        self._app_token = app_token
        self._names = names
        self._socket: Socket | None = None
        self._watching: asyncio.Task[None] | None = None

    def add_routes(self, site: web.Application) -> None:
        """Take Slack's requests at POST /slack/events: commands, interactions, options and events."""
        site.router.add_post(PATH, self._receive)

    async def start_socket_mode(self) -> None:
        """Connect to Slack in the background, and stay connected. Raises ValueError without an app token."""
        if not self._app_token:
            raise ValueError("Socket Mode needs an app token (xapp-…)")
        self._socket = Socket(self.app, self._app_token, self._client, self.connection.look)
        await self.watch()

    async def watch(self) -> None:
        """Find out in the background whether Slack answers and takes the bot, from now on until it's closed."""
        self._client.open()
        self._watching = self._watching or asyncio.create_task(self.connection.keep())

    async def _ask(self) -> None:
        """Whether Slack takes the bot's token, and the socket is connected. Raises Refused or RetryLater, with a sentence."""
        if self._client.token:
            with _in_words(self._names.bot_token_env, BOT_TOKEN):
                await self._client.auth_test()
        if self._socket is not None:
            with _in_words(self._names.app_token_env, APP_TOKEN):
                await self._socket.dial()

    async def settled(self) -> None:
        """Wait until what is being answered is."""
        await self._listeners.running.settled()

    async def close(self) -> None:
        """Stop taking events, let what is being answered finish, for a moment, and close the connections."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        # What is in work is acknowledged over the socket; an event that isn't comes again, and is known by its id.
        await self._listeners.running.settled(_LAST_WORDS)
        if self._socket is not None:
            await self._socket.close()
            await self._listeners.running.settled(_LAST_WORDS / 2)
        await self._listeners.running.stop()
        await self._client.close()

    async def _receive(self, request: web.Request) -> web.Response:
        """Give one request to Bolt, once its signature and time are right; what would make Bolt raise is refused here."""
        timestamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12 and signature.isascii()):
            return web.json_response({"error": "invalid request"}, status=401)
        raw = await request.read()
        try:
            if not self._signatures.is_valid(raw, timestamp, signature):
                return web.json_response({"error": "invalid request"}, status=401)
            bolt_request = _to_bolt(request, *read(raw))
        except (UnicodeDecodeError, Unreadable) as error:
            _log.warning("request can't be read", reason=str(error))
            return web.json_response({"error": "invalid body"}, status=400)
        self._client.open()
        with self._client.speaking(""):  # which workspace's token it is, Bolt's authorization says for this request
            return await to_aiohttp_response(await self.app.async_dispatch(bolt_request))


@contextmanager
def _in_words(name: str, known: Mapping[str, str]) -> Iterator[None]:
    """Turn what a call with the token in the variable `name` raises into Refused or RetryLater with a sentence."""
    try:
        yield
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise meaning(error, name, known) from error


def _to_bolt(request: web.Request, body: str, kind: str) -> AsyncBoltRequest:
    """Make Bolt's request of aiohttp's, with the kind its body has.

    Bolt takes any form with the word "payload" in it for an interaction, and makes nothing of it when it isn't one: a
    `/logcall Acme: the payload is late` would be lost. Such a body is read again here.
    """
    headers = {name.lower(): value for name, value in request.headers.items()} | {"content-type": kind}
    try:
        bolt_request = AsyncBoltRequest(body=body, headers=headers)  # type: ignore[arg-type]  # its dict isn't covariant
    except (
        TypeError,
        AttributeError,
        LookupError,
    ) as error:  # Bolt's ways of finding a number where it looks for a team or a channel
        raise Unreadable("a team, channel or person is none") from error
    if not bolt_request.body and bolt_request.raw_body:
        bolt_request.body = dict(fields(bolt_request.raw_body))
        bolt_request.context = build_async_context(bolt_request.context, bolt_request.body)
    return bolt_request


def build(  # noqa: PLR0913 - each given by its name
    dispatcher: Dispatcher,
    *,
    bot_token: str,
    signing_secret: str,
    app_token: str | None = None,
    base_url: str | None = None,
    dashboard: str = "",
    workspaces: ManyWorkspaces | None = None,
    names: SlackSettings | None = None,
    rates: Mapping[str, float] | None = None,
) -> SlackPlatform:
    """Wire Slack to `dispatcher`. `base_url` replaces Slack's own, for a test's; nothing is connected yet.

    `dashboard` is the address whose links the bot says something of. With `workspaces` their tokens are used, and `bot_token` is "".
    `names` are the variables' that a refusal names, `rates` the calls a second by kind that a workspace allows.

    Raises ValueError for an empty token or secret, and where Bolt's own OAuth variables are set: with them Bolt would leave the
    token unused and look for installations of its own.
    """
    _check(bot_token, signing_secret, workspaces)
    client = SlackClient(bot_token, base_url)
    app = _app(client, signing_secret, workspaces)
    places = workspaces or OneWorkspace(client)
    sender = SlackSender(client, places, rates)
    accounts = Accounts(dispatcher, client, workspaces=places)
    homes = Homes(dispatcher, accounts, client)
    listeners = Listeners(dispatcher, accounts, Shortcuts(accounts, client), Replies(client), homes, _finder(sender))
    if dashboard:
        _say_something_of_links(app, Unfurls(client, dashboard, accounts), listeners)  # before the listener for any event
    listeners.register(app)
    return SlackPlatform(app, client, listeners, app_token, sender, SignatureVerifier(signing_secret), names or SlackSettings())


def _check(bot_token: str, signing_secret: str, workspaces: ManyWorkspaces | None) -> None:
    if not (bot_token.strip() or workspaces) or not signing_secret.strip():
        raise ValueError("Slack needs a bot token (xoxb-…) and a signing secret; one of them is empty")
    if {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"} <= os.environ.keys():
        raise ValueError("unset SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: with them Slack's library ignores the bot token")


def _app(client: SlackClient, signing_secret: str, workspaces: ManyWorkspaces | None) -> AsyncApp:
    """Bolt's app: for one workspace, or for many, each with the token it was installed with."""
    if workspaces is None:
        return AsyncApp(client=client, signing_secret=signing_secret, logger=_BOLT)
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        logger=_BOLT,
        before_authorize=installation_guard(client, workspaces),
        authorize=authorizer(workspaces),
    )
    register_removals(app, workspaces)
    return app


def _say_something_of_links(app: AsyncApp, unfurls: Unfurls, listeners: Listeners) -> None:
    async def link_shared(body: dict[str, Any]) -> None:
        listeners.running.track()
        await unfurls.shared(body)

    app.event("link_shared")(link_shared)


def _finder(sender: SlackSender) -> Answered:
    """Make the question whether a message in a conversation answers an event already. When Slack can't say, it's asked again."""

    async def answered(conversation: str, thread: str, event_id: str) -> bool:
        try:
            where = Destination(Platform.SLACK, "", "", conversation=conversation, thread=thread)
            return await sender.find(where, event_id) is not None
        except (Refused, RetryLater, Uncertain, Unreachable) as error:
            _log.warning("can't tell whether an event was answered", event_id=event_id, reason=str(error))
            return False

    return answered
