"""The roadmap and decisions through the dispatcher: added, found, changed, and where target and plan don't meet."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form, Reply
from bot.domain.people import people
from bot.domain.plans import roadmap
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from tests.conftest import World, button, words


def planned(world: World, title: str = "Dates we keep", actor: str = "cleo", **more: str) -> Reply:
    """An item on the roadmap."""
    form = world.press(button(world.say("/roadmap", actor), "Add one"), actor)
    return world.fill(form, actor, **{"title": title, "stage": "choose", "target": "trust", "status": "now", **more})


def decided(world: World, title: str = "No fee at night", actor: str = "ada", **more: str) -> Reply:
    """A decision."""
    form = world.press(button(world.say("/decision", actor), "Write one down"), actor)
    return world.fill(
        form, actor, **{"title": title, "why": "Nobody waits until morning.", "stage": "onboard", "target": "none", **more}
    )


def test_added_listed_and_opened(world: World) -> None:
    """By status, in a line or two; the item itself says what success is at its stage, and whom it serves."""
    assert "They trust our dates" in words(planned(world))
    planned(world, "A portal", status="later", target="none")
    card = world.say("/roadmap", "emil")
    assert words(card).index("Dates we keep") < words(card).index("A portal")
    assert "Add one" not in words(card)
    opened = world.press(button(card, "Dates we keep"), "emil")
    assert "I know what I'll get and what it costs." in words(opened)
    assert "Edit" not in words(opened)


def test_no_target_must_be_said(world: World) -> None:
    """Left open, the field asks; “no target” is an answer."""
    form = planned(world, target="")
    assert isinstance(form, Form)
    assert "No target" in form.errors["target"]
    assert "No target" in words(world.fill(form, "cleo", target="none"))


@pytest.mark.parametrize(
    ("typed", "found"), [("now", True), ("later", False), ("choosing", True), ("starting", False), ("dates", True)]
)
def test_found_by_status_stage_or_title(world: World, typed: str, found: bool) -> None:
    """One word is enough."""
    planned(world)
    assert ("Dates we keep" in words(world.say(f"/roadmap {typed}", "emil"))) is found


def test_gaps_both_ways(world: World) -> None:
    """Targets that nothing serves, and what serves none; a stopped item serves nothing."""
    planned(world)
    planned(world, "A portal", target="none")
    decided(world)
    card = world.say("/roadmap gaps", "emil")
    assert "They book online" in words(card)
    assert "They trust our dates" not in words(card)
    assert isinstance(card, Card)
    assert {"A portal", "No fee at night"} <= {one.label for one in card.buttons}
    world.fill(world.press(button(world.say("/roadmap dates", "cleo"), "Change status"), "cleo"), "cleo", status="stopped")
    assert "They trust our dates" in words(world.say("/roadmap gaps", "cleo"))


def test_moved_and_edited_by_its_owner(world: World) -> None:
    """Its owner may, though an employee; a stale button shows the truth and overwrites nothing."""
    planned(world, owner=str(world.ids["emil"]))
    card = world.say("/roadmap dates", "emil")
    edit = world.press(button(card, "Edit"), "emil")
    world.fill(world.press(button(card, "Change status"), "emil"), "emil", status="done")
    assert "changed since" in words(world.fill(edit, "emil", title="Overwritten"))
    assert "Dates we keep" in words(world.say("/roadmap done", "emil"))
    assert "owner and the CX office" in words(world.press(button(card, "Edit"), "bruno"))


def test_what_is_typed_stays_and_is_inert(world: World) -> None:
    """Too long a title, a stage that isn't one: told at the field, nothing lost."""
    form = planned(world, "x" * 151, what="<!channel> y", stage="nowhere")
    assert isinstance(form, Form)
    assert set(form.errors) == {"title", "stage"}
    assert form.answers["what"] == "<!channel> y"
    assert isinstance(planned(world, what="z" * 3001), Form)


def test_a_target_taken_out_of_the_settings(world: World) -> None:
    """What pointed to it is listed among the gaps, and says so."""
    planned(world)
    with world.database.session() as session:
        roadmap.items(session)[0].target = "gone"
    assert "not in app.yaml any more" in words(world.say("/roadmap dates", "cleo"))
    assert "Dates we keep" in words(world.say("/roadmap gaps", "cleo"))


def test_a_long_list_goes_on(world: World) -> None:
    """Eight at a time, each once."""
    for count in range(11):
        planned(world, f"Change number {count}")
    first = world.say("/roadmap", "emil")
    rest = world.press(button(first, "3 more"), "emil")
    assert [f"number {count}" in words(first) + words(rest) for count in range(11)] == [True] * 11
    assert "number 0" not in words(rest)


def test_promises_that_wait_for_it(world: World) -> None:
    """An open promise whose cause it mends is counted on its card."""
    planned(world)
    with world.database.session() as session:
        ada, item = people.get(session, world.ids["ada"]), roadmap.items(session)[0]
        promises.promise(session, Promise("Call", ada.today(world.clock()), ada, ada, item=item), ada, world.clock())
    assert "1 commitment" in words(world.say("/roadmap dates", "cleo"))


def test_a_decision_with_its_reason(world: World) -> None:
    """Written down, found by a word of its reason, corrected; a day to come is none it was decided on."""
    form = decided(world, decided_on="2030-01-01", why="")
    assert isinstance(form, Form)
    assert set(form.errors) == {"why", "decided_on"}
    card = world.fill(form, "ada", decided_on="2026-11-20", why="They “wait” until morning <!channel>.")
    assert "Ada Lovell" in words(card)
    assert "No fee at night" in words(world.say("/decision morning", "emil"))
    assert "No decision speaks of" in words(world.say("/decision unheard-of", "emil"))
    edit = world.press(button(card, "Edit"), "ada")
    assert "No fee after six" in words(world.fill(edit, "ada", title="No fee after six"))
    late = world.press(button(card, "Edit"), "ada")
    assert "changed since" in words(world.fill(late, "ada", title="Overwritten"))
    assert "corrected by" in words(world.press(button(card, "Edit"), "bruno"))


def test_who_may(world: World) -> None:
    """An employee reads both, and adds to neither; a delegate writes decisions down."""
    assert "Add one" not in words(world.say("/roadmap", "emil"))
    assert "Write one down" not in words(world.say("/decision", "emil"))
    assert "Write one down" in words(world.say("/decision", "dele"))


def test_from_a_decision_to_an_update(world: World) -> None:
    """“Tell staff” opens the update with its title."""
    form = world.press(button(decided(world), "Tell staff"), "ada")
    assert isinstance(form, Form)
    assert form.answers["title"] == "No fee at night"
    draft = world.fill(form, "ada", changed="No fee.", means="Don't charge it.")
    assert "Draft: No fee at night" in words(draft)
