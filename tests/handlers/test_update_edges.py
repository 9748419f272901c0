"""Updates attacked: strangers, old buttons, words changed behind a speaker's back, whoever left meanwhile."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import Card, Form
from bot.database import Database
from bot.domain import people
from bot.domain.people import Person, Role
from bot.house import build
from bot.settings import Settings
from bot.settings.platforms import Platforms, SlackSettings, TeamsSettings
from tests.conftest import Life, TestClock, World, button, populate, words
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


async def test_the_speaker_is_told_of_words_changed_after_they_went_out(life: Life) -> None:
    """What stands in her name is never changed behind her back."""
    await sent(life)
    card = life.world.say("/update stats", "cleo")
    life.world.fill(life.world.press(button(card, "Edit"), "cleo"), "cleo", may="Give it all away.")
    await life.settle()
    told = latest(life, ADA, "Words in your name were changed")
    assert "Give it all away." in words(told)


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
    seen = world.press(button(world.fill(edit, "cleo", title="Nachts eine Nummer"), "See it"), "cleo")
    assert "Nachts eine Nummer" in words(world.press(button(seen, "In Deutsch"), "cleo"))


async def test_old_buttons_of_a_recalled_update(life: Life) -> None:
    """Every one of them says that it was taken back, and records nothing."""
    await sent(life)
    world, emils = life.world, latest(life, EMIL)
    form = world.press(button(emils, "Ask a question"), "emil")
    world.press(button(world.say("/update stats", "cleo"), "Recall"), "cleo")
    for one in emils.buttons:
        assert "taken back" in words(world.press(one, "emil"))
    late = world.fill(form, "emil", question="What about Sundays?")
    assert "taken back" in words(late)
    assert "What about Sundays?" in words(late)
    await life.settle()
    assert "night line" not in words(world.say("/updates", "emil")).lower()


async def test_a_double_press_of_send(life: Life) -> None:
    """The same form saved twice asks once; a second form made before it shows how things stand."""
    world = life.world
    card = aimed(world, f"person:{world.ids['emil']}")
    first, second = (world.press(button(card, "Send…"), "cleo") for _ in range(2))
    world.fill(first, "cleo", when="now")
    world.fill(first, "cleo", when="now")
    assert "changed since" in words(world.fill(second, "cleo", when="now"))
    assert len(deliveries_to(world, "ada", "approval")) == 1


async def test_two_answer_one_question(life: Life) -> None:
    """The second, whose form was open already, sees who was quicker and what they said, and keeps what they typed."""
    await sent(life)
    world = life.world
    world.fill(world.press(button(latest(life, EMIL), "Ask a question"), "emil"), "emil", question="From when?")
    await life.settle()
    asks = latest(life, CLEO, "asks about")
    forms = [world.press(button(asks, "Answer"), "cleo") for _ in range(2)]
    world.fill(forms[0], "cleo", answer="From Monday.", to="asker")
    late = words(world.fill(forms[1], "cleo", answer="From Tuesday.", to="all"))
    assert "Cleo Marsh has answered it already: “From Monday.”" in late
    assert "From Tuesday." in late
    await life.settle()
    assert "Questions answered" not in words(latest(life, "bruno@firm.example", "The night line"))


async def test_called_off_and_a_draft_again(life: Life) -> None:
    """Nobody types an update twice: called off before its time, it can be aimed anew and sent."""
    world = life.world
    asked(world, aimed(world, f"person:{world.ids['emil']}"), when="at", day="2026-11-26", at="9.30 am")
    await life.settle()
    world.press(button(latest(life, ADA), "Agree"), "ada")
    opened = world.press(button(world.say("/update", "cleo"), "Open"), "cleo")
    assert "at 09:30, your time" in words(opened)
    off = world.press(button(opened, "Call it off"), "cleo")
    again = world.press(button(off, "Make it a draft again"), "cleo")
    asked(world, again, when="at", day="2026-11-26", at="14h05")
    await life.until(2026, 11, 27)
    assert life.outbox.sent_to.count(EMIL) == 1, "Ada agreed to these very words"


async def test_reading_back_shows_what_one_said(life: Life) -> None:
    """Emil, who can't, opens it again: his answer stands there, and he may change it."""
    await sent(life)
    world = life.world
    world.fill(world.press(button(latest(life, EMIL), "I can't, because…"), "emil"), "emil", note="No key")
    opened = world.press(button(world.say("/updates", "emil"), "Read"), "emil")
    assert "You said: I can't, because…" in words(opened)
    assert "You said: Got it" in words(world.press(button(opened, "Got it"), "emil"))


def test_an_executive_does_not_read_others_reasons(world: World) -> None:
    """A guessed number shows an executive the card, without buttons; the reasons people gave are for those it concerns."""
    card = drafted(world)
    number = button(card, "Edit").args["broadcast"]
    opened = button(card, "See it").model_copy(update={"command": "update", "args": {"broadcast": number}})
    shown = world.press(opened, "bruno")
    assert isinstance(shown, Card)
    assert shown.buttons == ()


async def test_how_long_questions_wait(life: Life) -> None:
    """The figures say how many have no answer, and how soon the others had theirs."""
    await sent(life)
    world = life.world
    for text in ("From when?", "And on Sundays?"):
        world.fill(world.press(button(latest(life, EMIL, "The night line"), "Ask a question"), "emil"), "emil", question=text)
    await life.settle()
    await life.until(2026, 11, 25, 13, 30)
    world.fill(world.press(button(latest(life, CLEO, "asks about"), "Answer"), "cleo"), "cleo", answer="From Monday.", to="asker")
    assert "2, 1 without an answer, half of the others within 4 hours" in words(world.say("/update stats", "cleo"))


async def test_whoever_joined_later_is_counted_apart(life: Life) -> None:
    """A new colleague reads it back and gets it: more than all of those it was sent to never get it."""
    await sent(life)
    world = life.world
    with world.database.session() as session:
        session.add(Person.known("nils@firm.example", "Nils Berg", "Europe/Oslo"))
    for one in ("nils", "emil"):
        opened = world.press(button(world.say("/updates", one), "Read"), one)
        world.press(button(opened, "Got it"), one)
    figures = words(world.say("/update stats", "cleo"))
    assert "1 of 5; 4 haven't answered" in figures
    assert "1 more got it" in figures


async def test_two_updates_of_the_same_title(life: Life) -> None:
    """Figures asked for by words that fit both: it asks which, and opens the one that is pressed."""
    await sent(life)
    await sent(life)
    which = life.world.say("/update stats night line", "cleo")
    assert "Which one" in words(which)
    assert "haven't answered" in words(life.world.press(button(which, "Open"), "cleo"))


def test_where_to_be_written_to(world: World) -> None:
    """With one platform there is nothing to choose; a platform that isn't on is refused."""
    card = world.say("/updates", "emil")
    assert "On Slack" not in words(card)
    digest = button(card, "Weekly digest")
    assert "isn't switched on" in words(world.press(digest.model_copy(update={"args": {"prefers": "teams"}}), "emil"))
    assert world.person("emil").prefers == ""


def test_choosing_between_two_platforms(database: Database, settings: Settings, clock: TestClock) -> None:
    """Where Slack and Teams are on, either can be preferred, and the choice taken back."""
    both = settings.model_copy(update={"platforms": Platforms(slack=SlackSettings(), teams=TeamsSettings())})
    world = World(build(both, database), clock)
    populate(world)
    world.press(button(world.say("/updates", "emil"), "On Teams"), "emil")
    assert world.person("emil").prefers == "teams"
    card = world.say("/updates", "emil")
    assert "On Teams" not in {one.label for one in card.buttons} if isinstance(card, Card) else False
    world.press(button(card, "Where I wrote last"), "emil")
    assert world.person("emil").prefers == ""


def test_an_executive_writes_in_her_own_name(world: World) -> None:
    """Her own words need nobody else's agreement."""
    card = world.fill(world.say("/update new", "ada"), "ada", **WORDING)
    assert "Draft" in words(card)
    assert "Ada Lovell" in words(card)


async def test_the_figures_tell_those_away_from_those_silent(life: Life) -> None:
    """Emil is out of office: he is counted apart, and the reminder leaves him in peace."""
    await sent(life)
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        today = emil.today(life.world.house.database.clock())
        emil.go_away(today, today + timedelta(days=3))
    card = life.world.say("/update stats", "cleo")
    assert "5 haven't answered (1 of them out of office)" in words(card)
    life.world.press(button(card, "Remind those who haven't answered"), "cleo")
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1
    assert life.outbox.sent_to.count("bruno@firm.example") == 2
