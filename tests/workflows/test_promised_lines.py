"""What was promised, typed into the form of a visit: a line each, at most three."""

import pytest
from sqlmodel import col, select

from bot.cards import Card, Form
from bot.commands import Inbound
from bot.domain.people.people import Person
from bot.domain.promises.commitments import Commitment
from tests.conftest import Life, World, button, words

THREE = "@Emil to send the outage report by next Friday\n\n- Bruno Kraus will call Jane tomorrow\n3. thank them by 2026-12-01"


def visit(world: World, promised: str, actor: str = "ada", **answers: str | list[str]) -> Card | Form:
    """Log a visit to Globex with something promised."""
    form = world.say("/logvisit Globex yesterday: they wait for a report", actor)
    return world.fill(form, actor, promised=promised, **answers)


def kept(world: World) -> list[Commitment]:
    """What is promised, in the order of the lines."""
    with world.database.session() as session:
        found = list(session.exec(select(Commitment).order_by(col(Commitment.id))))
        for one in found:
            _ = one.owner, one.promised_by, one.customer
        return found


def test_three_lines_are_three_promises(world: World) -> None:
    """Each with its owner (nobody named: the executive), its day, the visit's customer, stage and target; one line each says so."""
    card = visit(world, THREE, stage="onboard", evidence_target="trust", evidence_holds="no")
    assert "Commitment: send the outage report · Emil Novak · Fri 4 Dec 2026" in words(card)
    assert "Commitment: call Jane · Bruno Kraus · Thu 26 Nov 2026" in words(card)
    assert "Commitment: thank them · Ada Lovell · Tue 1 Dec 2026" in words(card)
    found = kept(world)
    assert [one.owner.name for one in found] == ["Emil Novak", "Bruno Kraus", "Ada Lovell"]
    assert {one.promised_by.name for one in found} == {"Ada Lovell"}
    assert {(one.customer_id, one.engagement_id, one.stage, one.target, str(one.heard_on)) for one in found} == {
        (3, 1, "onboard", "trust", "2026-11-24")
    }
    assert [one.accepted_at is not None for one in found] == [False, False, True]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "@Emil to send the report",
            "“@Emil to send the report”: by when? Write “@Emil to send the report by Friday”, or another day.",
        ),
        ("@Emil to send it by 2026-11-20", "“@Emil to send it by 2026-11-20”: That day is past."),
        ("@Emil to by Friday", "Say what is promised."),
        ("@Emil by Friday", "write “to” after the name"),
        ("@Zacharias to send it by Friday", "I know no “Zacharias”. Write the name of someone who works here."),
        ("@Ed to send it by Friday", "that may be Ed Stark or Ed Stone. Write the full name."),
        ("@Gus to send it by Friday", "Gus Guest is a guest here. Name someone who works here."),
        ("Lena Left to send it by Friday", "Lena Left has left. Name someone who works here."),
        ("a by Friday\nb by Friday\nc by Friday\nd by Friday", "3 fit here. Take out “d by Friday” and add it after saving."),
        ("a by Friday\nb\nc", "“b”: by when? Write “b by Friday”, or another day. “c”: by when?"),
    ],
)
def test_a_line_that_is_not_clear_says_what_to_write(world: World, line: str, problem: str) -> None:
    """The line is quoted at its field; nothing is saved, nothing typed is lost."""
    with world.database.session() as session:
        for name, more in (("Ed Stone", {}), ("Ed Stark", {}), ("Gus Guest", {"guest": True}), ("Lena Left", {"active": False})):
            session.add(Person.known(f"{name.replace(' ', '.')}@firm.example", name, "Europe/London", (), **more))
    again = visit(world, line)
    assert isinstance(again, Form)
    assert set(again.errors) == {"promised"}
    assert problem in again.errors["promised"]
    assert again.answers["promised"] == line
    assert again.answers["heard"] == "they wait for a report"
    assert (kept(world), world.history("engagements")) == ([], [])


ODD = (
    "@",
    "@ to x by Friday",
    "to by Friday",
    ": x by Friday",
    "\u2022",
    "1.",
    "-",
    "\u2028\r\n ",
    "@" * 3_000,
    "to " * 900,
    "😀 will 😀 by Friday",
)


@pytest.mark.parametrize("typed", ODD)
def test_any_text_is_taken(world: World, typed: str) -> None:
    """It is a promise, or nothing, or said to be unclear; never lost."""
    reply = visit(world, typed)
    assert isinstance(reply, Card) or (set(reply.errors) == {"promised"} and reply.answers["promised"] == typed)


def test_every_mistake_is_told_at_once(world: World) -> None:
    """One in the lines and one elsewhere."""
    again = visit(world, "send it", heard=" ")
    assert isinstance(again, Form)
    assert set(again.errors) == {"promised", "heard"}


def test_a_delegate_writes_for_the_executive_who_was_there(world: World) -> None:
    """Promised by that executive, who keeps what names nobody, and has yet to accept it."""
    visit(world, "I will call them by Friday", "dele")
    (one,) = kept(world)
    assert (one.what, one.owner.name, one.promised_by.name, one.accepted_at) == ("call them", "Ada Lovell", "Ada Lovell", None)
    assert "Yours to deliver for Globex" in words(world.say("/commitments", "ada"))


def test_the_executive_who_writes_is_who_promised(world: World) -> None:
    """Of several who were there; else the first."""
    visit(world, "call by Friday", "cleo", executives=[str(world.ids[name]) for name in ("bruno", "ada")])
    assert kept(world)[0].promised_by_id == world.ids["bruno"]


def test_a_form_sent_twice_is_saved_once(world: World) -> None:
    """Two presses on Save are one visit and its promises once."""
    form = world.say("/logvisit Globex: they wait", "ada")
    assert isinstance(form, Form)
    filled = {**form.answers, "promised": THREE}
    again = Inbound(world.sender("ada"), form.command, args=form.args, form=filled)
    assert world.application.dispatcher.handle(again) == world.application.dispatcher.handle(again)
    assert len(kept(world)) == 3


def test_not_asked_when_editing_and_the_promise_keeps_up(world: World) -> None:
    """A corrected day is the day it was heard, a corrected customer whom it's promised to; nothing is promised a second time."""
    card = visit(world, "call by Friday")
    form = world.press(button(card, "Edit"), "ada")
    assert isinstance(form, Form)
    assert "promised" not in form.answers
    world.fill(form, "ada", happened_on="2026-11-20", stage="choose", promised="more by Friday", customer="4")
    (one,) = kept(world)
    assert (str(one.heard_on), one.stage, one.customer_id) == ("2026-11-20", "choose", 4)


async def test_owners_are_told_at_once(life: Life) -> None:
    """Whoever is named gets it to accept; who promised it to themselves gets nothing."""
    visit(life.world, THREE)
    await life.settle()
    assert sorted(life.outbox.sent_to) == ["bruno@firm.example", "emil@firm.example"]
    assert "Ada Lovell has asked you to deliver this for Globex" in {cards[0].title for cards in life.outbox.cards.values()}
