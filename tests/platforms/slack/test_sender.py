"""Deliveries to people, and every way Slack has of not taking them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.cards import Card, Text
from bot.delivery.senders import Destination, PlatformSender, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.people.people import Platform
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack

CARD = Card(title="What changed", blocks=(Text(text="You may now decide refunds <!channel>"),))
TO = Destination(Platform.SLACK, user_id="U1", email="ann@acme.example")


class Bench:
    """A sender, its client and the fake Slack behind them."""

    def __init__(self, slack: FakeSlack, client: SlackClient) -> None:
        self.slack = slack
        self.client = client
        self.sender: PlatformSender = SlackSender(client)


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    """Make a sender against a fake Slack; nothing it sent may have been faulty."""
    slack = FakeSlack()
    await slack.server.start_server()
    client = SlackClient(BOT_TOKEN, slack.url, timeout=aiohttp.ClientTimeout(total=0.5))
    yield Bench(slack, client)
    await client.close()
    await slack.server.close()
    assert slack.faults == []


async def test_message_is_sent_with_its_delivery(bench: Bench) -> None:
    """A card arrives in the person's conversation, marked with its delivery, and the receipt names both."""
    sent = await bench.sender.send(TO, CARD, "d1")
    (message,) = bench.slack.messages["DU1"]
    assert sent == Sent(message_id=message["ts"], conversation="DU1", user_id="U1")
    assert message["metadata"] == {"event_type": "outside_in_delivery", "event_payload": {"id": "d1"}}


async def test_known_conversation_needs_no_look_up(bench: Bench) -> None:
    """With the conversation known, sending is one call."""
    bench.slack.channels["DU1"] = "U1"
    await bench.sender.send(Destination(Platform.SLACK, "U1", "", conversation="DU1"), CARD, "d1")
    assert [name for name, _ in bench.slack.calls] == ["chat.postMessage"]


async def test_email_alone_is_looked_up(bench: Bench) -> None:
    """Somebody known by email only is looked up, and the receipt brings the account."""
    sent = await bench.sender.send(Destination(Platform.SLACK, "", "ann@acme.example"), CARD, "d1")
    assert (sent.user_id, sent.conversation) == ("U1", "DU1")


async def test_conversation_gone_is_opened_anew_once(bench: Bench) -> None:
    """A conversation Slack no longer knows is opened again, once."""
    sent = await bench.sender.send(Destination(Platform.SLACK, "U1", "", conversation="DOLD"), CARD, "d1")
    assert sent.conversation == "DU1"


async def test_connections_are_kept(bench: Bench) -> None:
    """Calls share one session and its connection."""
    for number in range(5):
        await bench.sender.send(TO, CARD, str(number))
    assert len(bench.slack.sessions) == 1


@pytest.mark.parametrize(
    ("to", "reason", "detail"),
    [
        (Destination(Platform.SLACK, "UBOT", ""), "refused", "cannot_dm_bot"),
        (Destination(Platform.SLACK, "UGONE", ""), "left", "user_disabled"),
        (Destination(Platform.SLACK, "UNONE", ""), "no_account", "user_not_found"),
        (Destination(Platform.SLACK, "", "nobody@acme.example"), "no_account", "users_not_found"),
        (Destination(Platform.SLACK, "", ""), "no_account", "neither"),
    ],
)
async def test_unreachable_with_the_reason(bench: Bench, to: Destination, reason: str, detail: str) -> None:
    """Bots, leavers and strangers are unreachable, each with Slack's own word for why."""
    bench.slack.add_user("UGONE", email="gone@acme.example", deleted=True)
    with pytest.raises(Unreachable) as caught:
        await bench.sender.send(to, CARD, "d1")
    assert caught.value.reason == reason
    assert caught.value.detail.startswith(detail)


@pytest.mark.parametrize(
    ("failure", "after"),
    [
        (Failure(status=429, headers={"Retry-After": "2"}, body='{"ok": false, "error": "ratelimited"}'), 2.0),
        (Failure(status=429, body="", content_type="text/plain"), None),
        (Failure(body='{"ok": false, "error": "message_limit_exceeded"}'), None),
    ],
)
async def test_throttled_comes_again_later(bench: Bench, failure: Failure, after: float | None) -> None:
    """A throttle is for later, after the seconds Slack names, and nothing was sent."""
    bench.slack.failures["chat.postMessage"] = [failure]
    with pytest.raises(RetryLater) as caught:
        await bench.sender.send(TO, CARD, "d1")
    assert caught.value.after == after
    assert bench.slack.messages["DU1"] == []


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
async def test_bot_refused(bench: Bench, code: str) -> None:
    """A token that no longer counts stops the tenant, not the person."""
    bench.slack.failures["conversations.open"] = [Failure(body=f'{{"ok": false, "error": "{code}"}}')]
    with pytest.raises(Refused, match=code):
        await bench.sender.send(TO, CARD, "d1")


@pytest.mark.parametrize(
    "failure",
    [
        Failure(cut="after"),
        Failure(cut="before"),
        Failure(delay=1.0),
        Failure(status=503, body="<html>no</html>", content_type="text/html"),
        Failure(status=500, body="oops", content_type="text/plain"),
        Failure(body="{broken"),
        Failure(body='{"ok": false, "error": "fatal_error"}', headers={"X": "y"}),
    ],
)
async def test_doubt_is_said_and_nothing_doubled(bench: Bench, failure: Failure) -> None:
    """A cut connection, a time-out and a 5xx while sending leave it uncertain; the SDK repeats nothing by itself."""
    bench.slack.failures["chat.postMessage"] = [failure]
    with pytest.raises(Uncertain):
        await bench.sender.send(TO, CARD, "d1")
    assert len(bench.slack.messages["DU1"]) <= 1
    assert bench.slack.failures["chat.postMessage"] == []


@pytest.mark.parametrize("method", ["conversations.open", "users.lookupByEmail"])
async def test_trouble_before_sending_is_for_later(bench: Bench, method: str) -> None:
    """Where nothing can have been sent yet, a cut connection or a 5xx is no doubt."""
    for failure in (Failure(cut="after"), Failure(status=502, body="", content_type="text/html")):
        bench.slack.failures[method] = [failure] * 2  # a GET is asked again by aiohttp itself, once
        with pytest.raises(RetryLater):
            await bench.sender.send(Destination(Platform.SLACK, "", "ann@acme.example"), CARD, "d1")


async def test_no_connection_is_for_later(bench: Bench) -> None:
    """With nobody listening, nothing was sent."""
    bench.slack.channels["DU1"] = "U1"
    await bench.slack.server.close()
    with pytest.raises(RetryLater):
        await bench.sender.send(Destination(Platform.SLACK, "U1", "", conversation="DU1"), CARD, "d1")


async def test_other_refusals_keep_slacks_word(bench: Bench) -> None:
    """A code nobody thought of makes this person unreachable, with the code."""
    bench.slack.failures["chat.postMessage"] = [Failure(body='{"ok": false, "error": "restricted_action"}', headers={"X": "y"})]
    with pytest.raises(Unreachable, match="restricted_action"):
        await bench.sender.send(TO, CARD, "d1")


async def test_sent_message_is_found_among_many(bench: Bench) -> None:
    """After a cut, the message is found by its delivery, pages back; one never sent isn't."""
    bench.slack.failures["chat.postMessage"] = [Failure(cut="after")]
    with pytest.raises(Uncertain):
        await bench.sender.send(TO, CARD, "d1")
    ts = bench.slack.messages["DU1"][0]["ts"]
    bench.slack.messages["DU1"] += [{"ts": f"2.{number}", "text": "chat", "metadata": None} for number in range(450)]
    assert await bench.sender.find(TO, "d1") == Sent(message_id=ts, conversation="DU1", user_id="U1")
    assert await bench.sender.find(TO, "d2") is None


@pytest.mark.parametrize("failure", [Failure(cut="before"), Failure(body='{"ok": false, "error": "missing_scope"}')])
async def test_looking_in_vain_is_uncertain(bench: Bench, failure: Failure) -> None:
    """Where Slack can't say whether it arrived, that's what is said."""
    bench.slack.failures["conversations.history"] = [failure] * 2  # a GET is asked again by aiohttp itself, once
    with pytest.raises(Uncertain):
        await bench.sender.find(TO, "d1")


async def test_message_is_replaced(bench: Bench) -> None:
    """A sent message is replaced; one that's gone is unreachable; a cut connection can safely come again."""
    sent = await bench.sender.send(TO, CARD, "d1")
    await bench.sender.update(sent, Card(title="Corrected"))
    assert bench.slack.messages["DU1"][0]["text"] == "Corrected"
    bench.slack.failures["chat.update"] = [Failure(cut="after")]
    with pytest.raises(RetryLater):
        await bench.sender.update(sent, CARD)
    with pytest.raises(Unreachable, match="message_not_found"):
        await bench.sender.update(Sent("9.9", "DU1", "U1"), CARD)


async def test_wrong_token_is_refused(bench: Bench) -> None:
    """Another workspace's token is refused by the fake as by Slack."""
    client = SlackClient("xoxb-other", bench.slack.url)
    with pytest.raises(Refused, match="invalid_auth"):
        await SlackSender(client).send(TO, CARD, "d1")
    await client.close()


async def test_a_message_is_taken_back(bench: Bench) -> None:
    """Deleted, it is gone; deleting it once more does no harm; another refusal is told."""
    sent = await bench.sender.send(TO, CARD, "d1")
    await bench.sender.delete(sent)
    assert bench.slack.messages["DU1"] == []
    await bench.sender.delete(sent)
    bench.slack.failures["chat.delete"].append(Failure(body='{"ok": false, "error": "cant_delete_message"}'))
    with pytest.raises(Unreachable, match="cant_delete_message"):
        await bench.sender.delete(sent)


async def test_members_of_a_channel_page_by_page(bench: Bench) -> None:
    """Everyone in a channel, over several pages; a channel the bot isn't in says so."""
    bench.slack.members["C1"] = ["U1", "U2", "U3", "U4", "U5"]
    assert await bench.sender.members("C1") == ["U1", "U2", "U3", "U4", "U5"]
    with pytest.raises(Unreachable, match="conversation_gone"):
        await bench.sender.members("C2")


async def test_a_card_is_rendered_once_for_everybody(bench: Bench) -> None:
    """The same card sent twice is the same JSON, and another card is another."""
    for delivery_id, card in (("d1", CARD), ("d2", CARD), ("d3", Card(title="Something else"))):
        await bench.sender.send(TO, card, delivery_id)
    first, second, third = bench.slack.messages["DU1"]
    assert first["blocks"] == second["blocks"] != third["blocks"]


async def test_a_post_appears_in_its_channel(bench: Bench) -> None:
    """A card is posted in a channel or below a message, marked with its id, found again in either place, and taken back."""
    bench.slack.channels["C1"] = ""
    first = await bench.sender.post("C1", CARD, "p1")
    below = await bench.sender.post("C1", CARD, "p2", thread=first.message_id)
    top, answer = bench.slack.messages["C1"]
    assert top["metadata"]["event_payload"] == {"id": "p1"}
    assert ("thread_ts" in top, answer["thread_ts"]) == (False, first.message_id)
    assert await bench.sender.find(Destination(Platform.SLACK, "", "", conversation="C1"), "p1") == first
    thread = Destination(Platform.SLACK, "", "", conversation="C1", thread=first.message_id)
    assert await bench.sender.find(thread, "p2") == below
    await bench.sender.delete(below)
    assert bench.slack.messages["C1"] == [top]


@pytest.mark.parametrize(
    ("code", "reason"),
    [("is_archived", "channel_archived"), ("not_in_channel", "bot_not_installed"), ("restricted_action", "refused")],
)
async def test_a_channel_that_takes_no_post_says_why(bench: Bench, code: str, reason: str) -> None:
    """An archived channel, one the bot was not invited to, and one for admins alone are told apart; a channel unknown is gone."""
    bench.slack.channels["C1"], bench.slack.closed["C1"] = "", code
    with pytest.raises(Unreachable) as caught:
        await bench.sender.post("C1", CARD, "p1")
    assert (caught.value.reason, caught.value.detail) == (reason, code)
    with pytest.raises(Unreachable, match="conversation_gone"):
        await bench.sender.post("C2", CARD, "p1")


async def test_a_post_in_doubt_or_too_early(bench: Bench) -> None:
    """A throttled post comes later, one that was cut off is uncertain and found where it arrived; a cut deletion may come again."""
    bench.slack.channels["C1"] = ""
    bench.slack.failures["chat.postMessage"] = [Failure(status=429, headers={"Retry-After": "7"}, body=""), Failure(cut="after")]
    with pytest.raises(RetryLater) as caught:
        await bench.sender.post("C1", CARD, "p1")
    assert caught.value.after == 7
    with pytest.raises(Uncertain):
        await bench.sender.post("C1", CARD, "p1")
    sent = await bench.sender.find(Destination(Platform.SLACK, "", "", conversation="C1"), "p1")
    assert sent is not None
    bench.slack.failures["chat.delete"] = [Failure(cut="after")]
    with pytest.raises(RetryLater):
        await bench.sender.delete(sent)
    await bench.sender.delete(sent)


async def test_reading_members_may_be_throttled(bench: Bench) -> None:
    """Who is in a channel is asked again after the seconds Slack names."""
    bench.slack.failures["conversations.members"] = [Failure(status=429, headers={"Retry-After": "3"}, body="")]
    with pytest.raises(RetryLater) as caught:
        await bench.sender.members("C1")
    assert caught.value.after == 3
