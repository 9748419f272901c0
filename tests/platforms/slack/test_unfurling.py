"""Links to the dashboard in messages: said what they are, to everybody alike, and nothing of what is behind them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.platforms.slack.fake_slack import Failure
from tests.platforms.slack.world import DASHBOARD, World
from tests.platforms.slack.world import world as served

Json = dict[str, Any]


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """The bot in a workspace."""
    async with served() as found:
        yield found


async def shared(slack: World, *urls: str, event_id: str = "Ev1", calls: int = 1, **more: Any) -> list[Json]:
    """Somebody puts links into a message of a channel; what the bot answered, once it has so often."""
    event = {
        "type": "link_shared",
        "channel": "C1",
        "user": "U1",
        "message_ts": "1600000000.000100",
        "unfurl_id": "C1.1600000000.000100.abc",
        "source": "conversations_history",
        "is_bot_user_member": True,
        "event_ts": "1600000000.000200",
        "links": [{"url": url, "domain": url.split("/")[2] if url.count("/") > 1 else ""} for url in urls],
    }
    answer = await slack.event(event | more, event_id)
    assert answer.status == 200
    await slack.slack.until("chat.unfurl", calls)
    await slack.platform.settled()
    return slack.slack.called("chat.unfurl")


async def test_a_page_is_named_and_no_figure_shown(slack: World) -> None:
    """What it is and how to see one's own, under the link as it was written."""
    url = f"{DASHBOARD}/dashboard/customers?quarter=1&department=Sales"
    (call,) = await shared(slack, url)
    assert call["unfurl_id"] == "C1.1600000000.000100.abc"
    assert call["source"] == "conversations_history"
    said = json.dumps(call["unfurls"][url])
    assert "the dashboard: customers" in said
    assert "/dashboard" in said
    assert "Sales" not in said


async def test_a_sign_in_link_is_said_to_be_somebodys_own(slack: World) -> None:
    """And its secret isn't repeated."""
    url = f"{DASHBOARD}/dashboard/enter?key=SECRET-KEY"
    (call,) = await shared(slack, url)
    said = json.dumps(call["unfurls"][url])
    assert "for one person" in said
    assert "SECRET-KEY" not in said


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/dashboard/",
        f"{DASHBOARD}/healthz",
        f"{DASHBOARD}/dashboards",
        f"{DASHBOARD}.evil.example/dashboard/",
        "https://[broken/dashboard",
        "",
    ],
)
async def test_other_links_are_left_alone(slack: World, url: str) -> None:
    """Another host, another path, no address at all."""
    assert await shared(slack, url, calls=0) == []


@pytest.mark.parametrize("page", ["<!channel>", "x" * 50, "%F0%9F%8E%89"])
async def test_what_stands_in_an_address_is_not_said_again(slack: World, page: str) -> None:
    """A page that can't be one has no name."""
    url = f"{DASHBOARD}/dashboard/{page}"
    (call,) = await shared(slack, url)
    assert call["unfurls"][url]["blocks"][0]["text"]["text"] == "Outside In, the dashboard"


async def test_an_event_that_comes_twice_is_answered_once(slack: World) -> None:
    """As Slack sends them."""
    for _ in range(2):
        calls = await shared(slack, f"{DASHBOARD}/dashboard/")
    assert len(calls) == 1


async def test_without_an_unfurl_id_the_message_is_named(slack: World) -> None:
    """As older events are."""
    (call,) = await shared(slack, f"{DASHBOARD}/dashboard/", unfurl_id="", source="")
    assert (call["channel"], call["ts"]) == ("C1", "1600000000.000100")


async def test_a_message_that_is_gone_is_no_fault(slack: World) -> None:
    """Deleted before the bot got to it."""
    slack.slack.failures["chat.unfurl"].append(Failure(body='{"ok": false, "error": "cannot_find_message"}'))
    assert await shared(slack, f"{DASHBOARD}/dashboard/", calls=0) == []
    assert len(await shared(slack, f"{DASHBOARD}/dashboard/", event_id="Ev2")) == 1
