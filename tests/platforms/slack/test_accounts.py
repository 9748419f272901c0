"""Looking people up, and remembering events."""

from __future__ import annotations

from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.recent import Recent
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack
from tests.platforms.slack.world import FakeDispatcher


async def test_profiles_are_kept_for_five_minutes() -> None:
    """A person is asked for once in five minutes, also by those who mention them; a failure isn't kept."""
    slack, now = FakeSlack(), [0.0]
    await slack.server.start_server()
    client = SlackClient(BOT_TOKEN, slack.url)
    accounts = Accounts(FakeDispatcher(), client, clock=lambda: now[0])  # type: ignore[arg-type]
    # aiohttp asks again by itself, once, where a GET's connection is cut: reading twice does no harm
    slack.failures["users.info"] = [Failure(cut="before"), Failure(cut="before"), Failure(status=429, headers={"Retry-After": "1"})]
    texts = [await accounts.typed("met <@U1>") for _ in range(4)]
    now[0] = 301.0
    await accounts.typed("met <@U1>")
    await client.close()
    await slack.server.close()
    assert texts == ["met @U1", "met @U1", "met @Ann Wu", "met @Ann Wu"]
    assert len(slack.called("users.info")) == 2


def test_ids_are_remembered_past_slacks_last_retry() -> None:
    """An id is old news for fifteen minutes, longer than Slack's retries go on, and then forgotten."""
    now = [0.0]
    recent = Recent(clock=lambda: now[0])
    assert [recent.first("Ev1"), recent.first("Ev1")] == [True, False]
    now[0] = 600.0
    assert not recent.first("Ev1")
    now[0] = 901.0
    assert recent.first("Ev1")
