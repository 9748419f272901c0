"""Customers: one of each name, found by what is typed, and shown to those alone who may see them."""

from __future__ import annotations

import pytest

from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.errors import NotFound, Refusal
from bot.domain.people import people
from tests.conftest import World


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 201])
def test_what_is_no_name_is_refused(name: str) -> None:
    """What can't be seen is none."""
    with pytest.raises(Refusal):
        Customer.named(name)


def test_a_name_is_one_customers_however_it_is_written(world: World) -> None:
    """One added in passing twice is added once, and marked; one that is known isn't."""
    with world.database.session() as session:
        assert customers.add_unchecked(session, "  ACME   corp ").unchecked is False
        new = customers.add_unchecked(session, "Umbrella")
        assert customers.add_unchecked(session, "umbrella") is new
        assert customers.unchecked(session) == [new]


def test_who_may_not_see_its_page_is_told_what_who_asks_for_none_is(world: World) -> None:
    """Its owner sees it, whoever they are."""
    with world.database.session() as session:
        emil, ada = (people.get(session, world.ids[name]) for name in ("emil", "ada"))
        acme, globex = customers.named(session, "Acme Corp"), customers.named(session, "Globex")
        assert acme is not None
        assert globex is not None
        assert customers.get_for(session, globex.key, emil) is globex
        assert customers.get_for(session, acme.key, ada) is acme
        said = []
        for key in (acme.key, 999):
            with pytest.raises(NotFound) as refused:
                customers.get_for(session, key, emil)
            said.append(str(refused.value))
        assert said[0] == said[1]
        assert customers.chosen(session, str(globex.key), emil) is globex
        assert [customers.chosen(session, one, emil) for one in (str(acme.key), "x", "", "999999999999999999999")] == [None] * 4
        assert [one.name for one in customers.readable(session, emil)] == ["Globex"]
        assert len(customers.readable(session, ada)) == 4


def test_a_search_gives_the_best_first_and_key_customers_where_nothing_is_typed(world: World) -> None:
    """No more than asked for."""
    with world.database.session() as session:
        assert customers.search(session, "acme heal")[0].name == "Acme Health"
        assert [one.name for one in customers.search(session, " ")] == ["Acme Corp", "Acme Health", "Globex", "Initech"]
        assert len(customers.search(session, "", limit=2)) == 2
        ids = [one.key for one in customers.search(session, "")]
        assert [one.key for one in customers.by_ids(session, [ids[2], 999, ids[0]])] == [ids[2], ids[0]]


def test_a_contact_is_added_once(world: World) -> None:
    """Whatever its case and spaces."""
    with world.database.session() as session:
        globex = customers.named(session, "Globex")
        assert globex is not None
        maria = globex.contact("Maria Lopez")
        assert globex.contact(" maria  LOPEZ") is maria
        assert len(globex.contacts) == 1
