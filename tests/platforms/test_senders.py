"""One contract for every sender: `bot.delivery.senders.PlatformSender`, on Slack, Teams, the console and the tests' own platform."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.cards import Card, Text
from bot.delivery.senders import KnowsAccounts, Refused, RetryLater, Uncertain, Unreachable
from bot.platforms.discovery import plugins
from tests.platforms.benches import AFTER, BENCHES, Bench

CARD = Card(title="What changed", blocks=(Text(text="You may now decide refunds"),))
REASONS = {
    "no_account",
    "not_ours",
    "unconfirmed",
    "bot_blocked",
    "bot_not_installed",
    "left",
    "guest",
    "conversation_gone",
    "refused",
}


@pytest.fixture(params=sorted(BENCHES))
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    """Each sender in turn."""
    async with BENCHES[request.param]() as made:
        yield made


@pytest.fixture
def outside(bench: Bench) -> Bench:
    """Those that are somewhere else."""
    if not bench.outside:
        pytest.skip("it is this very process")
    return bench


def test_every_platform_is_held_to_it() -> None:
    """A platform more is tried here, too."""
    assert {one.platform.value for one in plugins()} <= set(BENCHES)


async def test_a_card_is_there_once(bench: Bench) -> None:
    """One message, shown, and a receipt with which it can be found again."""
    sent = await bench.sender.send(bench.somebody, CARD, "1")
    assert list(bench.messages) == [sent.message_id]
    assert "decide refunds" in bench.messages[sent.message_id]
    assert sent.conversation


async def test_each_delivery_is_a_message(bench: Bench) -> None:
    """Two deliveries of the same card are two messages, with ids of their own."""
    first, second = [await bench.sender.send(bench.somebody, CARD, str(number)) for number in (1, 2)]
    assert first.message_id != second.message_id
    assert set(bench.messages) == {first.message_id, second.message_id}


async def test_a_long_text_is_taken(bench: Bench) -> None:
    """What is longer than a platform takes is made to fit, and begins as it was written."""
    long = Card(title="What changed", blocks=tuple(Text(text=f"{number}: " + "word " * 600) for number in range(40)))
    sent = await bench.sender.send(bench.somebody, long, "1")
    assert list(bench.messages) == [sent.message_id]
    assert "0: word word" in bench.messages[sent.message_id]


@pytest.mark.parametrize("whom", ["nobody", "stranger"])
async def test_who_has_no_address_or_is_unknown_is_unreachable(bench: Bench, whom: str) -> None:
    """With one of the reasons that are told in words; and nothing is sent."""
    with pytest.raises(Unreachable) as caught:
        await bench.sender.send(getattr(bench, whom), CARD, "1")
    assert caught.value.reason in REASONS
    assert caught.value.detail
    assert bench.messages == {}


async def test_a_throttle_says_how_long(outside: Bench) -> None:
    """Nothing was sent; the next time it is."""
    outside.throttle()
    with pytest.raises(RetryLater) as caught:
        await outside.sender.send(outside.somebody, CARD, "1")
    assert caught.value.after == AFTER
    assert outside.messages == {}
    await outside.sender.send(outside.somebody, CARD, "1")
    assert len(outside.messages) == 1


async def test_a_cut_connection_is_a_doubt(outside: Bench) -> None:
    """It may have arrived: nothing is said to be sent or not, and the sender doesn't repeat it by itself."""
    outside.cut()
    with pytest.raises(Uncertain) as caught:
        await outside.sender.send(outside.somebody, CARD, "1")
    assert str(caught.value)
    assert outside.messages == {}


async def test_a_refused_bot_is_told_apart(outside: Bench) -> None:
    """No message of anybody's can go out until someone acts; the words say why."""
    outside.refuse()
    with pytest.raises(Refused) as caught:
        await outside.sender.send(outside.somebody, CARD, "1")
    assert str(caught.value)
    assert outside.messages == {}


async def test_what_was_sent_is_looked_up_where_it_can_be(bench: Bench) -> None:
    """By its delivery, and None for another's; a platform that can't say leaves the doubt."""
    sent = await bench.sender.send(bench.somebody, CARD, "1")
    if not bench.sender.capabilities.can_look_up:
        with pytest.raises(Uncertain):
            await bench.sender.find(bench.somebody, "1")
        return
    found = await bench.sender.find(bench.somebody, "1")
    assert found is not None
    assert found.message_id == sent.message_id
    assert await bench.sender.find(bench.somebody, "2") is None


async def test_an_edit_takes_its_place(bench: Bench) -> None:
    """The same message shows the new card; once more changes nothing."""
    sent = await bench.sender.send(bench.somebody, CARD, "1")
    for _ in range(2):
        await bench.sender.update(sent, Card(title="What changed since"))
    assert list(bench.messages) == [sent.message_id]
    assert "changed since" in bench.messages[sent.message_id]
    assert "refunds" not in bench.messages[sent.message_id]


async def test_a_recall_takes_it_back(bench: Bench) -> None:
    """Nobody reads it any more, and taking it back twice is no fault; a platform that can't says so."""
    sent = await bench.sender.send(bench.somebody, CARD, "1")
    if not bench.sender.capabilities.can_recall:
        with pytest.raises(Unreachable):
            await bench.sender.delete(sent)
        return
    for _ in range(2):
        await bench.sender.delete(sent)
    assert bench.messages == {}


async def test_accounts_are_answered_for_in_their_order(bench: Bench) -> None:
    """Where accounts can be looked up, each asked about gets a verdict; one that can't be found has words, and no email."""
    if not isinstance(bench.sender, KnowsAccounts):
        pytest.skip("accounts can't be looked up there")
    verdicts = await bench.sender.vouch([bench.stranger, bench.somebody])
    assert len(verdicts) == 2
    assert verdicts[0].why
    assert not verdicts[0].email
