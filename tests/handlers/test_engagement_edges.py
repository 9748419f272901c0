"""Answers nobody expects in an engagement's form, and rights that change between."""

import pytest

from bot.cards import Card, Form
from bot.domain.people import people
from tests.conftest import World, button, words

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks"


def logged(world: World, who: str = "ada") -> Card:
    """One that is logged."""
    card = world.fill(world.say(LINE, who), who)
    assert isinstance(card, Card), card
    return card


@pytest.mark.parametrize(
    ("answers", "field", "part"),
    [
        ({"customer": "999999"}, "customer", "not known here any more"),
        ({"customer": "9" * 30}, "customer", "Choose one from the list"),
        ({"customer": "9" * 5_000}, "customer", "Choose one from the list"),
        ({"customer": "999999", "heard": ""}, "customer", "not known here any more"),
        ({"stage": "junk"}, "stage", "Choose one from the list"),
        ({"kind": "junk"}, "kind", "Choose one from the list"),
        ({"evidence_target": "junk", "evidence_holds": "yes"}, "evidence_target", "Choose one from the list"),
        ({"evidence_holds": "yes"}, "evidence_target", "Choose what it is evidence for"),
        ({"contacts": "x" * 201}, "contacts", "201 characters; 200 fit"),
        ({"contacts": "Ann, " * 300}, "contacts", "over 1,000 characters"),
        ({"contacts": "Ann", "customer": "", "kind": "frontline_day"}, "contacts", "Choose the customer they work for"),
        ({"happened_on": "0001-01-01"}, "happened_on", "more than 366 days ago"),
        ({"happened_on": "9999-12-31"}, "happened_on", "hasn't come yet"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(world: World, answers: dict[str, str | list[str]], field: str, part: str) -> None:
    """Nothing is dropped in silence, and nothing raises: the form comes back as it was typed."""
    again = world.fill(world.say(LINE, "ada"), "ada", surprised="precious", **answers)
    assert isinstance(again, Form), again
    assert part in again.errors[field]
    assert again.answers["surprised"] == "precious"
    assert world.history("engagements") == []


def test_one_contact_named_three_times_is_met_once(world: World) -> None:
    """Case and spaces don't make another person."""
    card = world.fill(world.say(LINE, "ada"), "ada", contacts="Ann Lee, ann  lee, ANN LEE,")
    assert isinstance(card, Card)
    assert len(world.history("contacts")) == 1


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


@pytest.mark.parametrize("change", [{"active": False}, {"roles": []}])
def test_a_delegate_does_not_log_for_an_executive_who_is_none_any_more(world: World, change: dict[str, object]) -> None:
    """Neither for one who left nor for one whose role was taken; the field says so, and keeps the words."""
    form = world.say(LINE, "dele")
    with world.database.session() as session:
        for name, value in change.items():
            setattr(people.get(session, world.ids["ada"]), name, value)
    again = world.fill(form, "dele", executives=[str(world.ids["ada"])])
    assert isinstance(again, Form), again
    assert "executive you log for" in again.errors["executives"]
    assert again.answers["heard"] == "onboarding takes six weeks"
