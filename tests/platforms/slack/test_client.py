"""The client: what it calls, and what it doesn't."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.platforms.slack.client import SlackClient

FOREIGN = (
    "http://hooks.slack.com/actions/T1/1/x",
    "https://hooks.slack.com.evil.example/x",
    "https://evilslack.com/x",
    "https://hooks.slack.com@evil.example/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1/x",
    "file:///etc/passwd",
)


async def test_an_answer_goes_to_slack_alone() -> None:
    """The address has travelled with a form, through a client; another's is not called, and the answer takes another way."""
    seen: list[str] = []

    async def answered(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.Response()

    site = web.Application()
    site.router.add_post("/{rest:.*}", answered)
    async with TestServer(site) as server:
        here = str(server.make_url("/r"))
        slacks, own = SlackClient("xoxb-1"), SlackClient("xoxb-1", base_url=str(server.make_url("/api/")))
        try:
            assert await slacks.respond(here, {"text": "x"}) is False
            assert seen == []
            assert await own.respond(here, {"text": "x"}) is True
            assert seen == ["/r"]
        finally:
            await slacks.close()
            await own.close()


@pytest.mark.parametrize("address", FOREIGN)
def test_addresses_that_are_not_slacks(address: str) -> None:
    """By scheme, by host, by what stands before the host."""
    assert not SlackClient("xoxb-1")._is_slacks(address)


@pytest.mark.parametrize("address", ["https://hooks.slack.com/actions/T1/1/x", "https://hooks.slack-gov.com/commands/T1/1/x"])
def test_addresses_that_are(address: str) -> None:
    """Of the commercial and the government's cloud."""
    assert SlackClient("xoxb-1")._is_slacks(address)
