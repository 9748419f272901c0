"""What the staff of a made-up company is told, and what else waits there to be counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from bot.domain.engagements.customers import Customer
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform, Role
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.updates import broadcasts, receipts
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.updates import UpdateDraft, Wording, write
from tests.measures.plainly import Copy
from tests.measures.worlds import World

NOW = datetime(2026, 6, 24, 11, tzinfo=UTC)
"""A Wednesday in the last of the weeks that things happen in, in every zone there is among the people."""


def tell(session: Session, world: World, became: tuple[Copy, ...]) -> None:
    """Two updates that went out this quarter to two tenants, the second taken back; a third that waits; what else is counted."""
    office = Person.known("cleo@firm.example", "Cleo", "Europe/London", [Role.CX_OFFICE])
    speaker = Person.known("ida@firm.example", "Ida", "Europe/London", [Role.EXECUTIVE])
    staff, guest = (Person.known(f"{one}@firm.example", one.title(), "Europe/London") for one in ("sam", "gus"))
    guest.guest = True
    session.add_all([office, speaker, staff, guest])
    session.flush()
    world.ids["cleo"] = [office.key]
    for title, target in (("Tied", "trust"), ("Untied", "")):
        by = office.key
        session.add(
            RoadmapItem(title=title, target=target, stage="onboard", added_by_id=by, owner_id=by, added_at=NOW, status_since=NOW)
        )
    decision = Decision(
        title="Dates first", why="asked", decided_by_id=office.key, decided_on=date(2026, 6, 10), stage="onboard",
        recorded_by_id=office.key, recorded_at=NOW,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    readers = [*world.ids["people"], staff.key, guest.key]
    first = sent(
        session, UpdateDraft(Wording("en-GB", "Dates first", "We say dates.", "You may."), speaker, decision=decision), office
    )
    copied(session, first, readers, became, NOW - timedelta(days=9))
    for key, (_, _, answer) in zip(readers, became, strict=True):
        if answer is not None:
            receipts.give(session, first.update, session.get_one(Person, key), answer, NOW, "no time")
    for days, answered in ((6, True), (4, False), (1, False)):
        asked = receipts.ask(session, first.update, staff, "Why?", NOW - timedelta(days=days))
        if answered:
            asked.reply("Yes", office, NOW - timedelta(days=5), publish=False)
    second = sent(session, UpdateDraft(Wording("en-GB", "Taken back", "We don't.", "You may."), speaker), office)
    copied(session, second, readers, became, NOW - timedelta(days=1))
    second.update.recalled_at = NOW
    third = sent(session, UpdateDraft(Wording("en-GB", "To come", "We will.", "You may."), speaker), office)
    third.state, third.rule = BroadcastState.WAITING, Audience(who=("everyone",)).model_dump(mode="json")
    session.get_one(Customer, 2).unchecked = True
    session.flush()


def sent(session: Session, draft: UpdateDraft, author: Person) -> Broadcast:
    """An update, and the sending of it."""
    return broadcasts.new(session, write(session, draft, author, NOW))


def copied(session: Session, broadcast: Broadcast, readers: list[int], became: tuple[Copy, ...], at: datetime) -> None:
    """Its copies, those of the last two in another tenant."""
    broadcast.state, broadcast.started_at = BroadcastState.DONE, at
    for place, (key, (state, arrived, _)) in enumerate(zip(readers, became, strict=True)):
        if state is not None:
            session.add(
                Delivery(
                    person_id=key, subject=Subject.UPDATE, subject_id=broadcast.update_id, broadcast_id=broadcast.key, state=state,
                    platform=Platform.CONSOLE, tenant="two" if place > 3 else "one", queued_at=at,
                    sent_at=NOW - timedelta(hours=2) if arrived and state == DeliveryState.DIGEST else None,
                )
            )  # fmt: skip
    session.flush()
