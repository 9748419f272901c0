"""Engagements: what can be one, and who corrects it, for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.engagements import customers, engagements
from bot.domain.engagements.engagements import Draft, Engagement, Kind
from bot.domain.engagements.fields import LIMIT
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people import people
from tests.conftest import NOW, World


def draft(session: Session, world: World, **more: object) -> Draft:
    """What Ada heard at Globex today."""
    said = {
        "kind": Kind.VISIT,
        "happened_on": NOW.date(),
        "heard": "They wait for us.",
        "executives": (people.get(session, world.ids["ada"]),),
        "customer": customers.named(session, "Globex"),
    }
    return Draft(**said | more)  # type: ignore[arg-type]  # each by its name


def log(session: Session, world: World, **more: object) -> Engagement:
    """The same, logged by Ada."""
    ada = people.get(session, world.ids["ada"])
    return engagements.log(session, draft(session, world, **more), ada, world.application.settings, NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"heard": " "}, "heard"),
        ({"heard": "x" * (LIMIT + 1)}, "heard"),
        ({"customer": None}, "customer"),
        ({"executives": ()}, "executives"),
        ({"happened_on": NOW.date() + timedelta(days=1)}, "happened_on"),
        ({"happened_on": NOW.date() - timedelta(days=400)}, "happened_on"),
        ({"stage": "nowhere"}, "stage"),
        ({"evidence_target": "trust"}, "evidence_holds"),
        ({"evidence_holds": True}, "evidence_target"),
        ({"contacts": ("x" * 201,)}, "contacts"),
        ({"kind": Kind.FRONTLINE_DAY, "customer": None, "contacts": ("Maria",)}, "contacts"),
    ],
)
def test_what_cannot_be_one_is_said_by_field(world: World, wrong: dict[str, object], field: str) -> None:
    """Each alone."""
    with world.database.session() as session, pytest.raises(InvalidAnswers) as refused:
        log(session, world, **wrong)
    assert list(refused.value.fields) == [field]


def test_a_day_with_frontline_staff_needs_no_customer(world: World) -> None:
    """It is named by what it was."""
    with world.database.session() as session:
        assert log(session, world).name == "Visit with Globex"
        assert log(session, world, kind=Kind.FRONTLINE_DAY, customer=None).name == Kind.FRONTLINE_DAY.label


def test_contacts_are_the_customers_and_each_is_one(world: World) -> None:
    """Whatever case they are typed in."""
    with world.database.session() as session:
        first = log(session, world, contacts=("Maria Lopez", "maria  LOPEZ", "Jo"))
        second = log(session, world, contacts=("JO",))
        assert {one.name for one in first.contacts} == {"Jo", "Maria Lopez"}
        assert [one.name for one in second.contacts] == ["Jo"]


def test_its_own_people_correct_it_for_some_days_and_the_cx_office_always(world: World) -> None:
    """Then they are told whom to ask; others are told the same as of one that isn't there."""
    settings = world.application.settings
    late = NOW + timedelta(days=settings.engagements.editable_days, seconds=1)
    with world.database.session() as session:
        ada, bruno, cleo = (people.get(session, world.ids[name]) for name in ("ada", "bruno", "cleo"))
        found = log(session, world)
        assert engagements.get_for(session, found.key, ada, settings, NOW) is found
        assert engagements.get_for(session, found.key, cleo, settings, late) is found
        with pytest.raises(NotAllowed, match="for 30 days"):
            found.correct(draft(session, world), ada, settings, late)
        said = []
        for key in (found.key, 999):
            with pytest.raises(NotAllowed) as refused:
                engagements.get_for(session, key, bruno, settings, NOW)
            said.append(str(refused.value))
        assert said[0] == said[1]


def test_a_deleted_one_is_neither_corrected_nor_deleted_again(world: World) -> None:
    """It stays as a row, and says how to log it anew."""
    settings = world.application.settings
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        found = log(session, world)
        found.delete(ada, settings, NOW)
        with pytest.raises(NotFound, match="was deleted"):
            found.delete(ada, settings, NOW)
        assert engagements.get_for(session, found.key, ada, settings, NOW, deleted=True) is found


def test_what_was_right_in_its_day_stays_right_in_a_correction(world: World) -> None:
    """A stage that app.yaml has no more, and a day that is too old by now; a new such one is refused."""
    settings = world.application.settings
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        found = log(session, world)
        found.stage = "was_once"
        later = NOW + timedelta(days=500)
        same = draft(session, world, stage="was_once", happened_on=found.happened_on)
        same.check(ada, settings, later, found)
        with pytest.raises(InvalidAnswers):
            draft(session, world, stage="another").check(ada, settings, later, found)
