"""Looking many accounts up: few one by one, many from the list, at the pace Slack allows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.delivery.senders import Destination, Unreachable
from bot.domain.access.accounts import Verdict
from bot.domain.people.people import Platform
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack
from tests.platforms.slack.test_sender import CARD


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A workspace with a channel."""
    found = FakeSlack()
    await found.server.start_server()
    found.channels["C1"] = ""
    yield found
    await found.server.close()


@pytest.fixture
async def sender(slack: FakeSlack) -> AsyncIterator[SlackSender]:
    """A sender to it."""
    client = SlackClient(BOT_TOKEN, slack.url)
    yield SlackSender(client)
    await client.close()


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ({"team_id": "T2"}, "not_ours"),
        ({"is_stranger": True}, "not_ours"),
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"deleted": True}, "left"),
        ({"bot": True}, "not_ours"),
        ({"is_email_confirmed": False}, "unconfirmed"),
    ],
)
async def test_an_account_found_by_email_that_is_not_ours_is_not_written_to(
    slack: FakeSlack, sender: SlackSender, flags: dict[str, Any], reason: str
) -> None:
    """It counts as not reached, with the reason; no conversation is opened."""
    slack.add_user("U2", email="ada@firm.example", **flags)
    with pytest.raises(Unreachable) as told:
        await sender.send(Destination(Platform.SLACK, "", "ada@firm.example"), CARD, "d1")
    assert told.value.reason == reason
    assert told.value.detail
    assert slack.called("conversations.open") == []


async def test_an_account_linked_before_is_checked_before_it_is_written_to(slack: FakeSlack, sender: SlackSender) -> None:
    """A stranger's isn't, and the person is looked for by email; one that is right is."""
    slack.add_user("U2", email="ada@firm.example", team_id="T2")
    slack.add_user("U3", email="ada@firm.example", team_id="T1")
    del slack.users["U1"]
    slack.users["U2"]["profile"]["email"] = "mallory@elsewhere.example"
    slack.channels["DU2"] = "U2"
    to = Destination(Platform.SLACK, "U2", "ada@firm.example", "T1", "DU2", unchecked=True)
    assert (await sender.send(to, CARD, "d1")).user_id == "U3"
    assert slack.messages["DU2"] == []
    gone = Destination(Platform.SLACK, "U404", "ada@firm.example", "T1", unchecked=True)
    assert (await sender.send(gone, CARD, "d2")).user_id == "U3"
    right = Destination(Platform.SLACK, "U3", "ada@firm.example", "T1", unchecked=True)
    assert (await sender.send(right, CARD, "d3")).user_id == "U3"


async def test_few_are_asked_for_one_by_one(slack: FakeSlack, sender: SlackSender) -> None:
    """Ours with its address, a guest, the bot itself, one that Slack doesn't know, and one it doesn't answer about."""
    slack.add_user("U2", email="gus@other.example", is_restricted=True)
    slack.add_user("U3", email="ada@firm.example")
    slack.failures["users.info"] = [Failure(), Failure(), Failure(), Failure(), *[Failure(status=500)] * 5]
    found = {one.user_id: one for one in await sender.look_up("C1", ["U1", "U2", "UBOT", "U404", "U3"])}
    assert found["U1"].verdict == Verdict(email="ann@acme.example")
    assert (found["U1"].tenant, found["U1"].app, found["UBOT"].app) == ("T1", False, True)
    assert "guest" in found["U2"].verdict.why
    assert (found["U404"].verdict.asked, found["U3"].verdict.asked) == (True, False)


async def test_a_throttle_is_waited_for(slack: FakeSlack, sender: SlackSender) -> None:
    """As long as Slack says."""
    slack.failures["users.info"] = [Failure(status=429, headers={"Retry-After": "0"})]
    (found,) = await sender.look_up("C1", ["U1"])
    assert found.verdict.email == "ann@acme.example"


async def test_many_are_read_from_the_list(slack: FakeSlack, sender: SlackSender) -> None:
    """Page by page; one that isn't listed is asked for by itself."""
    for number in range(100):
        slack.add_user(f"UX{number}", email=f"p{number}@firm.example")
    wanted = [f"UX{number}" for number in range(100)]
    found = {one.user_id: one for one in await sender.look_up("C1", [*wanted, "U404"])}
    assert {found[one].verdict.email for one in wanted} == {f"p{number}@firm.example" for number in range(100)}
    assert found["U404"].verdict.why == "Slack doesn't know it"
    assert [args["user"] for args in slack.called("users.info")] == ["U404"]
    assert len(slack.called("users.list")) == 3


async def test_what_slack_says_of_linked_accounts(slack: FakeSlack, sender: SlackSender) -> None:
    """In their order; while Slack refuses the token, none could be asked."""
    slack.add_user("U2", email="gus@other.example", is_restricted=True)
    asked = [Destination(Platform.SLACK, one, "", "T1") for one in ("U2", "U1")]
    guest, ours = await sender.vouch(asked)
    assert ("guest" in guest.why, ours.email) == (True, "ann@acme.example")
    slack.tokens.clear()
    assert [one.asked for one in await sender.vouch(asked)] == [False, False]
