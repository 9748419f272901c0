"""What is stopped stays stopped: no copy that may have arrived outlives a recall, and nothing waits for ever in a broadcast that is over."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot.delivery.broadcasts import lanes
from bot.delivery.queue import look_after
from bot.delivery.senders import Sent, Uncertain, Unreachable
from bot.domain.access import accounts
from bot.domain.errors import Refusal
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from bot.domain.updates import broadcasts, receipts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import BroadcastState
from bot.domain.updates.receipts import Answer
from bot.measures import standings
from bot.views.recalls import kept_copies
from tests.delivery.broadcasts.test_under_way import cancel, recall
from tests.delivery.conftest import Company

EMIL = "emil@firm.example"


def emil(company: Company) -> Audience:
    """Emil alone."""
    return Audience(who=(f"person:{company.world.ids['emil']}",))


@pytest.mark.parametrize(("stop", "end", "there"), [(recall, "recalled", 0), (cancel, "sent", 1)])
async def test_stopped_while_one_waits_to_be_looked_up(company: Company, stop: object, end: str, there: int) -> None:
    """The answer was lost, and before the next try it is stopped: it is found out whether it arrived, and taken back if it did."""
    lost = iter([True])

    def cut(_: str) -> None:
        if next(lost, False):
            raise Uncertain("connection cut")

    company.slack.after = cut
    broadcast_id = company.broadcast(emil(company))
    await company.settle()
    assert company.row(EMIL).reason.startswith("in doubt")
    stop(company, broadcast_id)  # type: ignore[operator]
    await company.settle()
    await company.later(minutes=1)
    assert company.states() == {end: 1}
    assert company.slack.copies.total() == there
    assert company.standing(broadcast_id).state == BroadcastState.CANCELLED


async def test_stopped_while_one_that_never_arrived_is_in_doubt(company: Company) -> None:
    """It didn't arrive: it is cancelled, and nobody gets it."""

    def cut(_: str) -> None:
        raise Uncertain("connection cut")

    company.slack.before = cut
    broadcast_id = company.broadcast(emil(company))
    await company.settle()
    company.slack.before = lambda _: None
    cancel(company, broadcast_id)
    await company.later(minutes=1)
    assert company.states() == {"cancelled": 1}
    assert company.slack.copies.total() == 0


async def test_a_platform_that_takes_nothing_back_is_asked_nothing(company: Company) -> None:
    """Whoever has it there keeps it, and the card says by name why and what they can do; nothing is left to be done."""
    company.people(2)
    broadcast_id = company.broadcast()
    await company.settle()
    company.slack.can_recall = False
    asked: list[str] = []
    company.slack.on_change = asked.append
    recall(company, 0)
    await company.settle()
    assert not asked
    assert company.states() == {"sent": 8}
    with company.world.database.session() as session:
        assert not session.exec(select(Delivery.id).where(col(Delivery.to_change))).all()
    with company.world.database.session() as session:
        standing = standings.of(
            session, broadcasts.get(session, broadcast_id), company.worker_context.settings, company.world.clock()
        )
        shown = "".join(block.model_dump_json() for block in kept_copies(standing))
    assert "Ada Lovell" in shown
    assert "can't be taken back on their platform: ask them to delete it" in shown


@pytest.mark.parametrize("stop", [recall, cancel])
async def test_no_other_platform_is_tried_once_it_is_stopped(company: Company, stop: object) -> None:
    """It fails on Slack at the moment it is stopped: it isn't queued for Teams, where it would wait for ever."""
    with company.world.database.session() as session:
        person = people.get(session, company.world.ids["emil"])
        person.link(Platform.TEAMS, "M1", "aad", company.world.clock())
        person.prefers = "slack"

    def stopped(_: str) -> None:
        stop(company, broadcast_id)  # type: ignore[operator]
        raise Unreachable("bot_blocked")

    company.slack.before = stopped
    broadcast_id = company.broadcast(emil(company))
    await company.settle()
    assert company.states() == {"failed": 1}
    assert company.teams.copies.total() == 0


async def test_what_an_unlinked_account_has_is_named(company: Company) -> None:
    """Where the copy is was forgotten with the account: the recall says that it stays, and asks the platform nothing."""
    company.broadcast(emil(company))
    await company.settle()
    with company.world.database.session() as session:
        account = session.exec(select(Account).where(Account.person_id == company.world.ids["emil"])).one()
        accounts.unlink(session, account, "test")

    async def never(sent: Sent) -> None:
        raise AssertionError(sent)

    company.slack.delete = never  # type: ignore[method-assign]
    recall(company, 0)
    await company.settle()
    row = company.row(EMIL)
    assert (row.state, row.change_reason, row.to_change) == ("sent", "unlinked", False)


@pytest.mark.parametrize("state", ["paused", "cancelled", "waiting"])
async def test_nothing_is_queued_in_one_that_does_not_go_out(company: Company, state: str) -> None:
    """Reminding and trying again are refused where the copies would wait for ever."""
    broadcast_id = company.broadcast()
    await company.settle()
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.state = BroadcastState(state)
        with pytest.raises(Refusal, match=state):
            broadcast.require_more(people.get(session, company.world.ids["cleo"]))


async def test_who_has_answered_is_reminded_no_more(company: Company) -> None:
    """They are asked again in the evening, answer before their morning, and get no “You haven't answered this one yet”."""
    broadcast_id = company.broadcast(Audience(who=(f"person:{company.world.ids['emil']}", f"person:{company.world.ids['dele']}")))
    await company.settle()
    await company.later(hours=10)
    with company.world.database.session() as session:
        assert lanes.remind(session, broadcasts.get(session, broadcast_id), company.world.clock()) == 2
    await company.settle()
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0])
        receipts.give(session, update, people.get(session, company.world.ids["emil"]), Answer.GOT_IT, company.world.clock())
    await company.later(hours=14)
    assert company.slack.copies[EMIL] == 1
    assert company.slack.copies["dele@firm.example"] == 2
    assert company.standing(broadcast_id).state == BroadcastState.DONE
    with company.world.database.session() as session:
        states = session.exec(select(Delivery.state).where(Delivery.subject == "reminder").order_by(col(Delivery.state))).all()
    assert [str(one) for one in states] == ["cancelled", "sent"]


async def test_the_last_one_left_to_the_digest_ends_the_broadcast(company: Company) -> None:
    """Put off and then left to the digest, nothing is left to send: it says Sent, and not Going out for ever."""
    for _ in range(4):
        broadcast_id = company.broadcast(emil(company))
        await company.settle()
    assert company.states() == {"sent": 3, "digest": 1}
    with company.world.database.session() as session:
        # As if it had been queued for now, with room in the week, before Emil moved to where it is night.
        people.get(session, company.world.ids["emil"]).zone = "Pacific/Auckland"
        held = sa.update(Delivery).where(col(Delivery.state) == "digest")
        session.execute(held.values(state="queued", not_before=company.world.clock()))
        broadcasts.get(session, broadcast_id).state = BroadcastState.SENDING
        look_after(session, Platform.SLACK, "T1")
    await company.settle()
    assert company.states() == {"sent": 3, "digest": 1}
    assert company.standing(broadcast_id).state == BroadcastState.DONE
