"""Colleagues to choose from."""

from __future__ import annotations

from bot.domain.people.people import Person
from bot.workflows.colleagues import SUGGESTED, among, colleagues
from tests.conftest import World
from tests.workflows.asking import asking


def test_only_who_works_here_now_is_offered(world: World) -> None:
    """By name while nothing is typed; neither a guest nor somebody who left, not even by the very name."""
    with world.database.session() as session:
        for name, more in (("Gus Guest", {"guest": True}), ("Lena Left", {"active": False})):
            session.add(Person.known(f"{name[:3]}@firm.example", name, "Europe/London", (), **more))
    with asking(world, "emil") as request:
        everyone = [one.label for one in colleagues(request, "  ")]
        assert everyone == ["Ada Lovell", "Aroha Ngata", "Bruno Kraus", "Cleo Marsh", "Dele Okoro", "Emil Novak"]
        assert {one.label for name in ("Gus Guest", "Lena Left") for one in colleagues(request, name)} <= set(everyone)


def test_the_likest_name_comes_first(world: World) -> None:
    """However it is written; its id is what is chosen."""
    for typed in ("bruno kraus", "Krauss", "BRUNO"):
        with asking(world, "emil") as request:
            assert colleagues(request, typed)[0].value == str(world.ids["bruno"])


def test_never_more_than_a_list_can_show() -> None:
    """A hundred, in the order they came where nothing was typed, and likewise of those that fit."""
    many = [Person(id=key, email=f"p{key}@firm.example", name=f"Person {key}", zone="UTC") for key in range(1, SUGGESTED + 21)]
    assert [one.value for one in among(many, "")] == [str(key) for key in range(1, SUGGESTED + 1)]
    assert len(among(many, "Person")) == SUGGESTED
    assert among([], "Person") == ()
