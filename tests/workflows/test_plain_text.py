"""What is typed to the bot without a command that it knows."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form
from bot.commands import Place
from tests.conftest import World, button, words


@pytest.mark.parametrize(
    ("line", "command", "customer", "day"),
    [
        ("saw Acme Corp yesterday, they said the water is fine", "logvisit", "Acme Corp", "2026-11-24"),
        ("Globex yesterday with their CFO: slow", "logvisit", "Globex", "2026-11-24"),
        ("I met Globex this morning, all good", "logvisit", "Globex", "2026-11-25"),
        ("called Globex on Monday, invoices wrong again", "logcall", "Globex", "2026-11-23"),
        ("Hi, had lunch with Globex today", "logvisit", "Globex", "2026-11-25"),
        ("Globex: slow onboarding", "logvisit", "Globex", "2026-11-25"),
        ("visited Nonexistent Corp yesterday, fine", "logvisit", "Nonexistent Corp", "2026-11-24"),
        ("saw Globex last week, slow", "logvisit", "Globex", ""),
    ],
)
def test_a_visit_told_in_plain_words_opens_the_form(world: World, line: str, command: str, customer: str, day: str) -> None:
    """Filled in, with all that was typed, and nothing is saved before Save."""
    form = world.say(line, "ada")
    assert isinstance(form, Form)
    assert form.command == command
    assert form.answers["happened_on"] == day
    (field,) = [one for one in form.fields if one.name == "customer"]
    assert customer in [one.label.removeprefix("Add “").split("”")[0] for one in getattr(field, "values", ())]
    assert "Nothing logged" in words(world.say("/engagements", "ada"))
    assert isinstance(world.fill(form, "ada", happened_on=day or "2026-11-20", heard="slow"), Card)
    assert customer in words(world.say("/engagements", "ada"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "thanks",
            "thanks for yesterday",
            "ok",
            "what can you do for me?",
            "who met Globex last?",
            "how do I log a visit",
            "show me Globex",
        ),
        *(
            "is Globex new?",
            "lovely weather today",
            "the coffee was good",
            "?",
            "👍",
            "remind me tomorrow",
            "delete my last visit",
            "danke",
            "wie geht das",
        ),
    ],
)
def test_what_tells_of_no_visit_is_answered_as_before(world: World, text: str) -> None:
    """With what the bot can do, and what was typed."""
    card = world.say(text, "ada")
    assert isinstance(card, Card)
    assert card.title == "I didn't understand that"


def test_a_visit_is_told_in_the_writers_language(world: World) -> None:
    """By whoever writes German, say."""
    form = world.say("Gestern bei Globex, Netz ist das Thema. Angebot bis Freitag zugesagt", "bruno")
    assert isinstance(form, Form)
    assert (form.answers["happened_on"], form.answers["promised"]) == ("2026-11-24", "Angebot bis 2026-11-27")


@pytest.mark.parametrize("text", ["hello", "Hi!", "good morning", "Guten Tag"])
def test_hello_is_answered_with_hello(world: World, text: str) -> None:
    """It was understood."""
    card = world.say(text, "ada")
    assert isinstance(card, Card)
    assert card.title.startswith("Hello")


@pytest.mark.parametrize("place", list(Place))
def test_only_who_may_log_is_given_the_form_and_only_in_their_own_chat(world: World, place: Place) -> None:
    """Somebody else gets help, and so does whoever writes where others read."""
    assert isinstance(world.say("saw Globex yesterday, slow", "emil", place=place), Card)
    assert isinstance(world.say("saw Globex yesterday, slow", "ada", place=place), Form if place is Place.PERSONAL else Card)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("/logvist Acme Corp yesterday: slow", ["logvisit"]),
        ("/logvisti Acme Corp", ["logvisit"]),
        ("/visit Acme Corp", ["logvisit"]),
        ("/call Acme Corp", ["logcall"]),
        ("/log Acme Corp", ["logvisit", "logcall"]),
        ("/LOGVIST Acme Corp", ["logvisit"]),
        ("logvist Acme Corp yesterday: slow", ["logvisit"]),
        ("logcal Acme Corp", ["logcall"]),
        ("/comit a plan by Friday", ["commit"]),
        ("/log-visit Acme Corp", ["logvisit"]),
    ],
)
def test_a_mistyped_command_is_asked_about(world: World, text: str, names: list[str]) -> None:
    """With a button for each that may be meant."""
    card = world.say(text, "ada")
    assert isinstance(card, Card)
    assert card.title == f"Did you mean {' or '.join(f'/{name}' for name in names)}?"
    assert [one.command for one in card.buttons] == names
    assert text in words(card)


def test_the_button_does_it_with_the_same_text(world: World) -> None:
    """The form comes filled in, as if the command had been typed right; what the button carried goes no further."""
    form = world.press(button(world.say("/logvist Acme Corp yesterday: slow", "ada"), "Log a visit"), "ada")
    meant = world.say("/logvisit Acme Corp yesterday: slow", "ada")
    assert isinstance(form, Form)
    assert isinstance(meant, Form)
    assert form.answers == meant.answers
    assert set(form.args) == {"form_id"}
    assert isinstance(world.fill(form, "ada"), Card)


def test_a_slash_that_is_left_out_is_no_mistake(world: World) -> None:
    """In the bot's own chat a command needs none."""
    assert isinstance(world.say("logvisit Acme Corp", "ada"), Form)


def test_only_commands_that_somebody_may_use_are_suggested(world: World) -> None:
    """An employee isn't told of what only executives do."""
    card = world.say("/logvist Acme Corp", "emil")
    assert isinstance(card, Card)
    assert card.title == "I didn't understand that"
    assert not {"logvisit", "logcall"} & {one.command for one in card.buttons}


@pytest.mark.parametrize("text", ["/logvist " + "x" * 3_001, "logvist " + "é" * 3_001])
def test_text_that_no_button_can_carry_is_put_into_the_form(world: World, text: str) -> None:
    """Nothing typed is lost."""
    form = world.say(text, "ada")
    assert isinstance(form, Form)
    assert text.split()[1] in form.answers["heard"]


def test_what_tells_the_whole_channel_stays_text(world: World) -> None:
    """Whatever stands in it."""
    form = world.say("saw Globex yesterday <!channel> & <@U1>", "ada")
    assert isinstance(form, Form)
    assert "<!channel>" in form.answers["heard"]


def test_a_message_that_comes_twice_gives_the_same_form(world: World) -> None:
    """Which saves once, however often it is sent."""
    first = world.say("saw Globex yesterday, slow", "ada", event_id="e1")
    assert world.say("saw Globex yesterday, slow", "ada", event_id="e1") == first
    saved = [world.fill(first, "ada"), world.fill(first, "ada")]
    assert saved[0] == saved[1]
    assert len(world.history("engagements")) == 1
