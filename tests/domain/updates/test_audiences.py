"""Audiences: whom each kind of part means, and whom they mean together."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.domain.updates import audiences
from bot.domain.updates.audience_words import describe, part_label
from bot.domain.updates.audiences import KINDS, Audience
from bot.measures import audience_sizes
from tests.conftest import NOW, World

EVERYONE = ["Ada Lovell", "Aroha Ngata", "Bruno Kraus", "Cleo Marsh", "Dele Okoro", "Emil Novak"]


def names(session: Session, **parts: tuple[str, ...]) -> list[str]:
    """Who is meant, by name."""
    return [one.name for one in audience_sizes.reach(session, Audience(**parts), 50).examples]


def furnish(world: World, session: Session) -> None:
    """Departments, a chain of managers, a guest, somebody who has left, an account and a channel."""
    known = {name: people.get(session, key) for name, key in world.ids.items()}
    known["emil"].department, known["dele"].department = "Service", "Sales"
    known["emil"].manager_id, known["dele"].manager_id = known["dele"].key, known["ada"].key
    known["emil"].link(Platform.SLACK, "T1", "U1", NOW)
    session.add(Person.known("gil@agency.example", "Gil Guest", "Europe/London", guest=True, department="Service"))
    session.add(Person.known("lea@firm.example", "Lea Left", "Europe/London", active=False, department="Service"))
    session.flush()
    audiences.remember_members(session, "slack", "C1", ["U1", "U1", "U404"], NOW)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("everyone", EVERYONE),
        ("guests", ["Gil Guest"]),
        ("role:executive", ["Ada Lovell", "Aroha Ngata", "Bruno Kraus"]),
        ("role:employee", EVERYONE),
        ("department:service", ["Emil Novak"]),
        ("country:de", ["Bruno Kraus"]),
        ("zone:Pacific/Auckland", ["Aroha Ngata"]),
        ("serves:fleets", ["Ada Lovell", "Bruno Kraus", "Emil Novak"]),
        ("channel:slack:C1", ["Emil Novak"]),
        ("channel:slack:C2", []),
        ("platform:slack", ["Emil Novak"]),
        ("team:x", []),
        ("team:99999999999999999999", []),
        ("person:-1", []),
        ("person:", []),
        ("nothing of the kind", []),
        ("", []),
        ("department:' OR true --", []),
    ],
)
def test_each_part(world: World, part: str, expected: list[str]) -> None:
    """Guests only where they are named, those who have left never, and nonsense means nobody."""
    with world.database.session() as session:
        furnish(world, session)
        assert names(session, who=(part,)) == expected


def test_a_team_at_any_depth(world: World) -> None:
    """Whoever reports to somebody who reports to Ada is of her team; she herself isn't."""
    with world.database.session() as session:
        furnish(world, session)
        assert names(session, who=(f"team:{world.ids['ada']}",)) == ["Dele Okoro", "Emil Novak"]


def test_managers_in_a_circle(world: World) -> None:
    """A mistake in the list of people, in which each reports to the next, doesn't go round for ever."""
    with world.database.session() as session:
        furnish(world, session)
        people.get(session, world.ids["ada"]).manager_id = world.ids["emil"]
        session.flush()
        assert names(session, who=(f"team:{world.ids['ada']}",)) == ["Ada Lovell", "Dele Okoro", "Emil Novak"]


def test_any_of_who_and_any_of_also_and_none_of_never(world: World) -> None:
    """The three lists narrow each other down; an empty “also” narrows nothing."""
    with world.database.session() as session:
        furnish(world, session)
        either = ("department:Service", "department:Sales", "role:executive")
        assert names(session, who=either) == ["Ada Lovell", "Aroha Ngata", "Bruno Kraus", "Dele Okoro", "Emil Novak"]
        assert names(session, who=either, also=("country:GB",)) == ["Ada Lovell", "Dele Okoro"]
        assert names(session, who=either, also=("country:GB",), never=("role:executive",)) == ["Dele Okoro"]
        assert names(session, who=(), also=("everyone",)) == []


def test_a_guest_by_name_and_among_guests(world: World) -> None:
    """Named, a guest is meant; a department doesn't name them."""
    with world.database.session() as session:
        furnish(world, session)
        gil = people.by_email(session, "gil@agency.example")
        assert gil is not None
        assert names(session, who=(f"person:{gil.key}",)) == ["Gil Guest"]
        assert names(session, who=("guests", "department:Service")) == ["Emil Novak", "Gil Guest"]


@pytest.mark.parametrize("beside", ["everyone", "department:Service", "role:employee", "zone:Europe/London"])
def test_a_colleague_named_beside_lets_no_guest_in(world: World, beside: str) -> None:
    """Naming one person isn't naming every guest whom another part fits."""
    with world.database.session() as session:
        furnish(world, session)
        assert "Gil Guest" not in names(session, who=(beside, f"person:{world.ids['emil']}"))
        gil = people.by_email(session, "gil@agency.example")
        assert gil is not None
        session.add(Person.known("gia@agency.example", "Gia Guest", "Europe/London", guest=True, department="Service"))
        session.flush()
        found = names(session, who=(beside, f"person:{gil.key}"))
        assert ("Gil Guest" in found, "Gia Guest" in found) == (True, False)


def test_whether_somebody_is_meant(world: World) -> None:
    """The same rule, asked of one."""
    with world.database.session() as session:
        furnish(world, session)
        emil, ada = (people.get(session, world.ids[name]) for name in ("emil", "ada"))
        rule = Audience(who=("department:Service",))
        assert (audiences.includes(session, rule, emil), audiences.includes(session, rule, ada)) == (True, False)


def test_a_part_that_is_not_understood_is_refused() -> None:
    """Among those to be left out it would leave out nobody, and more would get it than was meant."""
    assert set(Audience(who=("everyone",), never=("departmnt:Service",)).problems()) == {"never"}
    assert set(Audience().problems()) == {"who"}
    assert Audience(who=("guests",), also=("country:DE",)).problems() == {}


@pytest.mark.parametrize(
    "part",
    [
        *("role:boss", "role:", "role:Executive", "person:x", "person:-1", "person:1234567890", "person:", "team:all", "person:²"),
        *("channel:slack", "channel:slack:", "channel:irc:C1", "channel::C1", "platform:irc", "zone:Mars/Olympus", "zone:"),
        *(
            "country:Germany",
            "country:",
            "department:",
            "department: ",
            "serves:",
            "everyone:else",
            "everyone:",
            "guests:all",
            "",
            ":",
        ),
    ],
)
def test_a_value_that_nobody_can_have_is_refused(part: str) -> None:
    """Among those to be left out it would leave out nobody, as an unknown kind would."""
    assert set(Audience(who=("everyone",), never=(part,)).problems()) == {"never"}


@pytest.mark.parametrize("part", ["person:999", "team:999", "department:Nowhere", "serves:nobody"])
def test_who_or_what_is_not_there_any_more_is_told(world: World, part: str) -> None:
    """A form may be days old, or made up: what it names is looked up."""
    with world.database.session() as session:
        furnish(world, session)
        right = (f"person:{world.ids['emil']}", "team:1", "department:service", "serves:fleets", "channel:slack:C404", "country:GB")
        rule = Audience(who=("everyone",), never=(*right, part))
        assert rule.problems() == {}
        assert set(audiences.vanished(session, rule, world.application.settings)) == {"never"}
        assert audiences.vanished(session, Audience(who=("everyone", part), never=right), world.application.settings) == {}


def test_every_kind_has_words(world: World) -> None:
    """What is shown of a part is never its key."""
    values = {"role": "executive", "person": "1", "team": "1", "country": "DE", "channel": "slack:C1", "serves": "fleets"}
    with world.database.session() as session:
        for kind in KINDS:
            part = f"{kind}:{values.get(kind, 'x')}" if kind not in {"everyone", "guests"} else kind
            assert ":" not in part_label(session, part, world.application.settings), part


def test_an_audience_in_words(world: World) -> None:
    """As one would say it."""
    rule = Audience(who=("department:Service", "serves:fleets"), also=("country:DE",), never=("role:executive", "person:99"))
    with world.database.session() as session:
        said = describe(session, rule, world.application.settings)
    assert said == (
        "Service or those who look after Fleets, who are also: in Germany, but not: executives or someone who isn't known any more"
    )


def test_the_channels_of_an_audience() -> None:
    """Each once, wherever it is named; one without an id is none."""
    rule = Audience(who=("channel:slack:C1",), also=("channel:teams:19:x@thread",), never=("channel:slack:C1", "channel:slack"))
    assert rule.channels == (("slack", "C1"), ("teams", "19:x@thread"))


def test_a_channel_that_nobody_could_look_into_keeps_everybody_out_of_never(world: World) -> None:
    """Until its members are known, anybody may be one: the audience is empty, rather than too large."""
    with world.database.session() as session:
        furnish(world, session)
        assert names(session, who=("everyone",), never=("channel:slack:C404",)) == []
        audiences.remember_members(session, "slack", "C404", [], NOW)
        assert names(session, who=("everyone",), never=("channel:slack:C404",)) == EVERYONE


def test_a_member_whom_the_platform_could_not_name_may_be_anybody_without_an_account(world: World) -> None:
    """Whoever has an account there is known not to be the one; the others are left out."""
    with world.database.session() as session:
        furnish(world, session)
        audiences.remember_members(session, "slack", "C2", ["U8", "U9"], NOW, unknown=["U9"])
        assert names(session, who=("everyone",), never=("channel:slack:C2",)) == ["Emil Novak"]
        found = audience_sizes.inside(session, Audience(who=("channel:slack:C2",)))
        assert [(one.people, one.outsiders, one.unknown) for one in found] == [(2, 2, 1)]
