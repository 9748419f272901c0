"""Signing in on the web: a link for one person and once, then a session of half a day."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.access import sign_ins
from bot.domain.access.sign_ins import LINK_LASTS, SESSION_LASTS
from bot.domain.people import people
from tests.conftest import NOW, World


def test_a_link_lets_in_once(world: World) -> None:
    """Looking whose it is doesn't use it; entering does."""
    with world.database.session() as session:
        secret = sign_ins.link_for(session, people.get(session, world.ids["cleo"]), NOW)
        session.flush()
        for _ in range(2):
            person = sign_ins.whose(session, secret, NOW)
            assert person is not None
            assert person.name == "Cleo Marsh"
        cookie = sign_ins.enter(session, secret, NOW)
        assert cookie
        assert sign_ins.enter(session, secret, NOW) is None
        found = sign_ins.session_of(session, cookie, NOW)
        assert found is not None
        assert found.person.name == "Cleo Marsh"


def test_a_link_is_good_for_ten_minutes(world: World) -> None:
    """To the second; and not before it was made, where a clock was put back."""
    with world.database.session() as session:
        secret = sign_ins.link_for(session, people.get(session, world.ids["cleo"]), NOW)
        session.flush()
        assert sign_ins.whose(session, secret, NOW + LINK_LASTS - timedelta(seconds=1))
        assert not sign_ins.whose(session, secret, NOW + LINK_LASTS)
        assert not sign_ins.whose(session, secret, NOW - timedelta(seconds=1))
        assert not sign_ins.whose(session, "made up", NOW)


def test_a_new_link_voids_the_older(world: World) -> None:
    """One person's; somebody else's stays."""
    with world.database.session() as session:
        cleo, ada = (people.get(session, world.ids[name]) for name in ("cleo", "ada"))
        older, other = sign_ins.link_for(session, cleo, NOW), sign_ins.link_for(session, ada, NOW)
        newer = sign_ins.link_for(session, cleo, NOW)
        session.flush()
        assert [sign_ins.whose(session, one, NOW) is not None for one in (older, other, newer)] == [False, True, True]


def test_whoever_lost_the_right_meanwhile_does_not_enter(world: World) -> None:
    """It is asked again when the link is used."""
    with world.database.session() as session:
        emil = people.get(session, world.ids["emil"])
        assert sign_ins.enter(session, sign_ins.link_for(session, emil, NOW), NOW) is None
        cleo = people.get(session, world.ids["cleo"])
        secret = sign_ins.link_for(session, cleo, NOW)
        cleo.active = False
        session.flush()
        assert sign_ins.enter(session, secret, NOW) is None


def test_a_session_ends_after_twelve_hours_and_with_the_person(world: World) -> None:
    """And when they sign out: that browser alone."""
    with world.database.session() as session:
        cleo = people.get(session, world.ids["cleo"])
        one, other = (sign_ins.begin(session, cleo.key, NOW) for _ in range(2))
        session.flush()
        assert sign_ins.session_of(session, one, NOW + SESSION_LASTS - timedelta(seconds=1))
        assert not sign_ins.session_of(session, one, NOW + SESSION_LASTS)
        assert not sign_ins.session_of(session, "", NOW)
        sign_ins.leave(session, one)
        session.expire_all()
        assert [sign_ins.session_of(session, cookie, NOW) is not None for cookie in (one, other)] == [False, True]
        cleo.active = False
        assert not sign_ins.session_of(session, other, NOW)


def test_all_of_somebodys_ends_at_once(world: World) -> None:
    """Browsers and links; nobody else's."""
    with world.database.session() as session:
        cleo, ada = (people.get(session, world.ids[name]) for name in ("cleo", "ada"))
        cookies = [sign_ins.begin(session, one.key, NOW) for one in (cleo, ada)]
        secret = sign_ins.link_for(session, cleo, NOW)
        session.flush()
        sign_ins.end_all(session, cleo.key)
        session.expire_all()
        assert [sign_ins.session_of(session, one, NOW) is not None for one in cookies] == [False, True]
        assert sign_ins.whose(session, secret, NOW) is None
