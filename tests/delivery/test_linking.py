"""The person hears when an account is linked to them."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.commands import Inbound, Sender
from bot.delivery.queue import refresh
from bot.domain.access import accounts
from bot.domain.access.accounts import Vouch
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from tests.conftest import Life, Outbox, words


@pytest.fixture
def teams(life: Life) -> Outbox:
    """Teams, where Ada has been."""
    outbox = Outbox(Platform.TEAMS)
    life.world.application.senders[Platform.TEAMS] = outbox
    with life.world.database.session() as session:
        people.get(session, life.world.ids["ada"]).link(Platform.TEAMS, "M1", "aad-ada", life.world.database.clock())
    return outbox


SLACK = Sender(Platform.SLACK, "U1", "T1", "ada@firm.example", vouch=Vouch.OURS)


async def test_the_accounts_somebody_had_are_told_of_a_new_one_at_any_hour(life: Life, teams: Outbox) -> None:
    """At night too: a stranger may be behind it. Once, and not the new one, which hears in its first answer."""
    await life.until(2026, 11, 25, 23)
    for _ in range(2):
        life.world.application.dispatcher.handle(Inbound(SLACK, "help"))
    await life.settle()
    assert teams.sent_to == ["ada@firm.example"]
    (card,) = teams.cards["m1"]
    assert card.title == "A Slack account is now linked to you"
    for word in ("U1", "Not yours? Tell", "ada@firm.example"):
        assert word in words(card)


async def test_once_it_is_unlinked_the_message_says_so(life: Life, teams: Outbox) -> None:
    """Whoever looks at it again isn't frightened by what is over."""
    life.world.application.dispatcher.handle(Inbound(SLACK, "help"))
    with life.world.database.session() as session:
        account = people.account_of(session, Platform.SLACK, "T1", "U1")
        assert account is not None
        accounts.unlink(session, account, "a test")
    await life.settle()
    (card,) = teams.cards["m1"]
    assert card.title == "An account was linked to you, and isn't any more"


async def test_an_unlinked_account_is_linked_again_when_its_platform_vouches_for_it(life: Life) -> None:
    """And by nothing else: without its platform's word it is nobody's."""
    dispatcher = life.world.application.dispatcher
    dispatcher.handle(Inbound(SLACK, "help"))
    with life.world.database.session() as session:
        account = people.account_of(session, Platform.SLACK, "T1", "U1")
        assert account is not None
        accounts.unlink(session, account, "a test")
    for vouch, known in ((Vouch.UNSAID, False), (Vouch.UNKNOWN, False), (Vouch.NOT_OURS, False), (Vouch.OURS, True)):
        sender = Sender(Platform.SLACK, "U1", "T1", "ada@firm.example", vouch=vouch)
        assert ("Hello Ada" in words(dispatcher.handle(Inbound(sender, "help")))) is known


async def test_an_account_that_nobody_vouched_for_is_told_nothing_more(life: Life, teams: Outbox) -> None:
    """What was sent there before isn't brought up to date, until its platform says whose it is."""
    life.world.application.dispatcher.handle(Inbound(SLACK, "help"))
    await life.settle()
    for vouched_at, shown in ((None, 1), (life.world.database.clock(), 2)):
        with life.world.database.session() as session:
            (one,) = [one for one in people.get(session, life.world.ids["ada"]).accounts if one.platform is Platform.TEAMS]
            one.vouched_at = vouched_at
            refresh(
                session,
                Subject.ACCOUNT_LINKED,
                session.exec(select(Delivery.subject_id).where(Delivery.subject == Subject.ACCOUNT_LINKED)).one(),
            )
        await life.settle()
        assert len(teams.cards["m1"]) == shown
