"""Whose account is whose: by its platform's word alone, and for no longer than that stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.access import accounts, sign_ins
from bot.domain.access.accounts import FRESH_FOR, KEPT_FOR, NEVER, Claim, Verdict, Vouch
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from tests.conftest import NOW, World


def claim(vouch: Vouch = Vouch.OURS, email: str = "ada@firm.example", user_id: str = "U1") -> Claim:
    """What Slack says of an account."""
    return Claim(Platform.SLACK, "T1", user_id, email, vouch)


def linked(session: Session, world: World, name: str, user_id: str = "U1") -> Account:
    """An account that somebody has."""
    return people.get(session, world.ids[name]).link(Platform.SLACK, "T1", user_id, NOW)


def test_one_that_is_vouched_for_is_linked_once(world: World) -> None:
    """At its first use to whoever has the address; afterwards it is known."""
    with world.database.session() as session:
        first = accounts.recognise(session, claim(), NOW)
        assert first is not None
        assert (first.person.name, first.new, first.linked) == ("Ada Lovell", True, True)
        session.flush()
        again = accounts.recognise(session, claim(), NOW)
        assert again is not None
        assert (again.person.name, again.new, again.linked) == ("Ada Lovell", False, False)


@pytest.mark.parametrize("vouch", [Vouch.UNSAID, Vouch.UNKNOWN, Vouch.NOT_OURS])
def test_without_its_platforms_word_a_new_one_is_nobodys(world: World, vouch: Vouch) -> None:
    """Whatever address it claims."""
    with world.database.session() as session:
        assert accounts.recognise(session, claim(vouch), NOW) is None
        assert not accounts.admits(session, claim(vouch), NOW)
        assert accounts.linked(session) == []


@pytest.mark.parametrize(("age", "known"), [(KEPT_FOR - timedelta(seconds=1), True), (KEPT_FOR, False)])
def test_an_outage_lets_in_whom_the_platform_knew_within_a_week(world: World, age: timedelta, known: bool) -> None:
    """To the second."""
    with world.database.session() as session:
        linked(session, world, "ada")
        session.flush()
        found = accounts.recognise(session, claim(Vouch.UNSAID, ""), NOW + age)
        assert (found is not None) is known


def test_one_that_is_not_ours_any_more_is_unlinked_whole(world: World) -> None:
    """Signed out everywhere, and where its copies are is forgotten; somebody else's stay."""
    with world.database.session() as session:
        linked(session, world, "ada")
        ada, emil = (people.get(session, world.ids[name]) for name in ("ada", "emil"))
        cookies = [sign_ins.begin(session, one.key, NOW) for one in (ada, emil)]
        copies = [deliveries.queue(session, one, Subject.COMMITMENT, 1, NOW) for one in (ada, emil)]
        for copy in copies:
            copy.platform, copy.user_id, copy.message_id = Platform.SLACK, "U1", "m"
        session.flush()
        assert accounts.recognise(session, claim(Vouch.NOT_OURS), NOW) is None
        assert accounts.linked(session) == []
        assert [sign_ins.session_of(session, one, NOW) is not None for one in cookies] == [False, True]
        session.expire_all()
        assert [one.message_id for one in copies] == ["", "m"]


def test_it_moves_with_its_address(world: World) -> None:
    """The account's address is Bruno's now: it is his, and Ada's no more."""
    with world.database.session() as session:
        linked(session, world, "ada")
        session.flush()
        found = accounts.recognise(session, claim(email="bruno@firm.example"), NOW)
        assert found is not None
        assert (found.person.name, found.linked) == ("Bruno Kraus", True)
        assert [person.name for _, person in accounts.linked(session)] == ["Bruno Kraus"]


def test_a_changed_name_that_the_list_does_not_have_yet_changes_nothing(world: World) -> None:
    """Unless nobody ever vouched for the account."""
    with world.database.session() as session:
        account = linked(session, world, "ada")
        session.flush()
        married = claim(email="ada.kraus@firm.example")
        found = accounts.recognise(session, married, NOW)
        assert found is not None
        assert found.person.name == "Ada Lovell"
        account.vouched_at = None
        session.flush()
        assert not accounts.admits(session, married, NOW)
        assert accounts.recognise(session, married, NOW) is None


def test_whoever_left_is_nobody(world: World) -> None:
    """With an account or without."""
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).active = False
        session.flush()
        assert accounts.recognise(session, claim(), NOW) is None
        linked(session, world, "ada")
        session.flush()
        assert accounts.recognise(session, claim(), NOW) is None


def test_admits_says_what_recognise_would_do_and_does_nothing(world: World) -> None:
    """For everybody alike."""
    with world.database.session() as session:
        linked(session, world, "bruno", "U2")
        session.flush()
        said = [
            claim(),
            claim(email="mallory@elsewhere.example", user_id="U9"),
            claim(Vouch.UNSAID, "", "U2"),
            claim(Vouch.UNKNOWN, "", "U2"),
            claim(Vouch.OURS, "ada@firm.example", ""),
        ]
        admitted = [accounts.admits(session, one, NOW) for one in said]
        assert len(accounts.linked(session)) == 1
        assert admitted == [accounts.recognise(session, one, NOW) is not None for one in said]
        assert admitted == [True, False, True, False, False]


def test_what_is_wrong_with_an_account(world: World) -> None:
    """In words; nothing where its platform couldn't be asked, which says nothing against it."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        account = linked(session, world, "ada")
        verdicts = [
            Verdict(email="ada@firm.example"),
            Verdict(why="it is switched off"),
            Verdict(email="eve@firm.example"),
            Verdict(),
            Verdict(why="rate limit", asked=False),
        ]
        found = [accounts.fault(account, ada, one) for one in verdicts]
        assert found == ["", "it is switched off", "its address there is eve@firm.example", "its address there is not told", ""]


def test_one_linked_before_its_owner_used_it_is_new_then(world: World) -> None:
    """It is linked to nobody who has left, nor twice."""
    with world.database.session() as session:
        people.get(session, world.ids["bruno"]).active = False
        assert accounts.link_unused(session, Platform.SLACK, "T1", "U2", "bruno@firm.example", NOW) is None
        found = accounts.link_unused(session, Platform.SLACK, "T1", "U1", "ada@firm.example", NOW)
        assert found is not None
        assert found.account.seen_at == NEVER
        session.flush()
        assert accounts.link_unused(session, Platform.SLACK, "T1", "U1", "emil@firm.example", NOW) is None
        used = accounts.recognise(session, claim(), NOW)
        assert used is not None
        assert (used.new, used.linked) == (True, False)


def test_a_page_needs_the_accounts_own_address_where_nobody_vouched(world: World) -> None:
    """`holds` links nothing, and takes nothing but the platform's word."""
    with world.database.session() as session:
        account = linked(session, world, "ada")
        session.flush()
        assert accounts.holds(session, account, claim(email="whoever@firm.example"))
        assert not accounts.holds(session, account, claim(Vouch.UNSAID))
        account.vouched_at = None
        session.flush()
        assert accounts.holds(session, account, claim())
        assert not accounts.holds(session, account, claim(email="bruno@firm.example"))


def test_it_is_asked_about_again_after_an_hour(world: World) -> None:
    """And where the clock was put back."""
    with world.database.session() as session:
        account = linked(session, world, "ada")
        fresh = [accounts.is_fresh(account, NOW + one) for one in (timedelta(0), FRESH_FOR, -timedelta(seconds=1))]
        assert fresh == [True, False, False]


def test_the_conversations_of_a_tenant_are_the_last_used_first(world: World) -> None:
    """Whatever the tenant's case, and those without one left out."""
    with world.database.session() as session:
        for number, (tenant, talk) in enumerate((("T1", "older"), ("t1", "newer"), ("T2", "other"), ("T1", ""))):
            account = people.get(session, world.ids["ada"]).link(
                Platform.TEAMS, tenant, f"U{number}", NOW + timedelta(hours=number)
            )
            account.conversation = talk
        session.flush()
        assert accounts.conversations(session, Platform.TEAMS, "T1") == ["newer", "older"]
