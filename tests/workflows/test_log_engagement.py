"""The form of an engagement that is logged already: what may be corrected, by whom, and what the form keeps."""

from bot.cards import Card, Form
from bot.commands import Inbound
from tests.conftest import World, button, words

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks"


def logged(world: World, who: str = "ada") -> Card:
    """One that is logged."""
    card = world.fill(world.say(LINE, who), who)
    assert isinstance(card, Card), card
    return card


def test_an_old_engagement_can_be_corrected_by_the_cx_office(world: World) -> None:
    """A day that was right when it was logged isn't too long ago to correct a word."""
    card = logged(world)
    world.clock.forward(days=500)
    form = world.press(button(card, "Edit"), "cleo")
    assert isinstance(world.fill(form, "cleo", heard="better"), Card)
    again = world.fill(world.press(button(card, "Edit"), "cleo"), "cleo", happened_on="2026-11-01")
    assert isinstance(again, Form)
    assert "more than 366 days ago" in again.errors["happened_on"]


def test_a_day_that_has_come_for_its_logger_can_be_corrected_from_further_west(world: World) -> None:
    """It is Thursday in Auckland and Wednesday in London: the day is right as it stands."""
    world.clock.forward(hours=4)
    card = world.fill(world.say("/logvisit Globex today: hello", "aroha"), "aroha")
    form = world.press(button(card, "Edit"), "cleo")
    assert isinstance(form, Form)
    assert form.answers["happened_on"] == "2026-11-26"
    assert isinstance(world.fill(form, "cleo", heard="hello again"), Card)


def test_a_correction_may_change_customer_and_contacts(world: World) -> None:
    """The contacts are then the other customer's, and the trail keeps both."""
    form = world.press(button(logged(world), "Edit"), "ada")
    card = world.fill(form, "ada", customer="3", contacts="Bob")
    assert "visit with Globex" in words(card)
    assert "Bob" in words(world.say("/customer Globex", "ada"))
    assert "onboarding" not in words(world.say("/customer Acme Corp", "ada"))
    changed = [name for entry in world.history("engagements")[1:] for name in entry.before or {}]
    assert {"customer_id", "contacts"} <= set(changed)


def test_a_mistake_keeps_an_executive_one_does_not_log_for(world: World) -> None:
    """A delegate who corrects a joint visit sees the other executive by name when the form comes back."""
    both = [str(world.ids["ada"]), str(world.ids["bruno"])]
    card = world.fill(world.say(LINE, "cleo"), "cleo", executives=both)
    again = world.fill(world.press(button(card, "Edit"), "dele"), "dele", heard="")
    assert isinstance(again, Form), again
    assert again.answers["executives"] == both
    assert "Bruno Kraus" in words(again)
    assert isinstance(world.fill(again, "dele", heard="better"), Card), "whoever was there before stays"


def test_a_form_of_an_older_version_leaves_the_rest_as_it_was(world: World) -> None:
    """What it didn't ask for isn't an answer left empty."""
    card = world.fill(world.say(LINE, "ada"), "ada", stage="onboard", evidence_target="trust", evidence_holds="no")
    form = world.press(button(card, "Edit"), "ada")
    assert isinstance(form, Form)
    saved = Inbound(world.sender("ada"), form.command, args=form.args, form={"heard": "five weeks"})
    assert isinstance(world.application.dispatcher.handle(saved), Card)
    assert world.history("engagements")[-1].before == {"heard": "onboarding takes six weeks"}


def test_a_correction_saved_twice_is_one(world: World) -> None:
    """The second press on Save is given the first one's answer."""
    form = world.press(button(logged(world), "Edit"), "ada")
    assert world.fill(form, "ada", heard="better") == world.fill(form, "ada", heard="better")
    assert len(world.history("engagements")) == 2


def test_who_may_not_correct_it_hears_so_before_any_mistake(world: World) -> None:
    """Nothing that was filled in is looked at, and nothing of the engagement is shown."""
    form = world.press(button(logged(world), "Edit"), "ada")
    refused = world.fill(form, "bruno", customer="999999", happened_on="soon", heard="")
    assert isinstance(refused, Card), refused
    assert "onboarding" not in words(refused)
    assert len(world.history("engagements")) == 1
