"""What is for later holds up nothing that is for now, though both go to the same people one after another."""

from __future__ import annotations

from datetime import date, timedelta

from bot.delivery.queue import send_later
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.updates.broadcasts import When
from tests.delivery.conftest import Company


async def test_an_update_for_tomorrow_holds_up_none_for_now(company: Company) -> None:
    """One is queued for tomorrow's nine o'clock; another, made after it, goes out at once; the first still comes in its time."""
    company.broadcast(when=When.MORNING, day=date(2026, 11, 26))
    await company.settle()
    assert company.slack.titles()["Night line"] == 0
    company.broadcast()
    await company.settle()
    assert company.slack.titles()["Night line"] == 6
    await company.later(days=1)
    assert company.slack.titles()["Night line"] == 12


async def test_a_message_for_monday_holds_up_none_for_now(company: Company) -> None:
    """The same for one person's messages: the earliest comes first, whichever was made first."""
    later = company.broadcast(when=When.MORNING, day=date(2027, 11, 26))
    with company.world.database.session() as session:
        ada = people.get(session, company.world.ids["ada"])
        for after in (timedelta(days=2), timedelta(days=1), timedelta(0)):
            send_later(session, deliveries.queue(session, ada, Subject.BROADCAST, later, company.world.clock()), after)
    sent = []
    for step in (0, 1, 1):
        await (company.later(days=step) if step else company.settle())
        sent.append(company.slack.copies["ada@firm.example"])
    assert sent == [1, 2, 3]
