"""The roadmap's items: what can be one, who changes it, in which order they stand, and what serves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people import people
from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import LIMIT, TITLE_LIMIT, Plan, RoadmapItem, Status
from tests.conftest import NOW, World


def add(session: Session, world: World, title: str = "Book online", **more: object) -> RoadmapItem:
    """An item that Cleo adds."""
    plan = Plan(**{"title": title, "stage": "onboard", "target": "trust"} | more)  # type: ignore[arg-type]  # each by its name
    return roadmap.add(session, plan, people.get(session, world.ids["cleo"]), world.application.settings, NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * (TITLE_LIMIT + 1)}, "title"),
        ({"stage": "nowhere"}, "stage"),
        ({"target": "nothing"}, "target"),
        ({"what": "x" * (LIMIT + 1)}, "what"),
    ],
)
def test_what_cannot_be_one_is_said_by_field(world: World, wrong: dict[str, str], field: str) -> None:
    """And nothing is stored."""
    with world.database.session() as session:
        with pytest.raises(InvalidAnswers) as refused:
            add(session, world, **wrong)
        assert list(refused.value.fields) == [field]
        assert roadmap.items(session) == []


def test_it_is_owned_by_who_adds_it_unless_said_and_by_nobody_who_left(world: World) -> None:
    """A guest can't either."""
    with world.database.session() as session:
        ada, emil = (people.get(session, world.ids[name]) for name in ("ada", "emil"))
        assert add(session, world).owner.name == "Cleo Marsh"
        assert add(session, world, owner=ada).owner.name == "Ada Lovell"
        emil.guest = True
        with pytest.raises(InvalidAnswers):
            add(session, world, owner=emil)


def test_its_owner_and_the_cx_office_change_it_and_nobody_else(world: World) -> None:
    """A status that it has already is no change."""
    with world.database.session() as session:
        emil, bruno = (people.get(session, world.ids[name]) for name in ("emil", "bruno"))
        item = add(session, world, owner=emil)
        item.move(Status.NEXT, emil, NOW)
        assert (item.version, item.status_since) == (0, NOW)
        item.move(Status.NOW, emil, NOW + timedelta(days=1))
        assert (item.version, item.status_since) == (1, NOW + timedelta(days=1))
        with pytest.raises(NotAllowed, match="owner and the CX office"):
            item.move(Status.DONE, bruno, NOW)
        with pytest.raises(NotAllowed):
            item.change(Plan("Mine", "onboard"), bruno, world.application.settings, NOW)
        assert (item.status, item.title) == (Status.NOW, "Book online")


def test_an_edit_counts_and_keeps_its_owner_unless_another_is_named(world: World) -> None:
    """With its new status since now."""
    with world.database.session() as session:
        cleo = people.get(session, world.ids["cleo"])
        item = add(session, world)
        item.change(Plan(" Book by phone ", "choose", status=Status.STOPPED), cleo, world.application.settings, NOW)
        assert (item.title, item.stage, item.target, item.owner.name) == ("Book by phone", "choose", "", "Cleo Marsh")
        assert not item.is_open
        assert item.version >= 1


def test_they_stand_by_status_then_age(world: World) -> None:
    """Now, next, later, done, stopped; and only those asked for."""
    with world.database.session() as session:
        for title, status in (
            ("e", Status.STOPPED),
            ("b", Status.NEXT),
            ("a", Status.NOW),
            ("c", Status.NEXT),
            ("d", Status.LATER),
        ):
            add(session, world, title, status=status)
        add(session, world, "elsewhere", stage="choose")
        assert [one.title for one in roadmap.items(session, stage="onboard")] == ["a", "b", "c", "d", "e"]
        assert [one.title for one in roadmap.items(session, status=Status.NEXT)] == ["b", "c", "elsewhere"]


def test_what_serves_nothing_and_what_nothing_serves(world: World) -> None:
    """A target that app.yaml has no more is none; a stopped item serves none, a done one does."""
    settings = world.application.settings
    with world.database.session() as session:
        gone = add(session, world, "gone")
        gone.target = "was_once"
        add(session, world, "none", target="")
        add(session, world, "none, and done", target="", status=Status.DONE)
        add(session, world, "stopped", target="self_serve", status=Status.STOPPED)
        session.flush()
        assert {one.title for one in roadmap.untargeted(session, settings)} == {"gone", "none"}
        assert roadmap.unserved(session, settings) == ["trust", "self_serve"]
        add(session, world, "done", target="trust", status=Status.DONE)
        assert roadmap.unserved(session, settings) == ["self_serve"]


def test_one_that_is_not_there(world: World) -> None:
    """With where those that are can be seen."""
    with world.database.session() as session, pytest.raises(NotFound, match="no such roadmap item"):
        roadmap.get(session, 7)
