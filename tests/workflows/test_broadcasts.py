"""What every press on a broadcast does alike."""

from __future__ import annotations

import pytest

from bot.cards import Card
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.updates import broadcasts
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.workflows.broadcasts import show, taken
from bot.workflows.broadcasts import stop as stopping
from tests.conftest import Life, World, button, words
from tests.handlers.test_updates import aimed, asked, drafted, latest
from tests.workflows.asking import asking


def stored(world: World) -> Broadcast:
    """The broadcast as it is now."""
    with world.database.session() as session:
        return broadcasts.get(session, 1)


def test_whoever_it_does_not_concern_hears_that_there_is_none(world: World) -> None:
    """In the words for a number that nothing has."""
    aimed(world)
    said = []
    for number in ("1", "999"):
        with asking(world, "emil", args={"broadcast": number}) as request, pytest.raises(NotFound) as refused:
            taken(request)
        said.append((str(refused.value), refused.value.advice))
    assert said[0] == said[1]


def test_the_second_of_two_forms_overwrites_nothing(world: World) -> None:
    """Opened from one card; whoever saves later sees what the other did, and its version stays."""
    card = drafted(world)
    first, second = (world.press(button(card, "Audience"), "cleo") for _ in range(2))
    world.fill(first, "cleo", who=["role:executive"])
    before = stored(world)
    late = world.fill(second, "cleo", who=["everyone"])
    assert "This has changed since. Nothing was done" in words(late)
    assert (stored(world).version, stored(world).audience.who) == (before.version, ("role:executive",))


def test_a_stop_loses_no_race(world: World) -> None:
    """The button was made before the last edit: it stops it all the same; pressed again it changes nothing."""
    waiting = asked(world, aimed(world))
    stop = button(waiting, "Cancel sending")
    world.fill(world.press(button(waiting, "Edit"), "cleo"), "cleo", changed="Two numbers.")
    world.press(stop, "cleo")
    stopped = stored(world)
    assert stopped.state == BroadcastState.CANCELLED
    again = world.press(stop, "cleo")
    assert isinstance(again, Card)
    assert stored(world).version == stopped.version


def test_a_stop_is_its_authors(world: World) -> None:
    """The one in whose name it speaks sees it, and can't call it off."""
    stop = button(asked(world, aimed(world)), "Cancel sending")
    assert "changed by its author and the CX office" in words(world.press(stop, "ada"))
    assert stored(world).state == BroadcastState.WAITING
    done: list[Broadcast] = []

    def change(broadcast: Broadcast) -> str:
        done.append(broadcast)
        return ""

    with asking(world, "ada", args=stop.args) as request, pytest.raises(NotAllowed):
        stopping(request, change)
    assert done == [], "refused before anything is done"


async def test_whoever_was_asked_before_is_told_that_it_waits_no_more(life: Life) -> None:
    """Ada is no executive now and another speaks: she hears why, and sees nothing of the new words."""
    world = life.world
    card = asked(world, aimed(world))
    await life.settle()
    old = button(latest(life, "ada@firm.example"), "Agree")
    world.fill(world.press(button(card, "Edit"), "cleo"), "cleo", changed="Two numbers.", speaker=str(world.ids["bruno"]))
    life.change("ada", roles=[])
    with asking(world, "ada", args=old.args) as request:
        with pytest.raises(Refusal, match="doesn't wait for your approval any more"):
            taken(request)
        shown = show(request, broadcasts.get(request.session, 1))
    assert "It doesn't wait for you any more." in words(shown)
    assert "Two numbers." not in words(shown)
    assert not shown.buttons


async def test_words_that_changed_are_asked_about_anew(life: Life) -> None:
    """Agreed to and not out yet: the edit takes the agreement back, and nobody reads what nobody agreed to."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    assert stored(world).state == BroadcastState.SCHEDULED
    opened = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    world.fill(world.press(button(opened, "Edit"), "cleo"), "cleo", changed="Two numbers.")
    assert stored(world).state == BroadcastState.WAITING
    await life.until(2026, 11, 27)
    assert "emil@firm.example" not in life.outbox.sent_to
    assert "Two numbers." in words(latest(life, "ada@firm.example", "May this go out?"))
