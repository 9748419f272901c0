"""What was agreed is what goes out: to no more people, in no other words, and only while those who agreed still may."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form, Reply
from bot.delivery.senders import Unreachable
from bot.domain.people import people
from bot.domain.people.people import Person, Platform, Role
from tests.conftest import Life, World, button, words
from tests.handlers.test_updates import aimed, asked, deliveries_to, latest, sent

ADA, CLEO, EMIL, OLGA = (f"{one}@firm.example" for one in ("ada", "cleo", "emil", "olga"))


def hire(world: World, number: int, department: str = "Service", first: int = 0) -> None:
    """So many more in a department."""
    with world.database.session() as session:
        some = range(first, first + number)
        session.add_all(
            Person.known(f"p{one}@firm.example", f"Person {one}", "Europe/London", department=department) for one in some
        )


def olga(world: World) -> None:
    """A second one in the CX office."""
    with world.database.session() as session:
        session.add(Person.known(OLGA, "Olga Brandt", "Europe/London", (Role.CX_OFFICE,)))


def opened(world: World) -> Card:
    """The newest update's card, as Cleo opens it."""
    card = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    assert isinstance(card, Card)
    return card


async def for_tomorrow(life: Life, *who: str) -> None:
    """An update for tomorrow at two, approved by Ada (and Olga, where she is asked)."""
    aimed(life.world, *who)
    await life.settle()
    asked(life.world, opened(life.world), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    life.world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "ada")
    await life.settle()


def reached(life: Life) -> int:
    """How many got it."""
    return sum(cards[0].title.startswith("The night line") for cards in life.outbox.cards.values())


async def test_two_became_two_hundred(life: Life) -> None:
    """Approved for two; 200 join the channel before its time: nobody gets it, a second person is asked, and then all do."""
    world = life.world
    life.outbox.channels["C0123ABCD"] = ["emil@firm.example", "bruno@firm.example"]
    for one in ("emil", "bruno"):
        world.say("/help", one)
    olga(world)
    await for_tomorrow(life, "channel:console:C0123ABCD")
    assert "Goes out" in words(opened(world))
    hire(world, 200)
    with world.database.session() as session:
        for number in range(200):
            email = f"p{number}@firm.example"
            person = people.by_email(session, email)
            assert person is not None
            person.link(Platform.CONSOLE, "", email, world.clock())
    life.outbox.channels["C0123ABCD"] += [f"p{number}@firm.example" for number in range(200)]
    await life.until(2026, 11, 26, 18)
    assert reached(life) == 0
    card = latest(life, CLEO)
    assert "Waiting for approval" in card.title
    assert "It would now reach 202 people; it was approved for 2." in words(card)
    asks = latest(life, OLGA, "May this go out?")
    assert "202 people" in words(asks)
    world.press(button(asks, "Agree"), "olga")
    await life.until(2026, 11, 27, 18)
    assert reached(life) == 202


@pytest.mark.parametrize(("more", "held"), [(6, False), (7, True)])
async def test_an_approval_is_for_a_tenth_more_at_most(life: Life, more: int, held: bool) -> None:
    """Approved by a second person for 60: 66 are about as many, 67 aren't."""
    hire(life.world, 60)
    await for_tomorrow(life, "department:Service")
    hire(life.world, more, first=60)
    await life.until(2026, 11, 26, 18)
    assert (reached(life) == 0) is held
    assert ("It would now reach 67 people; it was approved for 60." in words(opened(life.world))) is held


async def test_below_the_limit_a_few_more_need_no_second_person(life: Life) -> None:
    """Agreed to for two; three are five, which is still below `updates.second_person_above`."""
    hire(life.world, 2)
    await for_tomorrow(life, "department:Service")
    hire(life.world, 3, first=2)
    await life.until(2026, 11, 26, 18)
    assert reached(life) == 5


async def test_nobody_is_left(life: Life) -> None:
    """Everybody it was for has left by then: it is a draft again and says so, instead of “Sent 0 of 0”."""
    hire(life.world, 1)
    await for_tomorrow(life, "department:Service")
    with life.world.database.session() as session:
        person = people.by_email(session, "p0@firm.example")
        assert person is not None
        person.active = False
    await life.until(2026, 11, 26, 18)
    assert "Nobody fits its recipients any more." in words(latest(life, CLEO, "Draft"))


async def test_whoever_approved_it_may_no_longer(life: Life) -> None:
    """Olga approved it and lost her role before its time: somebody else must."""
    world = life.world
    hire(world, 60)
    olga(world)
    asked(world, aimed(world, "department:Service"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "dele")
    await life.settle()
    world.press(button(latest(life, OLGA, "May this go out?"), "Agree"), "olga")
    with world.database.session() as session:
        person = people.by_email(session, OLGA)
        assert person is not None
        person.roles = []
    await life.until(2026, 11, 26, 18)
    assert reached(life) == 0
    assert "Olga Brandt, who approved it, may no longer approve updates." in words(opened(world))
    world.press(button(latest(life, "bruno@firm.example", "May this go out?"), "Agree"), "bruno")
    await life.until(2026, 11, 27, 18)
    assert reached(life) == 60


@pytest.mark.parametrize("change", ["left", "role", "delegate"])
async def test_whoever_agreed_to_the_words_may_no_longer(life: Life, change: str) -> None:
    """The speaker left or is no executive any more: a draft. Her delegate agreed and isn't one any more: she is asked herself."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "dele")
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        if change == "delegate":
            ada.delegates = []
        elif change == "left":
            ada.active = False
        else:
            ada.roles = []
    await life.until(2026, 11, 26, 18)
    assert EMIL not in life.outbox.sent_to
    if change != "delegate":
        assert "choose in whose name it is said" in words(latest(life, CLEO, "Draft"))
        return
    world.press(button(latest(life, ADA, "May this go out?"), "Agree"), "ada")
    await life.until(2026, 11, 27, 18)
    assert EMIL in life.outbox.sent_to


async def test_a_channel_that_cannot_be_read_when_it_starts(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those last known aren't those who are there: it goes to nobody, and says what to do."""
    life.outbox.channels["C0123ABCD"] = [EMIL]
    life.world.say("/help", "emil")
    await for_tomorrow(life, "channel:console:C0123ABCD")

    async def gone(channel: str) -> list[str]:
        raise Unreachable("conversation_gone", channel)

    monkeypatch.setattr(life.outbox, "members", gone)
    await life.until(2026, 11, 26, 18)
    assert reached(life) == 0
    card = latest(life, CLEO, "Draft")
    assert "The members of the channel C0123ABCD can't be read" in words(card)
    assert "Invite the bot there, or choose other recipients." in words(card)


def edit(world: World, actor: str = "cleo", **changed: str) -> Reply:
    """Edit the newest update."""
    form = world.press(button(opened(world), "Edit"), actor)
    assert isinstance(form, Form)
    return world.fill(form, actor, **changed)


async def test_words_changed_on_the_way_wait_for_approval(life: Life) -> None:
    """Half have it when Cleo changes it: they keep the approved words, the rest waits; then all get the new ones, each once."""
    world = life.world
    with world.database.session() as session:
        session.add(Person.known("nils@firm.example", "Nils Berg", "America/New_York"))
    await sent(life)
    assert "nils@firm.example" not in life.outbox.sent_to, "it is night where he is"
    card = edit(world, changed="Two numbers.")
    assert "Waiting for approval" in words(card)
    await life.until(2026, 11, 25, 15)
    assert "nils@firm.example" not in life.outbox.sent_to
    assert "Two numbers." not in words(latest(life, EMIL))
    assert "Two numbers." not in words(world.press(button(world.say("/updates", "emil"), "Read"), "emil"))
    assert "The night line" not in words(world.say("/updates", "nils")), "it hasn't reached him yet"
    asks = latest(life, ADA, "May this go out?")
    assert "Two numbers." in words(asks)
    assert len(deliveries_to(world, "ada", "approval")) == 2, "she is asked anew, not in a card she has forgotten"
    world.press(button(asks, "Agree"), "ada")
    await life.settle()
    assert "Two numbers." in words(latest(life, EMIL, "The night line"))
    assert "Two numbers." in words(latest(life, "nils@firm.example", "The night line"))
    assert life.outbox.sent_to.count("nils@firm.example") == life.outbox.sent_to.count(EMIL) == 1
    assert "Sent: " in opened(world).title


async def test_new_words_nobody_wants(life: Life) -> None:
    """Discarded, it is as it was; what the approver asks for is shown, and what was typed is kept until then."""
    await sent(life)
    world = life.world
    edit(world, changed="Two numbers.")
    await life.settle()
    asks = latest(life, ADA, "May this go out?")
    world.fill(world.press(button(asks, "Ask for a change"), "ada"), "ada", note="It is one number")
    card = opened(world)
    assert "It is one number" in words(card)
    form = world.press(button(card, "Edit"), "cleo")
    assert isinstance(form, Form)
    assert form.answers["changed"] == "Two numbers."
    back = world.press(button(card, "Discard change"), "cleo")
    assert "Sent: " in words(back)
    await life.settle()
    assert "Two numbers." not in words(latest(life, EMIL))
    assert "changed since" in words(world.press(button(asks, "Agree"), "ada"))


async def test_the_speakers_own_edit_needs_no_asking(life: Life) -> None:
    """Her delegate, who may write, changes her words: readers have them at once."""
    life.change("dele", roles=["delegate", "cx_office"])
    await sent(life)
    edit_form = life.world.press(button(life.world.say("/update stats", "dele"), "Edit"), "dele")
    card = life.world.fill(edit_form, "dele", changed="Two numbers.")
    assert "Sent: " in words(card)
    await life.settle()
    assert "Two numbers." in words(latest(life, EMIL))


async def test_somebody_elses_edit_of_an_executives_own_words(life: Life) -> None:
    """Ada wrote it herself; Cleo's change of it isn't Ada's words."""
    world = life.world
    form = world.say("/update new", "ada")
    card = world.fill(form, "ada", title="The night line", changed="One number.", means="Use it.")
    card = world.fill(world.press(button(card, "Audience"), "ada"), "ada", who=[f"person:{world.ids['emil']}"])
    world.fill(world.press(button(card, "Send…"), "ada"), "ada", when="now")
    await life.settle()
    edit(world, changed="Ten numbers.")
    await life.settle()
    assert "Ten numbers." not in words(latest(life, EMIL))
    assert "Ten numbers." in words(latest(life, ADA, "May this go out?"))


async def test_for_many_a_changed_word_is_for_two_to_approve(life: Life) -> None:
    """A link, a picture or a language added to what went to 60: speaker and second person are asked again; an answer to all isn't."""
    world = life.world
    hire(world, 60)
    await for_tomorrow(life, "department:Service")
    await life.until(2026, 11, 26, 18)
    for changed in ({"link": "https://firm.example/x"}, {"picture": "https://firm.example/x.png"}):
        assert "Waiting for approval" in words(edit(world, **changed))
        world.press(button(opened(world), "Discard change"), "cleo")
    form = world.press(button(opened(world), "Another language"), "cleo")
    card = world.fill(form, "cleo", locale="de", title="Nachts", changed="Eine Nummer.", means="Für alle.")
    assert "Waiting for approval" in words(card)
    world.press(button(opened(world), "Discard change"), "cleo")
    world.fill(world.press(button(latest(life, "p0@firm.example"), "Ask a question"), "cleo"), "cleo", question="From when?")
    await life.settle()
    answer = world.press(button(latest(life, CLEO, "asks about"), "Answer"), "cleo")
    world.fill(answer, "cleo", answer="From Monday.", to="all")
    await life.settle()
    assert "Sent: " in opened(world).title
    assert "From Monday." in words(latest(life, "p0@firm.example"))


async def test_stops_while_new_words_wait(life: Life) -> None:
    """Recall and cancel work then as ever: nothing more goes out, whatever is approved afterwards."""
    await sent(life)
    world = life.world
    edit(world, changed="Two numbers.")
    await life.settle()
    asks = latest(life, ADA, "May this go out?")
    assert "It had already gone to everyone." in words(
        world.press(button(opened(world), "Recall").model_copy(update={"command": "cancel-broadcast"}), "cleo")
    )
    world.press(button(opened(world), "Recall"), "cleo")
    world.press(button(asks, "Agree"), "ada")
    await life.settle()
    assert not [one for one in life.outbox.cards.values() if "Got it" in {x.label for x in one[-1].buttons}]
    assert "Recalled" in opened(world).title


async def test_the_recipients_of_what_is_out_are_fixed(life: Life) -> None:
    """A forged form of recipients or time for one whose new words wait is refused."""
    await sent(life)
    edit(life.world, changed="Two numbers.")
    card = opened(life.world)
    for command, answers in (("update-audience", {"who": ["everyone"]}), ("send-update", {"when": "now"})):
        forged = button(card, "Edit").model_copy(update={"command": command})
        form = life.world.press(forged, "cleo")
        assert "recipients and time are fixed" in words(life.world.fill(form, "cleo", **answers))
