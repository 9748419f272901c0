"""Decisions: what can be one, who corrects it, and how it is found again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people import people
from bot.domain.plans import decisions
from bot.domain.plans.decisions import Decision, Ruling
from bot.domain.plans.roadmap import LIMIT
from tests.conftest import NOW, World


def ruling(session: Session, world: World, **more: object) -> Ruling:
    """What Ada decided today."""
    said = {
        "title": "No fee for a second visit",
        "why": "They came back because of us.",
        "stage": "onboard",
        "decided_by": people.get(session, world.ids["ada"]),
        "decided_on": NOW.date(),
    }
    return Ruling(**said | more)  # type: ignore[arg-type]  # each by its name


def record(session: Session, world: World, **more: object) -> Decision:
    """The same, written down by Cleo."""
    cleo = people.get(session, world.ids["cleo"])
    return decisions.record(session, ruling(session, world, **more), cleo, world.application.settings, NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"why": " "}, "why"),
        ({"why": "x" * (LIMIT + 1)}, "why"),
        ({"need": "x" * (LIMIT + 1)}, "need"),
        ({"stage": "nowhere"}, "stage"),
        ({"target": "nothing"}, "target"),
        ({"decided_by": None}, "decided_by"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": NOW.date() + timedelta(days=1)}, "decided_on"),
    ],
)
def test_what_cannot_be_one_is_said_by_field(world: World, wrong: dict[str, object], field: str) -> None:
    """And nothing is stored."""
    with world.database.session() as session:
        with pytest.raises(InvalidAnswers) as refused:
            record(session, world, **wrong)
        assert list(refused.value.fields) == [field]
        assert decisions.search(session, "", 5) == []


def test_a_day_that_has_begun_where_it_is_written_down_is_not_to_come(world: World) -> None:
    """In Auckland it is tomorrow already, half an hour before midnight in London."""
    evening = NOW.replace(hour=23, minute=30)
    with world.database.session() as session:
        aroha, cleo = (people.get(session, world.ids[name]) for name in ("aroha", "cleo"))
        tomorrow = ruling(session, world, decided_on=NOW.date() + timedelta(days=1))
        tomorrow.check(aroha, world.application.settings, evening)
        with pytest.raises(InvalidAnswers):
            tomorrow.check(cleo, world.application.settings, evening)


def test_who_took_it_who_wrote_it_down_and_the_cx_office_correct_it(world: World) -> None:
    """Nobody else; each correction counts."""
    with world.database.session() as session:
        found = record(session, world)
        for number, name in enumerate(("ada", "cleo"), start=1):
            said = ruling(session, world, why=f"Because, says {name}.")
            found.change(said, people.get(session, world.ids[name]), world.application.settings, NOW)
            assert (found.version, found.why) == (number, f"Because, says {name}.")
        with pytest.raises(NotAllowed, match="whoever took it"):
            found.change(ruling(session, world), people.get(session, world.ids["bruno"]), world.application.settings, NOW)
        assert found.version == 2


def test_it_is_found_by_a_word_of_any_part_the_newest_first(world: World) -> None:
    """English words by their stem, others as they are; what a search box is typed full of is no error."""
    with world.database.session() as session:
        record(session, world, title="Fees are gone", decided_on=NOW.date() - timedelta(days=2))
        record(session, world, title="A night line", need="Sie warten auf Rückrufe, and on fees")
        assert [one.title for one in decisions.search(session, "fee", 5)] == ["A night line", "Fees are gone"]
        assert [one.title for one in decisions.search(session, "Rückrufe", 5)] == ["A night line"]
        assert [one.title for one in decisions.search(session, "", 1)] == ["A night line"]
        assert decisions.search(session, "'\" & | ! ( :*", 5) == []


def test_what_serves_no_target_is_to_be_questioned(world: World) -> None:
    """One that app.yaml has no more is none."""
    with world.database.session() as session:
        record(session, world, title="tied", target="trust")
        record(session, world, title="for none")
        record(session, world, title="for what was", target="trust").target = "was_once"
        session.flush()
        found = decisions.untargeted(session, world.application.settings)
        assert {one.title for one in found} == {"for none", "for what was"}


def test_one_that_is_not_there(world: World) -> None:
    """With where those that are can be seen."""
    with world.database.session() as session, pytest.raises(NotFound, match="no such decision"):
        decisions.get(session, 7)
