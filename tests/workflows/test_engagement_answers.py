"""Answers nobody expects in an engagement's form, and rights that change between."""

import pytest

from bot.cards import Card, Form
from bot.domain.engagements.engagements import Kind
from bot.domain.people import people
from bot.workflows.engagement_answers import read, usual
from tests.conftest import World
from tests.workflows.asking import asking

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks"


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


def test_one_who_acts_for_two_is_asked_for_whom(world: World) -> None:
    """Nobody is taken for granted where several could be meant; an own executive's role comes before whom one acts for."""
    with world.database.session() as session:
        ada, bruno, aroha, dele = (people.get(session, world.ids[one]) for one in ("ada", "bruno", "aroha", "dele"))
        bruno.delegates.append(dele)
        aroha.delegates.append(ada)
    with asking(world, "dele") as request:
        assert usual(request) == ()
    with asking(world, "ada") as request:
        assert [one.name for one in usual(request)] == ["Ada Lovell"]


def test_yes_no_and_neither_are_three_answers(world: World) -> None:
    """An answer left open isn't a no."""
    for said, taken in (("yes", True), ("no", False), ("", None)):
        with asking(world, "ada", evidence_holds=said) as request:
            assert read(request, Kind.VISIT).evidence_holds is taken
