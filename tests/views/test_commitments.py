"""A commitment's card: how it stands, and what each reader may do about it by then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.people import people
from bot.domain.promises import promises
from bot.domain.promises.agendas import Item, Why
from bot.views import commitments as views
from tests.conftest import NOW, World, words
from tests.handlers.test_commitments import made

LATE = NOW + timedelta(days=60)


def commands(world: World, actor: str, key: int = 1) -> set[str]:
    """What somebody may press."""
    with world.database.session() as session:
        card = views.card(promises.get(session, key), people.get(session, world.ids[actor]), NOW)
        return {one.command for one in card.buttons}


def test_each_reader_may_do_what_is_theirs(world: World) -> None:
    """The owner keeps it, who promised decides, others look."""
    made(world)
    assert {"accept-commitment", "complete-commitment", "change-date", "hand-on-commitment"} <= commands(world, "emil")
    assert "withdraw-commitment" not in commands(world, "emil")
    assert {"withdraw-commitment", "change-date"} <= commands(world, "ada")
    assert "complete-commitment" not in commands(world, "ada")
    assert commands(world, "bruno") == set()


def test_its_buttons_change_with_its_state(world: World) -> None:
    """A date that is asked for is agreed to; what is done is told."""
    made(world)
    with world.database.session() as session:
        one, emil = promises.get(session, 1), people.get(session, world.ids["emil"])
        one.accept(emil, NOW)
        one.propose(one.due + timedelta(days=7), "The part is late.", emil, NOW)
    assert {"agree-date", "keep-date"} <= commands(world, "ada")
    assert "agree-date" not in commands(world, "emil")
    with world.database.session() as session:
        promises.get(session, 1).complete("It is sent.", "", people.get(session, world.ids["emil"]), NOW)
    assert commands(world, "ada") == {"told-customer", "reopen-commitment"}
    assert commands(world, "emil") == set()


def test_a_stale_button_shows_how_it_stands_and_what_was_typed(world: World) -> None:
    """Nothing that was written is lost."""
    made(world)
    with world.database.session() as session:
        one, ada = promises.get(session, 1), people.get(session, world.ids["ada"])
        said = words(views.changed_since(one, ada, NOW, "my note"))
    assert "Someone else already did this. Ada Lovell made it." in said
    assert "my note" in said
    assert "What you wrote was not used" in said


def test_late_ones_stand_first_and_six_are_shown(world: World) -> None:
    """The rest is counted, with how to narrow it down."""
    for number in range(8):
        made(world, f"/commit @Emil to do thing {number} for Globex by 2026-12-{20 - number}")
    with world.database.session() as session:
        found = [promises.get(session, key) for key in range(1, 9)]
        card = views.listing("Promises", found, people.get(session, world.ids["emil"]), LATE)
    said = words(card)
    assert said.index("hing 7") < said.index("hing 6")
    assert "hing 1" not in said
    assert "… and 2 more." in said
    assert "No open commitments here" in words(views.listing("Promises", [], world.person("emil"), NOW))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW.date(), "Due today."),
        (NOW.date() + timedelta(days=1), "Due in 1 day."),
        (NOW.date() - timedelta(days=3), "Overdue by 3 days."),
    ],
)
def test_a_list_says_why_each_is_on_it(world: World, due: date, said: str) -> None:
    """By its reader's own day."""
    made(world)
    with world.database.session() as session:
        one = promises.get(session, 1)
        one.due = due
        card = views.agenda([Item(one, Why.SOON)], people.get(session, world.ids["emil"]), NOW)
    assert said in words(card)


def test_a_long_list_shows_four_in_full_and_opens_the_rest(world: World) -> None:
    """Each by a button of its own; an empty one says so."""
    for number in range(6):
        made(world, f"/commit @Emil to do thing {number} for Globex by next Friday")
    with world.database.session() as session:
        emil = people.get(session, world.ids["emil"])
        items = [Item(promises.get(session, key), Why.SOON) for key in range(1, 7)]
        card = views.agenda(items, emil, NOW)
        assert [(one.label, one.args) for one in card.buttons][-2:] == [
            ("Open 1", {"commitment": "5"}),
            ("Open 2", {"commitment": "6"}),
        ]
        assert "And 2 more" in words(card)
        assert "Nothing here needs attention any more." in words(views.agenda([], emil, NOW))
