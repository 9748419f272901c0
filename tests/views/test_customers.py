"""A customer's card: facts for everybody who may see it, and nothing heard for those who may not."""

from __future__ import annotations

from bot.domain.engagements import customers
from bot.domain.people import people
from bot.measures.listed import at_customer
from bot.views import customers as views
from tests.conftest import NOW, World, words
from tests.domain.engagements.test_engagements import log


def shown(world: World, actor: str, name: str = "Globex") -> tuple[str, list[str]]:
    """The card in words, and its commands."""
    with world.database.session() as session:
        customer = customers.named(session, name)
        assert customer is not None
        found, who = at_customer(session, customer), people.get(session, world.ids[actor])
        card = views.card(found, NOW.date(), who, world.application.settings, NOW)
        return words(card), [one.command for one in card.buttons]


def test_who_owns_it_and_when_it_was_seen(world: World) -> None:
    """Never, then today; its newest with what was heard, and the rest by a button."""
    said, _ = shown(world, "ada")
    assert "Never, by any of us" in said
    assert "Emil Novak" in said
    with world.database.session() as session:
        for number in range(4):
            log(session, world, heard=f"heard {number}")
    said, commands = shown(world, "ada")
    assert [f"heard {number}" in said for number in range(4)] == [False, True, True, True]
    assert "All 4" in said
    assert "engagements" in commands
    assert "Never" not in said


def test_each_may_do_there_what_is_theirs(world: World) -> None:
    """An executive logs a visit; the CX office checks what was added in passing; its owner neither."""
    with world.database.session() as session:
        customers.add_unchecked(session, "Umbrella").owner_id = world.ids["emil"]
    commands = {name: set(shown(world, name, "Umbrella")[1]) & {"logvisit", "check-customer"} for name in ("ada", "cleo", "emil")}
    assert "logvisit" in commands["ada"]
    assert "check-customer" not in commands["ada"]
    assert "check-customer" in commands["cleo"]
    assert commands["emil"] == set()
    assert "not checked it yet" in shown(world, "emil", "Umbrella")[0]


def test_what_is_shared_holds_nothing_that_was_heard(world: World) -> None:
    """Nor a contact's name."""
    with world.database.session() as session:
        log(session, world, heard="a secret", contacts=("Maria Lopez",))
        customer = customers.named(session, "Globex")
        assert customer is not None
        card = words(views.shared(customer, NOW.date(), NOW.date(), world.application.settings))
    assert "Fleets" in card
    assert "secret" not in card
    assert "Maria" not in card


def test_a_new_name_and_several_that_fit(world: World) -> None:
    """The first can be added; of the others one is chosen by id, never by what was typed."""
    assert views.new_option("Umbrella").value == "new:Umbrella"
    with world.database.session() as session:
        fitting = customers.search(session, "acme")
        card = views.choose("acme", fitting, "logvisit")
        assert [one.args for one in card.buttons] == [{"customer": str(one.key)} for one in fitting]
        assert {one.command for one in card.buttons} == {"logvisit"}
    assert views.to_check([]) == ()
