"""The Web API client: one shared HTTP session, time-outs of our own, no silent retries."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

SLACK = "https://slack.com/api/"
# Slack answers within a second as a rule; a connection that isn't there after 3 s won't be in time for a trigger either.
_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3, sock_connect=3)


class SlackClient(AsyncWebClient):
    """`AsyncWebClient` over one `ClientSession`, opened at the first call so that it belongs to the running loop.

    The SDK by itself opens a session a call, and sends a call again when its connection is cut, which doubles a message that had
    arrived: here nothing is retried, the caller decides.
    """

    def __init__(self, token: str, base_url: str | None = None, timeout: aiohttp.ClientTimeout = _TIMEOUT) -> None:
        super().__init__(token=token, base_url=base_url or SLACK, retry_handlers=[])
        self._limits = timeout

    def open(self) -> aiohttp.ClientSession:
        """Give the session, opened when it isn't yet."""
        if self.session is None or self.session.closed:
            self.session = aiohttp.ClientSession(timeout=self._limits)
        return self.session

    async def api_call(self, api_method: str, **kwargs: Any) -> AsyncSlackResponse:
        """Call one method. Raises SlackApiError for an answer that isn't ok, aiohttp.ClientError and TimeoutError without one."""
        self.open()
        return await super().api_call(api_method, **kwargs)

    async def respond(self, response_url: str, message: dict[str, Any]) -> bool:
        """Post to a response_url; False when it's used up (5 times, 30 minutes) or doesn't answer."""
        webhook = AsyncWebhookClient(response_url, session=self.open(), retry_handlers=[], logger=self.logger)
        try:
            answer = await webhook.send_dict(message)
        except (aiohttp.ClientError, TimeoutError) as error:
            self.logger.warning("response_url failed: %s", error)
            return False
        if answer.status_code != 200:
            self.logger.warning("response_url refused: %s %s", answer.status_code, answer.body[:200])
        return answer.status_code == 200

    async def close(self) -> None:
        """Close the session."""
        if self.session is not None:
            await self.session.close()
