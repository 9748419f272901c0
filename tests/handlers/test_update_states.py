"""An update in every state: who may read it, what its figures add up to, and that it gets out of each."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from bot.cards import Card, Facts
from bot.delivery.senders import Destination, RetryLater, Sent, Unreachable
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.measures import told
from bot.measures.scope import Share
from tests.conftest import Life, button, words
from tests.handlers.test_recalls import old, opened, scheduled
from tests.handlers.test_updates import WORDING, aimed, asked, latest

ADA, AROHA, CLEO, EMIL = (f"{one}@firm.example" for one in ("ada", "aroha", "cleo", "emil"))


def fact(card: object, name: str) -> str:
    """A fact of a card."""
    assert isinstance(card, Card)
    found = [value for block in card.blocks if isinstance(block, Facts) for label, value in block.items if label == name]
    return found[0] if found else ""


def titles(life: Life, email: str) -> list[str]:
    """What somebody got of updates and digests, by title."""
    got = [life.outbox.cards[f"m{number}"][-1].title for number, to in enumerate(life.outbox.sent_to, 1) if to == email]
    return [one for one in got if one == "The night line" or " update" in one]


async def out(life: Life, *who: str, **when: str) -> None:
    """An update agreed to and begun."""
    asked(life.world, aimed(life.world, *who), **{"when": "now", **when})
    await life.settle()
    life.world.press(button(latest(life, ADA, "May this"), "Agree"), "ada")
    await life.settle()


async def test_paused_edited_and_aimed_anew_it_goes_out(life: Life) -> None:
    """Paused before its time, then changed, aimed at others and approved: it is scheduled, not paused again without a word."""
    world, card = life.world, await scheduled(life)
    world.press(old(card, "pause-broadcast"), "cleo")
    world.fill(world.press(button(opened(world), "Edit"), "cleo"), "cleo", **{**WORDING, "changed": "Two numbers."})
    form = world.press(button(opened(world), "Audience"), "cleo")
    world.fill(form, "cleo", who=[f"person:{world.ids['dele']}"], never=[])
    asked(world, opened(world))
    await life.settle()
    world.press(button(latest(life, ADA, "May this"), "Agree"), "ada")
    await life.settle()
    assert life.outbox.sent_to.count("dele@firm.example") >= 1
    assert EMIL not in life.outbox.sent_to
    assert opened(world).title.startswith("Sent: ")


async def test_put_away_while_paused_and_changed_it_can_be_sent_later(life: Life) -> None:
    """The same, called off and made a draft again in between."""
    world, card = life.world, await scheduled(life)
    world.press(old(card, "pause-broadcast"), "cleo")
    shown = world.fill(world.press(button(opened(world), "Edit"), "cleo"), "cleo", **{**WORDING, "changed": "Two numbers."})
    assert isinstance(shown, Card)
    away = world.press(old(shown, "cancel-broadcast"), "cleo")
    asked(world, world.press(button(away, "Make it a draft again"), "cleo"))
    await life.settle()
    world.press(button(latest(life, ADA, "May this"), "Agree"), "ada")
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1


@pytest.mark.parametrize("stop", ["pause-broadcast", "cancel-broadcast"])
async def test_what_is_stopped_is_nobodys_to_read(life: Life, stop: str) -> None:
    """Stopped before it reached Aroha, where it is night: her list shows it no more than her messages; who has it keeps it."""
    world = life.world
    await out(life, f"person:{world.ids['aroha']}", f"person:{world.ids['emil']}")
    assert "The night line" in words(world.say("/updates", "aroha")), "it is on its way to her"
    read = button(world.say("/updates", "aroha"), "Read")
    world.press(old(opened(world), stop), "cleo")
    assert "The night line" not in words(world.say("/updates", "aroha"))
    assert "Give it to every customer" not in words(world.press(read, "aroha"))
    assert "The night line" in words(world.say("/updates", "emil"))
    if stop == "pause-broadcast":
        world.press(button(opened(world), "Go on"), "cleo")
        assert "The night line" in words(world.say("/updates", "aroha"))


async def test_a_morning_to_come_is_read_by_nobody_before(life: Life) -> None:
    """It has begun where the day has: elsewhere nobody finds it in their list before their own day."""
    world = life.world
    await out(life, f"person:{world.ids['aroha']}", f"person:{world.ids['emil']}", when="morning", day="2026-11-27")
    await life.until(2026, 11, 26, 21)
    assert titles(life, AROHA) == ["The night line"], "nine in Auckland"
    assert "The night line" not in words(world.say("/updates", "emil"))
    await life.until(2026, 11, 27, 3)
    assert "The night line" in words(world.say("/updates", "emil"))


async def test_the_digest_chosen_while_one_waits(life: Life) -> None:
    """On its way for tomorrow morning when the digest is chosen: it comes there, once; and the broadcast is over."""
    world = life.world
    await out(life, f"person:{world.ids['aroha']}")
    assert opened(world).title.startswith("Going out")
    world.say("/updates digest on", "aroha")
    await life.settle()
    assert latest(life, CLEO, "The night line").title == "Sent: The night line"
    await life.until(2026, 11, 28)
    assert titles(life, AROHA) == []
    world.say("/updates digest off", "aroha")
    await life.until(2026, 12, 2)
    assert titles(life, AROHA) == ["This week: 1 update"]


async def test_an_urgent_one_reaches_who_chooses_the_digest_meanwhile(life: Life) -> None:
    """Urgent, it waits for no digest."""
    world = life.world
    await out(life, f"person:{world.ids['aroha']}")
    world.press(button(opened(world), "Send now"), "cleo")
    world.say("/updates digest on", "aroha")
    await life.settle()
    assert titles(life, AROHA) == ["The night line"]


async def test_answers_are_counted_of_those_who_have_it(life: Life) -> None:
    """Emil couldn't be reached and read it in his list: “Got it” says never 2 of 1, and who has it adds up."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}", f"person:{world.ids['dele']}"))
    await life.settle()
    send = life.outbox.send

    async def blocked(to: Destination, card: Card, delivery_id: str) -> Sent:
        if to.email == EMIL:
            raise Unreachable("bot_blocked")
        return await send(to, card, delivery_id)

    life.outbox.send = blocked  # type: ignore[method-assign]
    world.press(button(latest(life, ADA, "May this"), "Agree"), "ada")
    await life.settle()
    for reader in ("emil", "dele"):
        world.press(button(world.press(button(world.say("/updates", reader), "Read"), reader), "Got it"), reader)
    card = world.say("/update stats", "cleo")
    assert fact(card, "Got it") == "1 of 1"
    assert fact(card, "Read it since") == "1 more got it"
    with world.database.session() as session:
        became = told.each(session, [1])[1]
        assert (became.reached, became.got_it, became.others_got_it) == (Share(1, 2), 1, 1), (
            "the dashboard and the API say the same"
        )


async def test_who_has_it_in_a_digest_is_among_the_silent(life: Life) -> None:
    """Got it, can't and silent add up to those who have it; a reminder is only for those who have it singly."""
    world = life.world
    world.say("/updates digest on", "emil")
    await out(life, f"person:{world.ids['emil']}", f"person:{world.ids['dele']}")
    await life.until(2026, 11, 30, 12)
    card = world.say("/update stats", "cleo")
    assert fact(card, "Got it") == "0 of 2; 2 haven't answered"
    world.press(button(card, "Remind those who haven't answered"), "cleo")
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1
    world.press(button(latest(life, "dele@firm.example"), "Got it"), "dele")
    card = world.say("/update stats", "cleo")
    assert fact(card, "Got it") == "1 of 2; 1 haven't answered"
    assert isinstance(card, Card)
    assert "Remind those who haven't answered" not in {one.label for one in card.buttons}


async def test_a_throttled_digest_tells_nothing_that_was_called_off_meanwhile(life: Life) -> None:
    """Its first try is refused for a while; an update in it is called off before the next: that isn't told."""
    world = life.world
    world.say("/updates digest on", "emil")
    await out(life, f"person:{world.ids['emil']}", f"person:{world.ids['aroha']}")
    with life.world.database.session() as session:
        people.get(session, world.ids["aroha"]).go_away(date(2026, 11, 25), date(2026, 12, 20))
    await life.until(2026, 11, 30, 8, 29)
    life.outbox.fault = RetryLater(600)
    await life.until(2026, 11, 30, 8, 31)
    with life.world.database.session() as session:
        (digest,) = session.exec(select(Delivery).where(Delivery.subject == "digest")).all()
        assert digest.state == "queued"
    assert opened(world).title.startswith("Going out")
    world.press(button(opened(world), "Cancel sending"), "cleo")
    await life.until(2026, 12, 8)
    assert EMIL not in life.outbox.sent_to
    with life.world.database.session() as session:
        rows = session.exec(select(Delivery).where(Delivery.subject == "update").order_by(col(Delivery.id))).all()
        assert {str(one.state) for one in rows} == {"cancelled"}


async def test_no_empty_digest_for_who_became_a_guest(life: Life) -> None:
    """Held for Emil while he was staff: as a guest he may read nothing of it, so he gets no digest about nothing."""
    life.world.say("/updates digest on", "emil")
    await out(life, "country:CZ")
    life.change("emil", guest=True)
    await life.until(2026, 12, 1)
    assert EMIL not in life.outbox.sent_to
