"""The weekly digest: what is held is told until told, once, to whoever is back or was missed; and changed with what it tells."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from bot.cards import Card
from bot.delivery.broadcasts import lanes, waiting
from bot.delivery.senders import Destination, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from bot.domain.updates.updates import UpdateDraft, Wording
from tests.conftest import Life, button, words

EMIL = "emil@firm.example"


def tell(life: Life, title: str, *who: str, when: When = When.NOW, day: date | None = None) -> int:
    """Have Ada tell some (Emil) something; the update's id."""
    with life.world.database.session() as session:
        ada, now = people.get(session, life.world.ids["ada"]), life.world.database.clock()
        update = updates.write(session, UpdateDraft(Wording("en", title, f"About {title}.", f"Use {title}."), ada), ada, now)
        broadcast = broadcasts.new(session, update)
        broadcast.aim(Audience(who=who or (f"person:{life.world.ids['emil']}",)), ada)
        broadcast.ask(ada, 1, when, now, day=day)
        assert broadcast.go(life.worker_context.settings)
        lanes.schedule(session, broadcast)
        return update.key


def got(life: Life, email: str = EMIL) -> list[Card]:
    """What somebody has, as it is now, oldest first; what was deleted is gone."""
    found = enumerate(life.outbox.sent_to, 1)
    return [life.outbox.cards[f"m{number}"][-1] for number, to in found if to == email and f"m{number}" in life.outbox.cards]


def titles(life: Life, email: str = EMIL) -> list[str]:
    """Their titles."""
    return [one.title for one in got(life, email)]


def recall(life: Life, update_id: int) -> None:
    """Take an update back."""
    with life.world.database.session() as session:
        update = updates.get(session, update_id, lock=True)
        update.recall(people.get(session, life.world.ids["cleo"]), life.world.database.clock())
        lanes.wake(session, update)


def rows(life: Life) -> list[Delivery]:
    """Emil's copies, oldest first."""
    with life.world.database.session() as session:
        mine = select(Delivery).where(Delivery.person_id == life.world.ids["emil"], Delivery.subject == "update")
        return list(session.exec(mine.order_by(col(Delivery.id))))


async def test_who_chose_the_digest_gets_each_update_once(life: Life) -> None:
    """On Monday, in one message, and not singly before; the figures say so, and count them as reached once it has arrived."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Night line", "country:CZ", "country:GB")
    tell(life, "Day line", "country:CZ")
    await life.until(2026, 11, 27)
    assert titles(life) == []
    assert '["In the digest","1, 0 of them told so far"]' in words(life.world.say("/update stats night", "ada"))
    assert "Night line" in words(life.world.say("/updates", "emil"))
    await life.until(2026, 11, 30, 12)
    assert titles(life) == ["This week: 2 updates"]
    figures = words(life.world.say("/update stats night", "ada"))
    assert '["In the digest","1, 1 of them told so far"]' in figures
    assert "0 of 4" in figures, "Got it is of all four who have it"
    await life.until(2026, 12, 8)
    assert titles(life) == ["This week: 2 updates"]


async def test_what_is_held_over_a_holiday_is_told(life: Life) -> None:
    """Held on Monday the 21st after the digest; the 28th is a holiday, and eight days later it is told."""
    life.change("emil", country="GB", zone="Europe/London", digest=True)
    await life.until(2026, 12, 21, 10)
    tell(life, "Night line")
    await life.until(2026, 12, 28, 20)
    assert titles(life) == []
    await life.until(2026, 12, 29, 12)
    assert titles(life) == ["This week: 1 update"] or titles(life) == ["Since 21 Dec: 1 update"]
    assert "Use Night line." in words(got(life)[0])


async def test_back_from_leave_there_is_one_digest(life: Life) -> None:
    """Three weeks away: one digest with all of them, that says since when."""
    life.world.say("/updates digest on", "emil")
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).go_away(date(2026, 11, 25), date(2026, 12, 15))
    for title, day in (("One", 27), ("Two", 30)):
        tell(life, title)
        await life.until(2026, 11, day)
    await life.until(2026, 12, 8)
    tell(life, "Three")
    await life.until(2026, 12, 15, 22)
    assert titles(life) == []
    await life.until(2026, 12, 16, 12)
    assert len(got(life)) == 1
    assert got(life)[0].title.endswith(": 3 updates")
    assert got(life)[0].title.startswith("Since ")
    await life.until(2026, 12, 30)
    assert len(got(life)) == 1


def _away(life: Life, first: date, last: date) -> None:
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).go_away(first, last)


async def test_what_waited_over_a_leave_is_one_message(life: Life) -> None:
    """Two updates came while Emil was away: on his first morning back he has one message with both, on a Wednesday too; the figures agree."""
    _away(life, date(2026, 11, 25), date(2026, 12, 1))
    tell(life, "One")
    await life.until(2026, 11, 27)
    tell(life, "Two")
    await life.until(2026, 12, 2, 12)
    assert titles(life) in (["Since 25 Nov: 2 updates"], ["This week: 2 updates"])
    assert {str(one.state) for one in rows(life)} == {"digest"}
    await life.until(2026, 12, 8)
    assert len(got(life)) == 1


async def test_one_that_waited_alone_comes_as_itself(life: Life) -> None:
    """With its buttons, to be answered; with another one that has only just come, both are told in one."""
    _away(life, date(2026, 11, 25), date(2026, 12, 1))
    tell(life, "One")
    await life.until(2026, 12, 2, 12)
    assert titles(life) == ["One"]
    _away(life, date(2026, 12, 11), date(2026, 12, 15))
    await life.until(2026, 12, 10, 20)
    tell(life, "Two")
    await life.until(2026, 12, 15, 19)
    tell(life, "Three")
    await life.until(2026, 12, 16, 12)
    assert [one[-9:] for one in titles(life)[1:]] == ["2 updates"]


async def test_who_has_had_enough_for_a_week_gets_it_in_the_digest(life: Life) -> None:
    """Six messages to an executive in the week: the next update waits for Monday; an employee as busy still has it."""
    for name in ("ada", "emil"):
        with life.world.database.session() as session:
            person, now = people.get(session, life.world.ids[name]), life.world.database.clock()
            for number in range(waiting.FULL):
                copy = deliveries.queue(session, person, Subject.REWORDED, number, now)
                copy.state, copy.sent_at = DeliveryState.SENT, now
    tell(life, "Night line", "country:GB", "country:CZ")
    await life.until(2026, 11, 27)
    assert titles(life) == ["Night line"]
    assert "Night line" not in titles(life, "ada@firm.example")
    assert "Night line" in titles(life, "dele@firm.example")
    await life.until(2026, 11, 30, 12)
    assert [one for one in titles(life, "ada@firm.example") if "1 update" in one]


async def test_a_digest_that_fails_is_told_by_the_next(life: Life) -> None:
    """Unreachable that Monday: the Monday after it is told, once; meanwhile the figures say who wasn't reached."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Night line")
    await life.until(2026, 11, 30, 8, 29)
    life.outbox.fault = Unreachable("bot_blocked")
    await life.until(2026, 12, 1)
    assert titles(life) == []
    assert "the bot is blocked" in words(life.world.say("/update stats", "ada"))
    await life.until(2026, 12, 15)
    assert [one for one in titles(life) if "1 update" in one] == titles(life)
    assert len(titles(life)) == 1


@pytest.mark.parametrize("fault", [RetryLater(30), Uncertain("cut")])
async def test_a_digest_in_doubt_is_told_once(life: Life, fault: Exception) -> None:
    """Throttled, it comes a little later; cut off, nobody knows, and what may have been told isn't told again."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Night line")
    await life.until(2026, 11, 30, 8, 29)
    life.outbox.fault = fault if isinstance(fault, RetryLater) else None
    life.outbox.after_sending = None if isinstance(fault, RetryLater) else fault
    life.outbox.can_look_up = isinstance(fault, RetryLater)
    await life.until(2026, 12, 15)
    assert titles(life) == ["This week: 1 update"]
    assert rows(life)[0].state == ("digest" if isinstance(fault, RetryLater) else "unconfirmed")


async def test_nothing_to_tell_is_not_sent(life: Life) -> None:
    """Recalled before Monday, or only recalled between the firing and the sending: no digest, least of all one of 0 updates."""
    life.world.say("/updates digest on", "emil")
    first, second = tell(life, "One"), tell(life, "Two")
    await life.settle()
    recall(life, first)
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).go_away(date(2026, 11, 30), date(2026, 12, 1))
    await life.until(2026, 12, 1)
    recall(life, second)
    await life.until(2026, 12, 9)
    assert titles(life) == []


async def test_a_morning_to_come_is_not_told_before(life: Life) -> None:
    """For Tuesday at nine in each one's morning: Monday's digest doesn't tell it, the next one does."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Now")
    await life.until(2026, 11, 29)
    tell(life, "Tuesday", when=When.MORNING, day=date(2026, 12, 1))
    await life.until(2026, 11, 30, 20)
    assert "Tuesday" not in words(got(life)[0])
    await life.until(2026, 12, 7, 20)
    assert "Tuesday" in words(got(life)[1])
    assert "Now" not in words(got(life)[1])


async def test_a_recall_takes_it_out_of_the_digests_sent(life: Life) -> None:
    """Title and excerpt vanish there; when all are gone it says so; and the reader's list says how many were recalled."""
    life.world.say("/updates digest on", "emil")
    first, second = tell(life, "Night line"), tell(life, "Day line")
    await life.until(2026, 11, 30, 12)
    recall(life, first)
    await life.settle()
    (card,) = got(life)
    assert "Night line" not in words(card)
    assert card.title == "This week: 1 update"
    assert "1 update was recalled by the CX office." in words(card)
    assert "Recalled; taken back from 1 of 1." in words(life.world.say("/update stats night", "ada"))
    recall(life, second)
    await life.settle()
    assert titles(life) == ["Recalled"]
    assert "Day line" not in words(got(life)[0])
    assert "2 updates were recalled by the CX office." in words(life.world.say("/updates", "emil"))


async def test_a_recall_while_the_digest_is_on_its_way(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest is with the platform when an update in it is recalled: it is changed as soon as it has arrived."""
    life.world.say("/updates digest on", "emil")
    first = tell(life, "Night line")
    tell(life, "Day line")
    await life.until(2026, 11, 30, 8, 29)
    send = life.outbox.send

    async def slow(to: Destination, card: Card, delivery_id: str) -> Sent:
        if "This week" in card.title:
            recall(life, first)
        return await send(to, card, delivery_id)

    monkeypatch.setattr(life.outbox, "send", slow)
    await life.until(2026, 11, 30, 12)
    assert "Night line" not in words(got(life)[0])


async def test_a_digest_that_cannot_be_changed_is_named(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps a recalled update in a digest is on the card by name."""
    life.world.say("/updates digest on", "emil")
    first = tell(life, "Night line")
    await life.until(2026, 11, 30, 12)

    async def stuck(_sent: Sent, _card: Card) -> None:
        raise Unreachable("conversation_gone")

    monkeypatch.setattr(life.outbox, "update", stuck)
    recall(life, first)
    await life.settle()
    card = words(life.world.say("/update stats night", "ada"))
    assert "Recalled; taken back from 0 of 1." in card
    assert '["Emil Novak","the conversation with the bot is gone' in card


async def test_an_edit_reaches_the_digests_too(life: Life) -> None:
    """The title is corrected in the digest that tells it."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Nigth line")
    await life.until(2026, 11, 30, 12)
    form = life.world.press(button(life.world.say("/update stats", "ada"), "Edit"), "ada")
    life.world.fill(form, "ada", title="Night line", means="Use it.")
    await life.settle()
    assert "Night line" in words(got(life)[0])
    assert "Nigth line" not in words(got(life)[0])


async def test_many_updates_in_one_digest(life: Life) -> None:
    """Twelve: ten with what they mean, and the titles of the others; none is left out."""
    life.world.say("/updates digest on", "emil")
    for number in range(12):
        tell(life, f"Number {number:02}")
    await life.until(2026, 11, 30, 12)
    (card,) = got(life)
    assert card.title == "This week: 12 updates"
    assert all(f"Number {number:02}" in words(card) for number in range(12))
    assert "And 2 more" in words(card)


async def test_an_urgent_update_waits_for_no_digest(life: Life) -> None:
    """Marked urgent while it goes out: who chose the digest has it at once, singly, and no digest repeats it."""
    life.world.say("/updates digest on", "emil")
    tell(life, "Night line")
    with life.world.database.session() as session:
        broadcast = broadcasts.newest(session, 1)[0]
        lanes.hurry(session, broadcast, people.get(session, life.world.ids["cleo"]), life.world.database.clock())
    await life.settle()
    assert titles(life) == ["Night line"]
    await life.until(2026, 12, 8)
    assert titles(life) == ["Night line"]
