"""The Web API client: one shared HTTP session, time-outs of our own, no silent retries."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.platforms import network
from bot.platforms.slack import charts
from bot.platforms.slack.failures import error_code
from bot.web.origin import is_loopback

SLACK = "https://slack.com/api/"
_HOSTS = (".slack.com", ".slack-gov.com")
# Slack answers within a second as a rule; a connection that isn't there after 3 s won't be in time for a trigger either.
_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3, sock_connect=3)
# https://docs.slack.dev/reference/methods/chat.postMessage: what an unknown or faulty block is refused with
_NOT_TAKEN = "invalid_blocks"
_TAKEN, _FAULTY = 200, 400
"""How a response_url answers what it takes, and what it can't read; one that is used up says 404."""

_A_DAY = 86_400.0
_T = TypeVar("_T")


def _read(raw: bytes) -> dict[str, Any]:
    """An answer's JSON; {} for a proxy's page."""
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


_SPEAKING: ContextVar[str] = ContextVar("slack_token", default="")
"""The token of the workspace that this task speaks in; "" where there is one workspace, and the client's own is meant."""


class SlackClient(AsyncWebClient):
    """`AsyncWebClient` over one `ClientSession`, opened at the first call so that it belongs to the running loop.

    The SDK by itself opens a session a call, and sends a call again when its connection is cut, which doubles a message that had
    arrived: here nothing is retried, the caller decides.

    It speaks with its own token, or, for as long as `speaking` says, with another workspace's.
    """

    def __init__(self, token: str, base_url: str | None = None, timeout: aiohttp.ClientTimeout = _TIMEOUT) -> None:
        super().__init__(token=token, base_url=base_url or SLACK, retry_handlers=[])
        self.proxy = None  # the session knows; the SDK's own takes it for every address, whatever NO_PROXY says
        self._limits = timeout
        self._over = False
        self._without_charts: dict[str, float] = {}

    @property
    def token(self) -> str | None:
        """What the next call is made with."""
        return _SPEAKING.get() or self._own

    @token.setter
    def token(self, token: str | None) -> None:
        self._own = token or None

    @contextmanager
    def speaking(self, token: str) -> Iterator[None]:
        """Make the calls of this task, and of those it starts, with another token; "" is the client's own."""
        before = _SPEAKING.set(token)
        try:
            yield
        finally:
            _SPEAKING.reset(before)

    def speak(self, token: str) -> None:
        """The same, for as long as what surrounds it lasts."""
        _SPEAKING.set(token)

    def open(self) -> aiohttp.ClientSession:
        """Give the session, opened when it isn't yet. RuntimeError once this is closed: nobody would close it again."""
        if self._over:
            raise RuntimeError("this client is closed")
        if self.session is None or self.session.closed:
            self.session = network.session(self._limits)
        return self.session

    async def api_call(self, api_method: str, **kwargs: Any) -> AsyncSlackResponse:
        """Call one method. Raises SlackApiError for an answer that isn't ok, aiohttp.ClientError and TimeoutError without one."""
        self.open()
        if auth := kwargs.pop("auth", None):  # the SDK makes a header of it by a class aiohttp is about to take away
            basic = aiohttp.encode_basic_auth(auth["client_id"], auth["client_secret"])
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "Authorization": basic}
        if not charts.has_chart(given := kwargs.get("json")):
            return await super().api_call(api_method, **kwargs)
        call = super().api_call
        return await self._drawn_or_in_words(
            lambda: call(api_method, **kwargs), lambda: call(api_method, **{**kwargs, "json": charts.in_words(given)})
        )

    async def _drawn_or_in_words(self, drawn: Callable[[], Awaitable[_T]], worded: Callable[[], Awaitable[_T]]) -> _T:
        """Make a call with its charts, and in words where this workspace refuses them, or refused one lately."""
        if self._charts_refused():
            return await worded()
        try:
            return await drawn()
        except SlackApiError as error:
            if error_code(error) != _NOT_TAKEN:
                raise
        answer = await worded()
        self._remember_charts()
        return answer

    def _charts_refused(self) -> bool:
        """Whether this workspace refused a chart of Slack's own lately: they are rolled out workspace by workspace."""
        return self._without_charts.get(self.token or "", 0.0) > time.monotonic()

    def _remember_charts(self) -> None:
        """The words were taken where the chart was not: none is tried there for a day."""
        self._without_charts[self.token or ""] = time.monotonic() + _A_DAY
        self.logger.info("charts come in words here: Slack refuses its own")

    async def post_written(self, api_method: str, body: bytes) -> dict[str, Any]:
        """The same with arguments that are JSON already; a chart Slack refuses comes in words here, too."""
        if charts.KIND.encode() not in body:
            return await self._post_written(api_method, body)
        return await self._drawn_or_in_words(
            lambda: self._post_written(api_method, body),
            lambda: self._post_written(api_method, json.dumps(charts.in_words(json.loads(body))).encode()),
        )

    async def _post_written(self, api_method: str, body: bytes) -> dict[str, Any]:
        """Call a method with arguments that are JSON already: a message to many people is written once, not once for each.

        Raises SlackApiError for an answer that isn't ok, aiohttp.ClientError and TimeoutError without one, as `api_call` does.
        https://docs.slack.dev/apis/web-api/#posting_json
        """
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json; charset=utf-8"}
        url = f"{self.base_url}{api_method}"
        async with self.open().post(url, data=body, headers=headers) as answer:
            raw = await answer.read()
        data = _read(raw)
        if answer.status == 200 and data.get("ok"):
            return data
        response = AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=url,
            req_args={},
            data=data,
            headers=dict(answer.headers),
            status_code=answer.status,
        )
        raise SlackApiError(f"{api_method} isn't ok", response)  # type: ignore[no-untyped-call]

    async def respond(self, response_url: str, message: dict[str, Any]) -> bool:
        """Post to a response_url; False when it's used up (5 times, 30 minutes), doesn't answer, or isn't Slack's."""
        if not self._is_slacks(response_url):
            self.logger.warning("a response_url that isn't Slack's is not called")
            return False
        if not charts.has_chart(message):
            return await self._respond(response_url, message) == _TAKEN
        drawn = not self._charts_refused()
        status = await self._respond(response_url, message if drawn else charts.in_words(message))
        if not drawn or status != _FAULTY:
            return status == _TAKEN
        if taken := await self._respond(response_url, charts.in_words(message)) == _TAKEN:
            self._remember_charts()
        return taken

    async def _respond(self, response_url: str, message: dict[str, Any]) -> int:
        """Post once; the status of the answer, 0 where there was none: then the message may have arrived."""
        webhook = AsyncWebhookClient(response_url, session=self.open(), retry_handlers=[], logger=self.logger)
        webhook.proxy = None
        try:
            answer = await webhook.send_dict(message)
        except (aiohttp.ClientError, TimeoutError) as error:
            self.logger.warning("response_url failed: %s", error)
            return 0
        if answer.status_code != _TAKEN:
            self.logger.warning("response_url refused: %s %s", answer.status_code, answer.body[:200])
        return answer.status_code

    def _is_slacks(self, address: str) -> bool:
        """Whether an address is Slack's: it has travelled with a form, through a client.

        https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
        """
        if is_loopback(self.base_url):  # a test's Slack, or an emulator
            return is_loopback(address)
        try:
            given = urlsplit(address)
        except ValueError:
            return False
        host = given.hostname or ""
        ours = host == urlsplit(self.base_url).hostname or host.endswith(_HOSTS)  # where its Web API is, it may answer too
        return given.scheme == "https" and "@" not in given.netloc and ours

    async def close(self) -> None:
        """Close the session, for good."""
        self._over = True
        if self.session is not None:
            await self.session.close()
