"""What every press on a commitment does alike."""

from __future__ import annotations

import pytest

from bot.cards import Card
from bot.domain.errors import NotFound, Refusal
from bot.workflows.commitments import colleague, form, note_field, taken
from tests.conftest import Life, World, button, words
from tests.handlers.test_commitments import made, now_is
from tests.workflows.asking import asking


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30])
def test_a_button_that_carries_no_commitment_is_out_of_date(world: World, key: str) -> None:
    """It says so, whatever an old card or a forged one carries."""
    with asking(world, "ada", args={"commitment": key}) as request, pytest.raises(Refusal, match="out of date"):
        taken(request)


def test_a_form_is_refused_like_one_that_is_not_there(world: World) -> None:
    """Bruno learns nothing, not even that there is one: the words are those for a number that nothing has."""
    made(world)
    said = []
    for key in ("1", "999"):
        with asking(world, "bruno", args={"commitment": key}) as request, pytest.raises(NotFound) as refused:
            form(request, "Done", "complete-commitment", note_field("What was done"))
        said.append((str(refused.value), refused.value.advice))
    assert said[0] == said[1]


def test_a_second_press_does_nothing_and_says_so(world: World) -> None:
    """The one card pressed twice: one event, one version, and how it stands."""
    made(world)
    accept = button(world.say("/commitments", "emil"), "Accept")
    world.press(accept, "emil")
    before = now_is(world)
    late = world.press(accept, "emil")
    assert "Someone else already did this. Emil Novak accepted it" in words(late)
    after = now_is(world)
    assert (after.version, len(after.events)) == (before.version, len(before.events))


def test_a_button_without_a_version_changes_nothing(world: World) -> None:
    """It can't tell what its presser saw."""
    made(world)
    accept = button(world.say("/commitments", "emil"), "Accept")
    late = world.press(accept.model_copy(update={"args": {"commitment": "1"}}), "emil")
    assert "Someone else already did this" in words(late)
    assert now_is(world).accepted_at is None


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ("", ""),
        ("999999", "That person is not known here any more. Choose someone from the list."),
        ("x", "Choose one from the list"),
    ],
)
def test_a_colleague_there_is_not_is_a_mistake_of_the_form(world: World, chosen: str, problem: str) -> None:
    """Left empty is none; what can't be anybody is told at the field."""
    with asking(world, "ada", owner=chosen) as request:
        assert colleague(request, "owner") is None
        assert request.filled.problems.get("owner", "").startswith(problem)
        assert bool(request.filled.problems) is bool(problem)


async def test_only_who_must_act_next_is_written_to(life: Life) -> None:
    """Emil gets what Ada promised, and nothing for his own press; Ada gets it once it is done."""
    made(life.world)
    await life.settle()
    assert life.outbox.sent_to == ["emil@firm.example"]
    card = life.world.say("/commitments", "emil")
    assert isinstance(card, Card)
    life.world.press(button(card, "Accept"), "emil")
    await life.settle()
    assert life.outbox.sent_to == ["emil@firm.example"]
    done = life.world.press(button(life.world.say("/commitments", "emil"), "Done"), "emil")
    life.world.fill(done, "emil", note="Sent")
    await life.settle()
    assert life.outbox.sent_to == ["emil@firm.example", "ada@firm.example"]
