"""A person's own page: what waits first, no longer than two screens, one button that stands out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cards import ButtonStyle, Card
from bot.delivery.shown.homes import home_card
from bot.domain.engagements import prompts
from bot.domain.people import people
from bot.views.home import short
from tests.conftest import NOW, World, words
from tests.domain.engagements.test_prompts import because
from tests.handlers.test_commitments import made


def page(world: World, name: str, days: int = 0) -> Card:
    """Somebody's, so many days from now."""
    with world.database.session() as session:
        return home_card(session, people.get(session, world.ids[name]), world.application.settings, NOW + timedelta(days=days))


@pytest.mark.parametrize("name", ["ada", "dele", "cleo", "emil"])
def test_everybodys_has_one_button_that_stands_out_at_most_and_none_that_replaces(world: World, name: str) -> None:
    """An answer would take the page's place."""
    made(world)
    buttons = page(world, name).buttons
    assert len([one for one in buttons if one.style is ButtonStyle.PRIMARY]) <= 1
    assert not [one.label for one in buttons if one.replaces]
    assert buttons


def test_a_question_that_waits_comes_first_and_says_until_when_it_was_put_off(world: World) -> None:
    """With it open a visit is logged there, and not once more below."""
    settings = world.application.settings
    plain = [one.command for one in page(world, "ada").buttons]
    assert plain[0] == "logvisit"
    with world.database.session() as session:
        found = prompts.ask(session, people.get(session, world.ids["ada"]), settings, NOW, because)
        assert found is not None
        key = found.key
    assert "which customers have you spoken with" not in words(page(world, "ada")), "it isn't asked yet"
    with world.database.session() as session:
        prompts.get(session, key).wake(session, settings, NOW, because)
    asked = page(world, "ada")
    assert asked.model_dump_json().index("which customers have you spoken with") < asked.model_dump_json().index("visits")
    assert [one.args for one in asked.buttons if one.command == "logvisit"] == [{"prompt": str(key)}]
    with world.database.session() as session:
        prompts.get(session, key).snooze(settings, NOW)
    assert "I'll ask again on Thu 26 Nov 2026" in words(page(world, "ada"))


def test_a_list_is_short_and_says_how_long_it_is(world: World) -> None:
    """Five, three beside the CX office's part; late ones are counted."""
    for number in range(7):
        made(world, f"/commit @Emil to do thing {number} for Globex by 2026-12-0{number + 1}")
    said = page(world, "emil", days=9)
    assert "Your commitments: 7 (" in words(said)
    assert len([one for one in said.buttons if one.command == "show-commitment"]) == 5
    assert "All of them" in [one.label for one in said.buttons]
    office = page(world, "cleo", days=20)
    assert "Overdue commitments: " in words(office)
    assert len([one for one in office.buttons if one.command == "show-commitment"]) == 3
    assert "Everyone's" in [one.label for one in office.buttons]


def test_each_role_has_its_parts(world: World) -> None:
    """The CX office the company's; who acts for one executive theirs; an employee the updates."""
    assert "Nothing waits for the CX office." in words(page(world, "cleo"))
    assert "visits" in words(page(world, "dele"))
    assert "Updates for you" in words(page(world, "emil"))
    for name in ("ada", "emil"):
        assert "CX office" not in words(page(world, name))


@pytest.mark.parametrize(
    ("text", "said"), [("a  b\nc", "a b c"), ("x" * 26, "x" * 26), ("x" * 27, "x" * 25 + "…"), ("a" * 24 + " bcd", "a" * 24 + "…")]
)
def test_a_text_in_one_line(text: str, said: str) -> None:
    """Cut with a sign, and no space before it."""
    assert short(text) == said
