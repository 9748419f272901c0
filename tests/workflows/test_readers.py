"""What readers of updates do, attacked: and what the figures make of it."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import Card
from bot.database import Database
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.process.wiring import build
from bot.settings import Settings
from bot.settings.platforms import Platforms, SlackSettings, TeamsSettings
from tests.conftest import Life, TestClock, World, button, populate, words
from tests.handlers.test_updates import drafted, latest, sent

ADA = "ada@firm.example"
CLEO = "cleo@firm.example"
EMIL = "emil@firm.example"


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
    opened = button(card, "Preview").model_copy(update={"command": "update", "args": {"broadcast": number}})
    shown = world.press(opened, "bruno")
    assert isinstance(shown, Card)
    assert shown.buttons == ()


async def test_how_long_questions_wait(life: Life) -> None:
    """The figures say how many have no answer, and how soon the others had theirs."""
    await sent(life)
    world = life.world
    for text in ("From when?", "And on Sundays?"):
        world.fill(world.press(button(latest(life, EMIL, "The night line"), "Ask a question"), "emil"), "emil", question=text)
        await life.settle()  # one after the other: two at once come as one message
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


async def test_the_figures_tell_those_away_from_those_silent(life: Life) -> None:
    """Emil is out of office: he is counted apart, and the reminder leaves him in peace."""
    await sent(life)
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        today = emil.today(life.world.application.database.clock())
        emil.go_away(today, today + timedelta(days=3))
    card = life.world.say("/update stats", "cleo")
    assert "5 haven't answered (1 of them out of office)" in words(card)
    life.world.press(button(card, "Remind those who haven't answered"), "cleo")
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1
    assert life.outbox.sent_to.count("bruno@firm.example") == 2
    assert "5 of 5" in words(life.world.say("/update stats", "cleo")), "a reminder makes no second recipient"


async def test_the_digest_on_monday(life: Life) -> None:
    """Who wants it gets the week's updates in one message, each to be opened."""
    life.world.say("/updates digest on", "emil")
    await sent(life)
    await life.until(2026, 11, 30, 12)
    card = latest(life, "emil@firm.example", "This week")
    assert "The night line" in words(card)
    assert "One number at night." in words(life.world.press(button(card, "Read"), "emil"))
    assert not [one for one in life.outbox.cards.values() if "This week" in one[-1].title and one[-1] != card]
