"""The emergency stops: recall, pause and cancel never lose a race; and everybody concerned sees what became of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.cards import Button, Card
from bot.delivery.senders import Refused, Sent, Unreachable
from bot.domain.people.people import Person
from bot.spreadsheets.exporting import deliveries
from bot.spreadsheets.exporting.writing import write
from tests.conftest import Life, World, button, words
from tests.handlers.test_updates import aimed, asked, latest, sent

ADA, CLEO, EMIL = (f"{one}@firm.example" for one in ("ada", "cleo", "emil"))


def opened(world: World) -> Card:
    """The newest update's card, as Cleo opens it."""
    card = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    assert isinstance(card, Card)
    return card


def old(card: Card, command: str) -> Button:
    """A button of a card, with a version long gone and another command."""
    some = next(one for one in card.buttons if "version" in one.args)
    return some.model_copy(update={"command": command, "args": {**some.args, "version": "0.0"}})


async def scheduled(life: Life) -> Card:
    """An update to Emil, approved, for tomorrow."""
    asked(life.world, aimed(life.world, f"person:{life.world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    life.world.press(button(latest(life, ADA), "Agree"), "ada")
    await life.settle()
    return opened(life.world)


async def test_a_recall_goes_through_though_a_reminder_went_out_in_between(life: Life) -> None:
    """The card was shown, then the readers were reminded: the button on it still takes everything back, the reminders too."""
    await sent(life)
    card = life.world.say("/update stats", "cleo")
    recall = button(card, "Recall")
    life.world.press(button(card, "Remind those who haven't answered"), "cleo")
    await life.settle()
    pressed = life.world.press(recall, "cleo")
    assert "changed since" not in words(pressed).lower()
    assert "Recalled" in words(pressed)
    await life.settle()
    shown = [one for cards in life.outbox.cards.values() for one in cards[-1:] if "Got it" in {x.label for x in one.buttons}]
    assert not shown
    assert "Recalled; taken back from 5 of 5." in words(life.world.say("/update stats", "cleo"))


@pytest.mark.parametrize("stage", ["draft", "waiting", "scheduled", "paused", "cancelled"])
async def test_a_recall_from_any_state(life: Life, stage: str) -> None:
    """Whatever state it is in, and whatever version the button has: it is recalled, and nobody gets it."""
    world = life.world
    if stage in {"draft", "waiting"}:
        card = aimed(world, f"person:{world.ids['emil']}")
        if stage == "waiting":
            asked(world, card)
    else:
        card = await scheduled(life)
        if stage != "scheduled":
            world.press(old(card, {"paused": "pause-broadcast", "cancelled": "cancel-broadcast"}[stage]), "cleo")
    assert isinstance(card, Card)
    assert "Recalled. It had been sent to no one." in words(world.press(old(card, "recall-update"), "cleo"))
    assert "Recalled. It had been sent to no one." in words(world.press(old(card, "recall-update"), "cleo")), "twice does no harm"
    await life.until(2026, 11, 28)
    assert EMIL not in life.outbox.sent_to


async def test_pause_and_cancel_by_an_old_button(life: Life) -> None:
    """Before its time it is paused, and goes on later; cancelled, nobody gets it. Where nothing can be stopped it says so."""
    card, world = await scheduled(life), life.world
    paused = world.press(old(card, "pause-broadcast"), "cleo")
    assert "Paused" in words(paused)
    assert "Paused" in words(world.press(old(card, "pause-broadcast"), "cleo"))
    await life.until(2026, 11, 27, 9)
    assert EMIL not in life.outbox.sent_to
    world.press(button(paused, "Go on"), "cleo")
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1
    for command in ("pause-broadcast", "cancel-broadcast"):
        assert "It had already gone to everyone. Recall takes it back." in words(world.press(old(card, command), "cleo"))


async def test_nobody_else_recalls(life: Life) -> None:
    """An emergency stop asks for the same right as any other change."""
    await sent(life)
    recall = button(life.world.say("/update stats", "cleo"), "Recall")
    for actor in ("bruno", "emil", "ada"):
        life.world.press(recall, actor)
    await life.settle()
    assert latest(life, EMIL).title == "The night line"


async def test_everybody_sees_that_it_was_recalled(life: Life, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Author, approver, reader and export: who keeps a copy is named with the reason, and nobody is told that nothing was ever sent."""
    await sent(life)
    assert latest(life, ADA, "Sent: ").title == "Sent: The night line", "the approver's card says that it is out"
    emils = next(key for key, one in life.outbox.cards.items() if life.outbox.sent_to[int(key[1:]) - 1] == EMIL)
    delete = life.outbox.delete

    async def stuck(message: Sent) -> None:
        if message.message_id == emils:
            raise Unreachable("refused", "cant_delete_message")
        await delete(message)

    monkeypatch.setattr(life.outbox, "delete", stuck)
    life.world.press(button(life.world.say("/update stats", "cleo"), "Recall"), "cleo")
    await life.settle()
    assert latest(life, ADA, "Recalled: ").title == "Recalled: The night line"
    for card in (latest(life, CLEO, "Recalled: "), life.world.say("/update stats", "cleo")):
        assert "Recalled; taken back from 4 of 5." in words(card)
        assert "Emil Novak" in words(card)
        assert "the platform refused it" in words(card)
        assert "Sent 0" not in words(card)
        assert "0 of 5" not in words(card)
    for reader in ("emil", "bruno"):
        read = words(life.world.say("/updates", reader))
        assert "1 update was recalled by the CX office." in read
        assert "No update has been sent to you yet" not in read
    path = tmp_path / "d.csv"
    with life.world.database.session() as session:
        write(deliveries(session), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        since = {row["name"]: row["recalled or edited"] for row in csv.DictReader(file)}
    assert since["Emil Novak"] == "not taken back: refused: cant_delete_message"
    assert since["Bruno Kraus"] == "taken back"


async def test_many_copies_that_stay_are_named_up_to_five(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five names on the card, and how many more there are."""
    with life.world.database.session() as session:
        session.add_all(Person.known(f"p{number}@firm.example", f"Person {number}", "Europe/London") for number in range(4))
    await sent(life)

    async def stuck(_: Sent) -> None:
        raise Unreachable("conversation_gone", "gone")

    monkeypatch.setattr(life.outbox, "delete", stuck)
    life.world.press(button(life.world.say("/update stats", "cleo"), "Recall"), "cleo")
    await life.settle()
    card = words(life.world.say("/update stats", "cleo"))
    assert "Recalled; taken back from 0 of 9." in card
    assert "and 4 more" in card


async def test_a_recall_the_platform_refuses_says_why_it_stands_still(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is revoked while copies are taken back: the card says so, and how many are still there."""
    await sent(life)

    async def refused(_: Sent) -> None:
        raise Refused("token_revoked")

    monkeypatch.setattr(life.outbox, "delete", refused)
    life.world.press(button(life.world.say("/update stats", "cleo"), "Recall"), "cleo")
    await life.settle()
    card = words(life.world.say("/update stats", "cleo"))
    assert "refuses the bot: token_revoked" in card
    assert '["Being taken back","5"]' in card
