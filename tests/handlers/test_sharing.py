"""What is shown to others: an update without its buttons, a customer without what was heard; only by who may see it."""

from __future__ import annotations

from bot.cards import Card
from bot.commands import Inbound
from bot.workflows.searches import SOURCES
from tests.conftest import Life, World, words
from tests.handlers.test_engagements import log
from tests.handlers.test_updates import sent


def share(world: World, actor: str, command: str, **args: str) -> Card:
    """What is put into the message."""
    reply = world.application.dispatcher.handle(Inbound(world.sender(actor), command, args=args))
    assert isinstance(reply, Card)
    return reply


async def test_an_update_one_has_is_found_by_its_words_and_shared_without_buttons(life: Life) -> None:
    """By any word of it; somebody it wasn't for, or a made-up number, gets nothing."""
    await sent(life)
    world = life.world
    found = world.application.dispatcher.find_options(world.sender("emil"), "updates", "")
    assert len(found) == 1
    assert world.application.dispatcher.find_options(world.sender("emil"), "updates", "nonsense word") == ()
    card = share(world, "emil", "share-update", update=found[0].value)
    assert card.title == found[0].label
    assert card.buttons == ()
    assert "isn't yours to read" in words(share(world, "emil", "share-update", update="999")) or "There is no such update" in words(
        share(world, "emil", "share-update", update="999")
    )


def test_a_customer_is_shared_by_who_may_see_it(world: World) -> None:
    """Emil owns Globex and may; Initech is not his."""
    log(world, "ada", "Globex: SENTINEL")
    card = share(world, "emil", "share-customer", customer="3")
    assert (card.title, "SENTINEL" in words(card)) == ("Globex", False)
    assert "Initech" not in words(share(world, "emil", "share-customer", customer="4"))
    assert "updates" in SOURCES
