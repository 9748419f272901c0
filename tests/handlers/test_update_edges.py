"""Updates attacked: strangers, old buttons, words changed behind a speaker's back, whoever left meanwhile."""

from __future__ import annotations

import asyncio

from bot.cards import Button, Card, Form
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.updates import updates
from tests.conftest import NOW, Life, World, button, words
from tests.handlers.test_updates import WORDING, aimed, asked, deliveries_to, drafted, latest, sent

ADA = "ada@firm.example"
CLEO = "cleo@firm.example"
EMIL = "emil@firm.example"


def crowd(world: World) -> None:
    """More people than one person alone may write to."""
    with world.database.session() as session:
        session.add_all(Person.known(f"p{count}@firm.example", f"Person {count}", "Europe/London") for count in range(60))


def test_a_stranger_learns_nothing_from_an_old_button(world: World) -> None:
    """Whoever may neither change nor approve a draft isn't shown it, whatever version their button carries."""
    agree = button(drafted(world), "Edit").model_copy(update={"command": "agree-update"})
    for version in ("0.1", "9.9", ""):
        pressed = agree.model_copy(update={"args": {**agree.args, "version": version}})
        assert "night line" not in words(world.press(pressed, "emil")).lower()
        back = pressed.model_copy(update={"command": "send-back-update"})
        assert "night line" not in words(world.press(back, "emil")).lower()


def test_a_call_to_the_whole_channel_stays_text(world: World) -> None:
    """A title with a mention in it is kept as it was typed, for the renderers to escape."""
    card = drafted(world, title="All <!channel> listen")
    assert isinstance(card, Card)
    assert card.title == "Draft: All <!channel> listen"


def test_a_speaker_who_left(world: World) -> None:
    """A draft in the name of somebody who has left isn't sent: it says what to do."""
    card = aimed(world)
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).active = False
    form = asked(world, card)
    assert isinstance(form, Form)
    assert "choose in whose name it is said" in form.errors[""]


async def test_a_delegate_agrees_and_a_second_person_is_still_asked(life: Life) -> None:
    """For many readers a delegate's agreement stands for the executive's, and not for the second person's, who is asked then."""
    crowd(life.world)
    with life.world.database.session() as session:
        session.add(Person.known("olga@firm.example", "Olga Brandt", "Europe/London", (Role.CX_OFFICE,)))
    asked(life.world, aimed(life.world))
    await life.settle()
    answer = life.world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "dele")
    assert "a second person's approval" in words(answer)
    await life.settle()
    assert "60 people" not in words(latest(life, "olga@firm.example"))
    assert latest(life, "olga@firm.example").title == "May this go out?"
    assert "Goes out" in words(life.world.press(button(latest(life, "olga@firm.example"), "Agree"), "olga"))


async def test_nobody_else_in_the_office(life: Life) -> None:
    """Where the CX office is one person, who wrote it, the executives are asked for the second approval."""
    crowd(life.world)
    life.change("cleo", roles=["cx_office", "executive"])
    world = life.world
    card = world.fill(
        world.press(button(drafted(world, speaker=str(world.ids["cleo"])), "Audience"), "cleo"), "cleo", who=["everyone"]
    )
    asked(world, card)
    await life.settle()
    assert "Goes out" in words(world.press(button(latest(life, "bruno@firm.example"), "Agree"), "bruno"))


async def test_words_changed_before_their_time_are_agreed_to_anew(life: Life) -> None:
    """Agreed to for tomorrow, then changed: it waits for Ada again, and doesn't go out without her."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    world.press(button(latest(life, ADA), "Agree"), "ada")
    opened = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    edited = world.fill(world.press(button(opened, "Edit"), "cleo"), "cleo", may="Give it all away.")
    assert "Waiting for approval" in words(edited)
    await life.until(2026, 11, 27)
    assert EMIL not in life.outbox.sent_to
    asks = latest(life, ADA, "May this go out?")
    assert "Give it all away." in words(asks)
    world.press(button(asks, "Agree"), "ada")
    await life.until(2026, 11, 28)
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_a_new_time_is_kept_though_an_older_one_was_set(life: Life) -> None:
    """The older time goes by without anything being sent."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    world.press(button(latest(life, ADA), "Agree"), "ada")
    opened = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    edited = world.fill(world.press(button(opened, "Edit"), "cleo"), "cleo", may="Say so.")
    asked(world, edited, when="at", day="2026-12-01", at="14:00")
    await life.settle()
    world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "ada")
    await life.until(2026, 11, 30)
    assert EMIL not in life.outbox.sent_to
    await life.until(2026, 12, 2)
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_an_old_request_shows_the_words_as_they_are_now(life: Life) -> None:
    """Ada presses Agree on what she read before an edit: she sees the new words, with buttons, and has agreed to nothing."""
    world = life.world
    card = asked(world, aimed(world))
    await life.settle()
    old = button(latest(life, ADA), "Agree")
    world.fill(world.press(button(card, "Edit"), "cleo"), "cleo", changed="Two numbers.")
    shown = world.press(old, "ada")
    assert "changed since" in words(shown)
    assert "Two numbers." in words(shown)
    assert "Goes out" in words(world.press(button(shown, "Agree"), "ada"))
    assert len(deliveries_to(world, "ada", "approval")) == 1, "the card she has is changed, she isn't sent another"


async def test_a_language_is_changed_by_its_own_button(life: Life) -> None:
    """The words there are stand in the form; they aren't overwritten by accident from “Another language”."""
    world = life.world
    other = world.press(button(aimed(world), "Another language"), "cleo")
    german = {"title": "Die Nachtnummer", "changed": "Eine Nummer.", "means": "Gib sie allen."}
    card = world.fill(other, "cleo", locale="de", **german)
    assert "English, Deutsch" in words(card)
    again = world.press(button(card, "Another language"), "cleo")
    refused = world.fill(again, "cleo", locale="de", **german)
    assert isinstance(refused, Form)
    assert "their own button" in refused.errors["locale"]
    edit = world.press(button(card, "Edit Deutsch"), "cleo")
    assert edit.answers["title"] == "Die Nachtnummer" if isinstance(edit, Form) else False
    seen = world.press(button(world.fill(edit, "cleo", title="Nachts eine Nummer"), "Preview"), "cleo")
    assert "Nachts eine Nummer" in words(world.press(button(seen, "In Deutsch"), "cleo"))


async def test_a_double_press_of_send(life: Life) -> None:
    """The same form saved twice asks once; a second form made before it shows how things stand."""
    world = life.world
    card = aimed(world, f"person:{world.ids['emil']}")
    first, second = (world.press(button(card, "Send…"), "cleo") for _ in range(2))
    world.fill(first, "cleo", when="now")
    world.fill(first, "cleo", when="now")
    assert "changed since" in words(world.fill(second, "cleo", when="now"))
    assert len(deliveries_to(world, "ada", "approval")) == 1


async def test_called_off_and_a_draft_again(life: Life) -> None:
    """Nobody types an update twice: called off before its time, it can be aimed anew and sent."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="9.30 am")
    await life.settle()
    world.press(button(latest(life, ADA), "Agree"), "ada")
    opened = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    assert "at 09:30, your time" in words(opened)
    off = world.press(button(opened, "Cancel sending"), "cleo")
    again = world.press(button(off, "Make it a draft again"), "cleo")
    asked(world, again, when="at", day="2026-11-26", at="14h05")
    await life.until(2026, 11, 27)
    assert life.outbox.sent_to.count(EMIL) == 1, "Ada agreed to these very words"


def test_an_executive_writes_in_her_own_name(world: World) -> None:
    """Her own words need nobody else's agreement."""
    card = world.fill(world.say("/update new", "ada"), "ada", **WORDING)
    assert "Draft" in words(card)
    assert "Ada Lovell" in words(card)


async def test_two_press_agree_in_the_same_instant(life: Life) -> None:
    """One of them is first; the other sees it. It goes out once."""
    asked(life.world, aimed(life.world, f"person:{life.world.ids['emil']}"))
    await life.settle()
    agree = button(latest(life, ADA), "Agree")
    answers = await asyncio.gather(*(asyncio.to_thread(life.world.press, agree, one) for one in ("ada", "dele")))
    assert sorted("changed since" in words(one) for one in answers) == [False, True]
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_got_it_on_two_devices_in_the_same_instant(life: Life) -> None:
    """Both are thanked; one is counted."""
    await sent(life)
    got = button(latest(life, EMIL), "Got it")
    answers = await asyncio.gather(*(asyncio.to_thread(life.world.press, got, "emil") for _ in range(4)))
    assert all("You said: Got it" in words(one) for one in answers)
    assert "1 of 5" in words(life.world.say("/update stats", "cleo"))


def test_told_from_the_roadmap(world: World) -> None:
    """“Tell staff” on an item opens the form with its title in it; the update knows what it is about, after a mistake too."""
    with world.database.session() as session:
        item = RoadmapItem(
            title="One number at night",
            stage="onboard",
            owner_id=world.ids["ada"],
            added_by_id=world.ids["cleo"],
            added_at=NOW,
            status_since=NOW,
        )
        session.add(item)
        session.flush()
        args = {"item": str(item.key)}
    form = world.press(Button(label="Tell staff", command="update", args=args), "cleo")
    assert isinstance(form, Form)
    assert form.answers["title"] == "One number at night"
    again = world.fill(form, "cleo", changed="It rings.", speaker=str(world.ids["ada"]))
    world.fill(again, "cleo", means="Give it to everyone.")
    with world.database.session() as session:
        update = updates.newest(session, 1)[0]
        assert update.item is not None
        assert (update.item.title, update.default.title) == ("One number at night", "One number at night")
    gone = world.press(Button(label="Tell staff", command="update", args={"item": "999"}), "cleo")
    assert isinstance(gone, Card)


def test_a_draft_nobody_wants_is_put_away(world: World) -> None:
    """It is out of the list, says so, and can be taken out again; whoever may not change it can't put it away."""
    draft = drafted(world)
    away = button(draft, "Discard")
    assert "is changed by its author" in words(world.press(away, "bruno"))
    assert "night line" in words(world.say("/update", "cleo"))
    put = world.press(away, "cleo")
    assert "Put away, sent to nobody" in words(put)
    assert "night line" not in words(world.say("/update", "cleo"))
    again = world.press(button(put, "Make it a draft again"), "cleo")
    assert "Draft" in words(again)
    assert "night line" in words(world.say("/update", "cleo"))
