"""Updates through the dispatcher: written, aimed, agreed to, sent, answered, asked about, changed and taken back."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.cards import Card, Form, Reply
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people.people import Person, Role
from tests.conftest import Life, World, button, words

WORDING = {
    "title": "The night line",
    "changed": "One number at night.",
    "means": "Give it to every customer.",
    "may": "Waive the fee.",
}


def drafted(world: World, actor: str = "cleo", **more: str) -> Reply:
    """A draft in Ada's name."""
    return world.fill(world.say("/update new", actor), actor, **{**WORDING, "speaker": str(world.ids["ada"]), **more})


def aimed(world: World, *who: str, never: list[str] | None = None) -> Reply:
    """A draft with an audience."""
    form = world.press(button(drafted(world), "Audience"), "cleo")
    return world.fill(form, "cleo", who=list(who or ("everyone",)), never=never or [])


def asked(world: World, reply: Reply, **when: str) -> Reply:
    """Asked to be sent."""
    return world.fill(world.press(button(reply, "Send…"), "cleo"), "cleo", **{"when": "now", **when})


def deliveries_to(world: World, first_name: str, subject: str) -> list[Delivery]:
    """What was queued for somebody."""
    with world.database.session() as session:
        wanted = select(Delivery).where(Delivery.person_id == world.ids[first_name], Delivery.subject == subject)
        return list(session.exec(wanted.order_by(col(Delivery.id))))


async def sent(life: Life) -> Reply:
    """A broadcast to all, agreed to and out; its card."""
    card = asked(life.world, aimed(life.world, never=["zone:Pacific/Auckland"]))
    await life.settle()
    life.world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    await life.settle()
    return card


def latest(life: Life, email: str, title: str = "") -> Card:
    """The newest card that reached somebody, of this title when one is given, as it is now."""
    found = [
        life.outbox.cards[f"m{number}"][-1]
        for number, to in enumerate(life.outbox.sent_to, 1)
        if to == email and f"m{number}" in life.outbox.cards
    ]
    return [one for one in found if title in one.title][-1]


def test_a_draft_says_what_it_needs(world: World) -> None:
    """A title, what changed, what it means, and who speaks: each missing one is told at its field, and what was typed is kept."""
    form = world.fill(world.say("/update new", "cleo"), "cleo", title="", changed="Something <!channel>", link="http://x")
    assert isinstance(form, Form)
    assert set(form.errors) == {"title", "means", "speaker", "link"}
    assert form.answers["changed"] == "Something <!channel>"


def test_too_long_for_a_phone(world: World) -> None:
    """1,201 characters of a part are too many; the rest belongs behind the link."""
    form = world.fill(world.say("/update new", "cleo"), "cleo", **{**WORDING, "changed": "x" * 1201})
    assert isinstance(form, Form)
    assert "1,201" in form.errors["changed"]


def test_an_employee_does_not_write_updates(world: World) -> None:
    """Who may not, is told whom to ask."""
    assert "CX office" in words(world.say("/update new", "emil"))


def test_the_audience_in_words_with_its_number(world: World) -> None:
    """Before anything is sent: who it is, how many, and some of them by name."""
    card = aimed(world, "role:executive", f"person:{world.ids['emil']}", never=["zone:Pacific/Auckland"])
    assert "executives or Emil Novak, but not: in the time zone Pacific/Auckland" in words(card)
    assert "Ada Lovell, Bruno Kraus, Emil Novak" in words(card)


def test_an_audience_of_nobody_can_not_be_sent(world: World) -> None:
    """It says so, and offers no Send."""
    card = aimed(world, "department:Nowhere")
    assert isinstance(card, Card)
    assert "nobody" in words(card)
    assert "Send…" not in {one.label for one in card.buttons}


def test_parts_are_found_by_typing(world: World) -> None:
    """A name, a team, a role: whatever fits what is typed."""
    found = world.application.dispatcher.find_options(world.sender("cleo"), "audience", "emil")
    assert any(one.value == f"person:{world.ids['emil']}" for one in found)
    assert world.application.dispatcher.find_options(world.sender("emil"), "audience", "ada") == ()


async def test_from_draft_to_got_it(life: Life) -> None:
    """Ada is asked, agrees, and everyone has it in their working day; Emil presses Got it twice and is counted once."""
    await sent(life)
    assert set(life.outbox.sent_to) == {f"{one}@firm.example" for one in ("ada", "bruno", "dele", "cleo", "emil")}
    card = latest(life, "emil@firm.example")
    assert card.title == "The night line"
    for _ in range(2):
        answer = life.world.press(button(card, "Got it"), "emil")
    assert "You said: Got it" in words(answer)
    stats = life.world.say("/update stats night", "cleo")
    assert "5 of 5" in words(stats)
    assert "1 of 5; 4 haven't answered" in words(stats)


async def test_only_the_speaker_agrees(life: Life) -> None:
    """Somebody else's press changes nothing; the author sees whom it waits for."""
    card = asked(life.world, aimed(life.world))
    assert "Waiting for approval" in words(card)
    assert "Ada Lovell, whose words these are" in words(card)
    await life.settle()
    request = latest(life, "ada@firm.example")
    assert "There is no such broadcast" in words(life.world.press(button(request, "Agree"), "emil"))
    assert "waits for someone else" in words(life.world.press(button(request, "Agree"), "bruno"))
    back = life.world.fill(life.world.press(button(request, "Ask for a change"), "ada"), "ada", note="Say when it starts")
    assert "Ada Lovell asks for a change: Say when it starts" in words(back)
    await life.settle()
    assert "Say when it starts" in words(latest(life, "cleo@firm.example"))


async def test_two_agree_at_once(life: Life) -> None:
    """The second sees what the first did: it goes out once."""
    asked(life.world, aimed(life.world, f"person:{life.world.ids['emil']}"))
    await life.settle()
    request = latest(life, "ada@firm.example")
    life.world.press(button(request, "Agree"), "ada")
    assert "changed since" in words(life.world.press(button(request, "Agree"), "dele"))
    await life.settle()
    assert life.outbox.sent_to.count("emil@firm.example") == 1


async def test_a_large_audience_needs_a_second_person(life: Life) -> None:
    """Over the number in app.yaml: the author can't be the second; a colleague in the CX office can."""
    with life.world.database.session() as session:
        for count in range(60):
            session.add(Person.known(f"p{count}@firm.example", f"Person {count}", "Europe/London"))
        office = Person.known("olga@firm.example", "Olga Brandt", "Europe/London", (Role.CX_OFFICE,))
        session.add(office)
    asked(life.world, aimed(life.world))
    await life.settle()
    agreed = life.world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    assert "Goes out" in words(agreed), "the speaker is a second pair of eyes"


async def test_the_author_is_no_second_person(life: Life) -> None:
    """An executive who writes in her own name to many needs somebody else's approval; her own press isn't it."""
    with life.world.database.session() as session:
        session.add_all(Person.known(f"p{count}@firm.example", f"Person {count}", "Europe/London") for count in range(60))
    world = life.world
    card = world.fill(world.press(button(drafted(world, "ada"), "Audience"), "ada"), "ada", who=["everyone"])
    world.fill(world.press(button(card, "Send…"), "ada"), "ada", when="now")
    await life.settle()
    request = latest(life, "cleo@firm.example")
    assert "May this go out?" in request.title
    assert "second pair of eyes" in words(world.press(button(request, "Agree"), "ada"))
    assert "Goes out" in words(world.press(button(request, "Agree"), "cleo"))


async def test_a_question_is_answered_into_the_update(life: Life) -> None:
    """Emil asks; Cleo answers for everybody; Emil is told, and every copy shows question and answer."""
    await sent(life)
    world = life.world
    form = world.press(button(latest(life, "emil@firm.example"), "Ask a question"), "emil")
    assert "Asked" in words(world.fill(form, "emil", question="From when <!channel>?"))
    await life.settle()
    asked_card = latest(life, "cleo@firm.example", "asks about")
    reply = world.press(button(asked_card, "Answer"), "cleo")
    assert "everybody" in words(world.fill(reply, "cleo", answer="From Monday.", to="all"))
    await life.settle()
    assert "From Monday." in words(latest(life, "emil@firm.example", "Your question"))
    assert "Questions answered" in words(latest(life, "bruno@firm.example", "The night line"))
    late = world.press(button(asked_card, "Answer"), "cleo")
    assert "From Monday." in words(late)


async def test_i_can_not_because(life: Life) -> None:
    """A reason is asked for, and the CX office reads it among the figures."""
    await sent(life)
    world = life.world
    form = world.press(button(latest(life, "emil@firm.example"), "I can't, because…"), "emil")
    empty = world.fill(form, "emil", note=" ")
    assert isinstance(empty, Form)
    assert "note" in empty.errors
    world.fill(empty, "emil", note="Nobody here speaks Danish")
    assert "Nobody here speaks Danish" in words(world.say("/update stats", "cleo"))


async def test_an_edit_reaches_the_copies(life: Life) -> None:
    """Changed words, once approved, are changed everywhere; the recall takes them all back, and old buttons say so."""
    await sent(life)
    world = life.world
    emils = latest(life, "emil@firm.example")
    card = world.say("/update stats", "cleo")
    changed = world.fill(world.press(button(card, "Edit"), "cleo"), "cleo", title="The night line, from Monday")
    await life.settle()
    world.press(button(latest(life, "ada@firm.example", "May this go out?"), "Agree"), "ada")
    await life.settle()
    assert latest(life, "emil@firm.example").title == "The night line, from Monday"
    world.press(button(changed, "Recall"), "cleo")
    await life.settle()
    assert not [one for cards in life.outbox.cards.values() for one in cards[-1:] if one.title == "The night line, from Monday"]
    assert "taken back" in words(world.press(button(emils, "Got it"), "emil"))


async def test_somebody_it_was_not_for(life: Life) -> None:
    """A guessed number gives nothing; whoever joined since can read it back."""
    asked(life.world, aimed(life.world, f"person:{life.world.ids['emil']}"))
    await life.settle()
    life.world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    await life.settle()
    got = button(latest(life, "emil@firm.example"), "Got it")
    assert "wasn't sent to you" in words(life.world.press(got, "bruno"))
    assert "The night line" in words(life.world.say("/updates", "emil"))
    assert "The night line" not in words(life.world.say("/updates", "bruno"))


async def test_in_the_readers_language(life: Life) -> None:
    """Bruno reads German, the others the default."""
    world = life.world
    card = aimed(world, never=["zone:Pacific/Auckland"])
    card = world.fill(
        world.press(button(card, "Another language"), "cleo"),
        "cleo",
        locale="de",
        title="Die Nachtnummer",
        changed="Eine Nummer.",
        means="Gib sie allen.",
    )
    asked(world, card)
    await life.settle()
    world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    await life.settle()
    assert latest(life, "bruno@firm.example").title == "Die Nachtnummer"
    assert latest(life, "emil@firm.example").title == "The night line"


async def test_a_test_goes_to_oneself_alone(life: Life) -> None:
    """The test says that it is one."""
    life.world.press(button(drafted(life.world), "Send me a test"), "cleo")
    await life.settle()
    assert life.outbox.sent_to == ["cleo@firm.example"]
    assert "A test" in words(latest(life, "cleo@firm.example"))


async def test_pause_and_call_off(life: Life) -> None:
    """Scheduled for a moment to come: called off, nobody gets it; an old Pause shows how it stands."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="14:00")
    await life.settle()
    card = world.press(button(latest(life, "ada@firm.example"), "Agree"), "ada")
    assert "Goes out" in words(card)
    card = world.say("/update", "cleo")
    opened = world.press(button(card, "Open"), "cleo")
    world.press(button(opened, "Cancel sending"), "cleo")
    assert "Put away, sent to nobody" in words(world.press(button(opened, "Cancel sending"), "cleo"))
    await life.until(2026, 11, 27)
    assert "emil@firm.example" not in life.outbox.sent_to


@pytest.mark.parametrize("typed", ["25:00", "soon", "", "14:60", "1400", "-1", "٣:٠٠"])
def test_a_time_that_is_none(world: World, typed: str) -> None:
    """The field says how to write it."""
    form = asked(world, aimed(world), when="at", day="2026-11-26", at=typed)
    assert isinstance(form, Form)
    assert "14:00" in form.errors["at"]
