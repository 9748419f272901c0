"""What the forms of an update offer, and what is made of their answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.cards import Form
from bot.domain.people import people
from bot.domain.updates import broadcasts
from bot.domain.updates.broadcasts import BroadcastState
from bot.workflows.updates import ask_to_send, audience, language, parts
from tests.conftest import World, button, words
from tests.handlers.test_updates import WORDING, aimed, asked, drafted
from tests.workflows.asking import asking


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("14:00", "14:00"), ("9.30 am", "09:30"), ("14h05", "14:05"), ("12 am", "00:00"), ("12:15PM", "12:15"), ("7", "07:00")],
)
def test_a_time_is_taken_as_it_is_written(world: World, typed: str, taken: str) -> None:
    """On the clock of whoever sends it."""
    aimed(world)
    with asking(world, "cleo", when="at", day="2026-12-01", at=typed) as request:
        broadcast = broadcasts.get(request.session, 1)
        ask_to_send(request, broadcast)
        assert broadcast.at == datetime.fromisoformat(f"2026-12-01T{taken}+00:00")


@pytest.mark.parametrize(
    ("when", "field", "problem"),
    [
        ({"when": "at", "at": "25:00"}, "at", "“25:00” is no time. Write it like 14:00."),
        ({"when": "at", "at": "14:60"}, "at", "is no time"),
        ({"when": "at", "at": "noon"}, "at", "is no time"),
        ({"when": "at", "at": ""}, "at", "is no time"),
        ({"when": ""}, "when", "Choose when it goes out."),
        ({"when": "junk"}, "when", "Choose when it goes out."),
        ({"when": "morning", "day": "soon"}, "day", "“soon” is no date"),
    ],
)
def test_what_is_no_time_sends_nothing(world: World, when: dict[str, str], field: str, problem: str) -> None:
    """It is told at its field, and it stays a draft."""
    form = asked(world, aimed(world), **when)
    assert isinstance(form, Form), form
    assert problem in form.errors[field]
    with world.database.session() as session:
        assert broadcasts.get(session, 1).state == BroadcastState.DRAFT


def test_urgent_is_the_offices_to_choose(world: World) -> None:
    """An executive isn't offered it, and a forged form that says so sends nothing at all."""
    mine = world.fill(world.press(button(drafted(world, "ada"), "Audience"), "ada"), "ada", who=["everyone"])
    form = world.press(button(mine, "Send…"), "ada")
    assert "Urgent" not in words(form)
    assert "Only the CX office and administrators send an update outside" in words(world.fill(form, "ada", when="urgent"))
    with world.database.session() as session:
        one = broadcasts.get(session, 1)
        assert (one.state, one.urgent) == (BroadcastState.DRAFT, False)
    assert "Urgent" in words(world.press(button(aimed(world), "Send…"), "cleo"))


def test_single_people_and_teams_are_offered_once_something_is_typed(world: World) -> None:
    """A team only of somebody whom others report to; nobody who has left."""
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).manager_id = world.ids["bruno"]
        people.get(session, world.ids["dele"]).active = False
    with asking(world, "cleo") as request:
        assert not {one.value.partition(":")[0] for one in parts(request, "")} & {"person", "team"}
        assert {f"person:{world.ids['bruno']}", f"team:{world.ids['bruno']}"} <= {
            one.value for one in parts(request, "Bruno Kraus")
        }
        assert f"team:{world.ids['emil']}" not in {one.value for one in parts(request, "Emil Novak")}
        assert f"person:{world.ids['dele']}" not in {one.value for one in parts(request, "Dele Okoro")}


def test_a_part_chosen_twice_is_one(world: World) -> None:
    """In the order in which they were chosen; empty ones are none."""
    with asking(world, "cleo", who=["role:delegate", "everyone", "", "role:delegate"], never="country:DE") as request:
        found = audience(request)
    assert (found.who, found.also, found.never) == (("role:delegate", "everyone"), (), ("country:DE",))


def test_a_language_is_offered_until_the_update_speaks_it(world: World) -> None:
    """Of those that people here have; a country's way of one is no language of its own."""
    assert [language(one) for one in ("de-AT", "pt_BR", "EN")] == ["de", "pt", "en"]
    form = world.press(button(drafted(world), "Another language"), "cleo")
    assert isinstance(form, Form)
    (field,) = [one for one in form.fields if one.name == "locale"]
    assert [one.value for one in getattr(field, "options", ())] == ["de"]
    card = world.fill(form, "cleo", locale="de", **{name: value for name, value in WORDING.items() if name != "may"})
    again = world.press(button(card, "Another language"), "cleo")
    assert isinstance(again, Form)
    assert "de" not in [one.value for field in again.fields if field.name == "locale" for one in getattr(field, "options", ())]
