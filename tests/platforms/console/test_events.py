"""Messages that arrive live, and the sender that puts them there."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientPayloadError

from bot.cards import Card
from bot.commands import Platform
from bot.delivery.senders import Destination, Sent, Unreachable
from bot.platforms.console.log import KEPT
from tests.platforms.console.conftest import Console
from tests.platforms.console.fake_bot import MARA, OMAR, PROMPT

TO_MARA = Destination(Platform.CONSOLE, MARA.email, MARA.email)
TO_OMAR = Destination(Platform.CONSOLE, "", OMAR.email)


async def test_first_visit_is_greeted_once(console: Console) -> None:
    """Whoever is picked for the first time is told what the bot can do, once."""
    for _ in range(2):
        async with console.stream() as stream:
            said, _last = await stream.until_ready()
        assert len(said) == 1
        assert "I keep us close to customers" in said[0]["html"]
    assert [one.command for one in console.dispatcher.asked] == ["help"]


async def test_greeting_that_fails_is_tried_again(console: Console) -> None:
    """When the bot can't answer the stream ends, which a browser takes up again by itself; the greeting comes then."""
    console.dispatcher.failing = True
    async with console.stream() as stream:
        with pytest.raises(ClientPayloadError):
            await stream.next()
    console.dispatcher.failing = False
    async with console.stream() as stream:
        said, _ = await stream.until_ready()
    assert len(said) == 1


async def test_cards_arrive_and_change_live(console: Console) -> None:
    """A card sent to somebody appears on their open page, and an update takes its place."""
    async with console.stream() as stream:
        await stream.until_ready()
        sent = await console.platform.sender.send(TO_MARA, PROMPT, "d1")
        name, first, _ = await stream.next()
        assert (name, first["key"]) == ("message", sent.message_id)
        await console.platform.sender.update(sent, Card(title="Thank you"))
        _, second, _ = await stream.next()
        assert second["key"] == first["key"]
        assert second["version"] > first["version"]
        assert "Thank you" in second["html"]


async def test_stream_goes_on_where_it_was_cut(console: Console) -> None:
    """With Last-Event-ID only what is newer comes; with one of an earlier run, everything."""
    async with console.stream() as stream:
        _, last = await stream.until_ready()
    await console.platform.sender.send(TO_MARA, PROMPT, "d1")
    async with console.stream(last=last) as stream:
        newer, _ = await stream.until_ready()
    assert ["Mara: which customers have you spoken with lately?" in one["html"] for one in newer] == [True]
    async with console.stream(last="00000000-99") as stream:
        everything, _ = await stream.until_ready()
    assert len(everything) == 2


async def test_news_of_others_is_counted(console: Console) -> None:
    """A page is told that somebody else has news, and that it was seen."""
    async with console.stream() as mine:
        await mine.until_ready()
        await console.platform.sender.send(TO_OMAR, PROMPT, "d2")
        assert (await mine.next())[:2] == ("unread", {"email": OMAR.email, "unread": 1})
        async with console.stream(who=OMAR.email) as theirs:
            said, _ = await theirs.until_ready()
            assert len(said) == 2
        assert (await mine.next())[:2] == ("unread", {"email": OMAR.email, "unread": 0})


async def test_clock_is_told_to_every_page(console: Console) -> None:
    """When one person moves the clock, it moves on everybody's page."""
    async with console.stream(who=OMAR.email) as theirs:
        await theirs.until_ready()
        await console.outcome("/clock", to="hour")
        events = [await theirs.next(), await theirs.next()]  # the other is Mara's news: the note of the move
    assert ("clock", {"now": "2026-11-25T09:12:00+00:00"}) in [one[:2] for one in events]


async def test_only_the_newest_are_kept(console: Console) -> None:
    """A long conversation keeps its newest 200 messages."""
    for number in range(KEPT + 5):
        await console.platform.sender.send(TO_MARA, Card(title=f"Card {number}."), f"d{number}")
    async with console.stream(last="00000000-1") as stream:
        said, _ = await stream.until_ready()
    assert len(said) == KEPT
    assert "Card 5." in said[0]["html"]


async def test_sender_finds_what_it_sent(console: Console) -> None:
    """A delivery is found by its id, and one never sent isn't."""
    sender = console.platform.sender
    sent = await sender.send(TO_MARA, PROMPT, "d1")
    assert await sender.find(TO_MARA, "d1") == sent == Sent(sent.message_id, MARA.email, MARA.email)
    assert await sender.find(TO_MARA, "d2") is None


async def test_a_card_taken_back_says_so_live(console: Console) -> None:
    """A reader sees that a card was taken back, in its place; taking it back twice, or when it is no longer kept, does no harm."""
    sender = console.platform.sender
    async with console.stream() as stream:
        await stream.until_ready()
        sent = await sender.send(TO_MARA, PROMPT, "d1")
        _, first, _ = await stream.next()
        await sender.delete(sent)
        _, second, _ = await stream.next()
    assert second["key"] == first["key"]
    assert "This message was taken back" in second["html"]
    assert "listened to" not in second["html"]
    await sender.delete(sent)
    await sender.delete(Sent("0-1", MARA.email, MARA.email))


async def test_there_are_no_channels(console: Console) -> None:
    """Nobody is in a channel of the console's, and nothing can be posted there."""
    assert await console.platform.sender.members("C0123ABCDEF") == []
    with pytest.raises(Unreachable) as none:
        await console.platform.sender.post("C0123ABCDEF", PROMPT, "post-1")
    assert none.value.reason == "conversation_gone"


async def test_sender_says_what_it_cannot_do(console: Console) -> None:
    """Nobody to write to, and a card that is no longer kept, are told apart."""
    with pytest.raises(Unreachable) as nobody:
        await console.platform.sender.send(Destination(Platform.CONSOLE, "", " "), PROMPT, "d1")
    assert nobody.value.reason == "no_account"
    with pytest.raises(Unreachable) as gone:
        await console.platform.sender.update(Sent("0-1", MARA.email, MARA.email), PROMPT)
    assert gone.value.reason == "conversation_gone"


async def test_closing_ends_the_streams(console: Console) -> None:
    """When the site stops, open pages don't hold it up."""
    async with console.stream() as stream:
        await stream.until_ready()
        await console.platform.close()
        async with asyncio.timeout(5):
            assert (await stream.next())[0] == "end"
