"""The roadmap, decisions and gaps as cards: each opens, and who may changes."""

from __future__ import annotations

from bot.domain.people import people
from bot.domain.plans import decisions, roadmap
from bot.domain.plans.roadmap import Status
from bot.views import roadmap as views
from tests.conftest import World, words
from tests.domain.plans import test_decisions as decided
from tests.domain.plans import test_roadmap as planned


def test_a_list_is_by_status_and_goes_on_by_a_button(world: World) -> None:
    """Eight a card; the button carries where it was and what was asked for."""
    settings = world.application.settings
    with world.database.session() as session:
        for number in range(10):
            planned.add(
                session,
                world,
                f"item {number}",
                status=Status.NOW if number else Status.DONE,
                target="" if number == 3 else "trust",
            )
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        items = roadmap.items(session)
        first = views.listing("Roadmap", items, ada, settings, 0, {"stage": "onboard"})
        more = next(one for one in first.buttons if one.label == "2 more")
        assert (more.command, more.args) == ("roadmap", {"stage": "onboard", "offset": "8"})
        assert words(first).count(views.NO_TARGET) == 1
        rest = views.listing("Roadmap", items, ada, settings, 8, {})
        assert [one.label for one in rest.buttons if "item" in one.args] == ["item 9", "item 0"]
        assert ["Now" in words(rest), "Done" in words(rest)] == [True, True]
        commands = {
            who.name: {one.command for one in views.listing("R", items, who, settings, 0, {}).buttons} for who in (ada, cleo)
        }
        assert "add-roadmap-item" in commands["Cleo Marsh"]
        assert "Nothing is here yet." in words(views.listing("R", [], ada, settings, 0, {}))


def test_a_card_has_what_its_reader_may_do(world: World) -> None:
    """Its buttons carry its version, so that one made before the last change changes nothing."""
    settings = world.application.settings
    with world.database.session() as session:
        emil, bruno, cleo = (people.get(session, world.ids[name]) for name in ("emil", "bruno", "cleo"))
        item = planned.add(session, world, owner=emil)
        item.move(Status.NOW, emil, world.clock())
        by = {who.name: {one.command: one.args for one in views.card(item, who, settings).buttons} for who in (emil, bruno, cleo)}
        assert set(by["Emil Novak"]) >= {"move-roadmap-item", "edit-roadmap-item"}
        assert by["Emil Novak"]["move-roadmap-item"]["version"] == "1"
        assert not {"move-roadmap-item", "edit-roadmap-item"} & set(by["Bruno Kraus"])
        assert "update" in by["Cleo Marsh"]
        assert "3 commitments" in words(views.card(item, bruno, settings, promises=3))
        item.target = "was_once"
        assert "not in app.yaml any more" in words(views.card(item, bruno, settings))


def test_a_decision_says_why_first_and_for_whom(world: World) -> None:
    """Corrected by those who may; found again by a press."""
    settings = world.application.settings
    with world.database.session() as session:
        decision = decided.record(session, world, need="Say when you come.", target="trust")
        ada, bruno = (people.get(session, world.ids[name]) for name in ("ada", "bruno"))
        said = words(views.decision_card(decision, bruno, settings))
        assert said.index("They came back because of us.") < said.index("Say when you come.")
        assert "They trust our dates" in said
        commands = [{one.command for one in views.decision_card(decision, who, settings).buttons} for who in (ada, bruno)]
        assert ["edit-decision" in one for one in commands] == [True, False]
        listed = views.decisions("Decisions", decisions.search(session, "", 5), bruno, settings)
        assert {"decision": str(decision.key)} in [one.args for one in listed.buttons]
        assert "No decision is written down here yet." in words(views.decisions("D", [], bruno, settings))


def test_gaps_name_ten_and_count_the_rest(world: World) -> None:
    """And say where there is none."""
    settings = world.application.settings
    with world.database.session() as session:
        items = [planned.add(session, world, f"item {number}", target="") for number in range(12)]
        card = views.gaps(["trust"], items, [decided.record(session, world)], settings)
        assert len([one for one in card.buttons if one.command == "roadmap"]) == 10
        assert "… and 2 more." in words(card)
        assert "They trust our dates" in words(card)
        assert [one.command for one in card.buttons][-1] == "decision"
    assert "Every target has something planned" in words(views.gaps([], [], [], settings))
