"""Socket Mode's connection: made when asked for, once a time, by the house's one way out.

The SDK's client by itself tries again every few seconds without end, writes a traceback each time, can't be stopped while it does, and
asks again at an address that was good for one connection. Here `bot.platforms.connections` decides when it is tried again.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.platforms import network
from bot.platforms.slack.client import SlackClient

_PING = 2.0
"""Seconds between looks at the socket: a broken one is noticed within two of them, a silent one after four. Bolt's own 10 are long for who waits."""
_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=10, sock_connect=5)
_PATIENCE = 10.0
"""Seconds a connection may take."""

_log = logging.getLogger("slack_sdk.socket_mode")


class Socket(SocketModeClient):
    """One connection at a time for `app`; `lost` is called when there is none any more. Needs a running loop."""

    def __init__(self, app: AsyncApp, app_token: str, client: SlackClient, lost: Callable[[], None]) -> None:
        super().__init__(app_token, logger=_log, web_client=client, ping_interval=_PING)
        self.aiohttp_client_session.detach()  # the SDK's own: it knows no proxy for a socket, and no private authority
        self.aiohttp_client_session = network.session(_TIMEOUT)
        self.proxy = None  # the session knows
        self._app = app
        self._lost = lost
        self.socket_mode_request_listeners.append(self._answer)

    async def dial(self) -> None:
        """Connect, unless it is. Raises what `apps.connections.open` raises, and aiohttp.ClientError and TimeoutError."""
        async with self.connect_operation_lock:  # what is to be acknowledged meanwhile waits for it, and goes over the new one
            if not await self.is_connected():
                await self._dial()

    async def _dial(self) -> None:
        opened = await self.web_client.apps_connections_open(app_token=self.app_token)
        async with asyncio.timeout(_PATIENCE):
            await self._leave()
            # No heartbeat of aiohttp's besides the SDK's: it gives up after half its interval, which a busy moment here may last.
            self.current_session = await self.aiohttp_client_session.ws_connect(str(opened["url"]), autoping=False)
            self.stale, self.last_ping_pong_time = False, None
            await self.current_session.ping(f"sdk-ping-pong:{time.time()}".encode())
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())

    async def connect(self) -> None:
        """Leave it to whoever looks after the connection."""
        self._lost()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """The same; with `force` Slack asked for it, and the connection there is counts no longer."""
        self.stale = self.stale or force
        self._lost()

    async def close(self) -> None:
        """Close the connection, and take nothing more."""
        self.closed = True
        await self._leave()
        self.message_processor.cancel()
        await self.aiohttp_client_session.close()

    async def _leave(self) -> None:
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        if self.current_session is not None:
            await self.current_session.close()

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Give an envelope to Bolt, and its answer back."""
        start = time.time()
        await send_async_response(client, request, await run_async_bolt_app(self._app, request), start)
