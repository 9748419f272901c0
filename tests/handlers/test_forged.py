"""What a client made up: ids outside of what a form offered, values no list has, an event's id of before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cards import Answers, Card, Form, Reply
from bot.commands import Inbound
from bot.domain.access import accounts
from bot.domain.people import people
from bot.domain.people.people import Account, Person, Platform, Role
from bot.domain.plans.roadmap import RoadmapItem, Status
from tests.conftest import World, button, words


def sent(world: World, actor: str, command: str, args: dict[str, str], form: Answers | None = None) -> Reply:
    """Send a button or form."""
    return world.application.dispatcher.handle(Inbound(world.sender(actor), command, args=args, form=form))


@pytest.fixture
def dora(world: World) -> str:
    """A delegate whom no executive has named: a form may open for them, but no customer is theirs to see."""
    with world.database.session() as session:
        session.add(Person.known("dora@firm.example", "Dora Dunn", "Europe/London", (Role.DELEGATE,)))
    return "dora"


@pytest.mark.parametrize("command", ["logvisit", "logcall", "commit"])
def test_a_form_names_no_customer_that_is_not_ones_to_see(world: World, dora: str, command: str) -> None:
    """By an id in a button, or in what was filled in: one there is and one there isn't are answered alike."""
    filled: Answers = {"what": "Call back", "heard": "They wait", "happened_on": "2026-11-25", "due": "2026-11-30"}
    for customer in ("1", "2", "999"):
        assert "Acme" not in words(sent(world, dora, command, {"customer": customer}))
        assert "Acme" not in words(sent(world, dora, command, {}, filled | {"customer": customer}))
    pairs = [
        [words(sent(world, dora, command, {"customer": one})).replace(one, "?") for one in ("1", "999")],
    ]
    if command != "commit":  # whose form has one of the customer of an engagement alone
        assert all(first == second for first, second in pairs)
    assert "Acme" in words(sent(world, "ada", command, {}, {"customer": "1"}))


def test_a_status_that_there_is_not_moves_no_roadmap_item(world: World) -> None:
    """It is refused with what was typed; a form that didn't ask for it leaves it."""
    form = sent(world, "ada", "add-roadmap-item", {})
    assert isinstance(form, Form)
    made = world.fill(
        form, "ada", title="Faster answers", stage=world.application.settings.journey[0].key, target="none", status="now"
    )
    assert isinstance(made, Card), made
    edit = world.press(button(made, "Edit"), "ada")
    assert isinstance(edit, Form)
    refused = world.fill(edit, "ada", title="Faster still", status="tomorrow")
    assert isinstance(refused, Form), refused
    assert refused.errors == {"status": "Choose one from the list."}
    assert "Faster still" in words(refused)
    answers = {name: value for name, value in edit.answers.items() if name != "status"}
    sent(world, "ada", edit.command, dict(edit.args), answers | {"title": "Fast"})
    with world.database.session() as session:
        item = session.get_one(RoadmapItem, 1)
        assert (item.title, item.status) == ("Fast", Status.NOW)


def test_an_account_that_is_somebody_elses_by_now_is_not_given_what_was_answered_before(world: World) -> None:
    """The same event again, as a platform sends it: the answer was for whoever had the account then."""
    hers = replace(world.sender("cleo", Platform.SLACK), user_id="U1", tenant="T1")
    asked = Inbound(hers, "engagements", event_id="Ev1")
    assert "Everyone's engagements" in words(world.application.dispatcher.handle(asked))
    with world.database.session() as session:
        found = people.account_of(session, Platform.SLACK, "T1", "U1")
        assert isinstance(found, Account)
        accounts.unlink(session, found, "a test")
    emils = replace(hers, email="emil@firm.example")
    assert "Everyone's engagements" not in words(world.application.dispatcher.handle(replace(asked, sender=emils)))
