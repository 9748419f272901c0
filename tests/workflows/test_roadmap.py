"""What the forms of roadmap items and decisions ask, and what is made of their answers."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form
from bot.domain.people import people
from bot.domain.people.people import Role
from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import Status
from bot.workflows.roadmap import deciders, items, plan, ruling
from tests.conftest import World, button, words
from tests.handlers.test_roadmap import decided, planned
from tests.workflows.asking import asking


def test_who_may_not_add_hears_so_before_any_mistake(world: World) -> None:
    """Nothing that was filled in is looked at; the form isn't theirs either."""
    add = button(world.say("/roadmap", "cleo"), "Add one")
    form = world.press(add, "cleo")
    for reply in (world.press(add, "emil"), world.fill(form, "emil", title="", stage="junk", owner="999999")):
        assert isinstance(reply, Card), reply
        assert "is for" in reply.title
    with world.database.session() as session:
        assert list(roadmap.items(session)) == []


@pytest.mark.parametrize(
    ("answers", "field", "problem"),
    [
        ({"stage": "junk"}, "stage", "Choose the stage of the journey"),
        ({"target": "junk"}, "target", "Choose one from the list"),
        ({"status": "junk"}, "status", "Choose one from the list"),
        ({"owner": "999999"}, "owner", "not known here any more"),
        ({"title": " "}, "title", "Give it a title"),
    ],
)
def test_what_is_wrong_with_an_item_is_told_at_its_field(world: World, answers: dict[str, str], field: str, problem: str) -> None:
    """And what was typed elsewhere stays."""
    form = planned(world, what="Every date is kept.", **answers)
    assert isinstance(form, Form), form
    assert problem in form.errors[field]
    assert form.answers["what"] == "Every date is kept."


def test_save_pressed_twice_adds_one(world: World) -> None:
    """Of either kind."""
    for command, actor, label, more in (
        ("/roadmap", "cleo", "Add one", {"title": "Dates we keep"}),
        ("/decision", "ada", "Write one down", {"title": "No fee", "why": "Nobody waits."}),
    ):
        form = world.press(button(world.say(command, actor), label), actor)
        first, second = (world.fill(form, actor, stage="choose", target="none", **more) for _ in range(2))
        assert isinstance(first, Card), first
        assert first == second
    with world.database.session() as session:
        assert len(list(roadmap.items(session))) == 1
    assert len(world.history("decisions")) == 1


def test_the_status_stays_where_the_form_did_not_ask(world: World) -> None:
    """A form of an older version changes no status; a new item is for later than now."""
    planned(world, status="now")
    with asking(world, "cleo", title="x", stage="choose", target="none") as request:
        (item,) = roadmap.items(request.session)
        assert plan(request, item).status == Status.NOW
        assert plan(request).status == Status.NEXT


def test_an_employee_decides_nothing_for_customers(world: World) -> None:
    """Neither offered nor taken from a forged form; whoever decided it and has another task since is kept."""
    with asking(world, "cleo") as request:
        assert {one.name for one in deciders(request)} == {"Ada Lovell", "Aroha Ngata", "Bruno Kraus", "Cleo Marsh"}
    forged = decided(world, decided_by=str(world.ids["emil"]))
    assert isinstance(forged, Form), forged
    assert forged.errors["decided_by"] == "Choose who decided it."
    card = decided(world, actor="cleo", decided_by=str(world.ids["bruno"]))
    with world.database.session() as session:
        people.get(session, world.ids["bruno"]).roles = [Role.DELEGATE]
    corrected = world.fill(world.press(button(card, "Edit"), "cleo"), "cleo", title="No fee after six")
    assert isinstance(corrected, Card), corrected
    assert "Bruno Kraus" in words(corrected)


def test_an_item_that_is_gone_is_said_at_its_field(world: World) -> None:
    """A number that nothing has; none chosen is no mistake."""
    with asking(world, "ada", item="999") as request:
        assert ruling(request).item is None
        assert request.filled.problems["item"] == "It is not on the roadmap any more. Choose one from the list."
    with asking(world, "ada", item="") as request:
        assert ruling(request).item is None
        assert request.filled.problems == {}


def test_items_are_found_by_their_titles(world: World) -> None:
    """All of them while nothing is typed; what is like nothing finds nothing."""
    planned(world)
    planned(world, "A portal")
    with asking(world, "emil") as request:
        assert len(items(request, " ")) == 2
        assert [one.label for one in items(request, "portl")][:1] == ["A portal"]
        assert items(request, "zzzz") == ()
