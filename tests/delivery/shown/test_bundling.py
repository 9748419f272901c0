"""What is due to somebody at one time comes as one message, whose parts are each answered and shown anew by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from bot.cards import Card
from bot.delivery.notifying import notify
from bot.delivery.queue import wake_later
from bot.delivery.senders import RetryLater, Unreachable
from bot.delivery.sending import send_copy
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from tests.conftest import Life, button, words

EMIL, ADA, CLEO = "emil@firm.example", "ada@firm.example", "cleo@firm.example"


def hand_over(life: Life, what: str, due: str = "2026-12-18") -> None:
    """Aroha, whose day it is while Europe sleeps, hands Emil something."""
    life.world.fill(life.world.say(f"/commit @Emil to {what} to Globex", "aroha"), "aroha", due=due)


def messages(life: Life, email: str) -> list[Card]:
    """What somebody has, each as it is now."""
    return [cards[-1] for to, cards in zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True) if to == email]


def rows(life: Life, subject: str) -> list[Delivery]:
    """The deliveries of a subject."""
    with life.world.database.session() as session:
        return list(session.exec(select(Delivery).where(Delivery.subject == subject).order_by(col(Delivery.id))))


async def night(life: Life, *what: str) -> None:
    """Handed over in Emil's night."""
    await life.until(2026, 11, 26, 2)
    for one in what:
        hand_over(life, one)


async def test_what_waited_overnight_comes_as_one_message(life: Life) -> None:
    """Three requests: one message, every part answered by itself, and the others stay."""
    await night(life, "call", "write", "send flowers")
    await life.until(2026, 11, 26, 8, 1)
    (card,) = messages(life, EMIL)
    assert card.title == "3 things for you"
    assert all(one in words(card).lower() for one in ("call", "write", "send flowers"))
    accepts = [one for one in card.buttons if one.label == "Accept"]
    assert len(accepts) == 3
    assert not any(one.replaces for one in card.buttons)
    assert {one.state for one in rows(life, "commitment")} == {"sent"}
    assert len({one.message_id for one in rows(life, "commitment")}) == 1
    life.world.press(accepts[1], "emil")
    await life.settle()
    (card,) = messages(life, EMIL)
    assert len([one for one in card.buttons if one.label == "Accept"]) == 2


async def test_the_first_day_back_is_one_message(life: Life) -> None:
    """Nine things happened while Emil was away: he comes back to one message, with a button for what has no room."""
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).go_away(date(2026, 11, 25), date(2026, 12, 8))
    for number in range(9):
        hand_over(life, f"thing {number}", due="2026-12-09")
    await life.until(2026, 12, 9, 12)
    (card,) = messages(life, EMIL)
    assert "things for you" in card.title
    show = [one for one in card.buttons if one.label == "Show"]
    assert show
    assert "has asked you to deliver this" in words(life.world.press(show[0], "emil"))
    assert "isn't one of yours" in words(life.world.press(show[0], "bruno"))
    assert "things for you" in words(life.world.press(card.refresh, "emil")) if card.refresh else False


async def test_the_list_and_the_prompt_of_one_day_are_one_message(life: Life) -> None:
    """On Thursday an executive's list comes with the prompt; one who isn't asked gets the list all the same, then."""
    for actor in ("ada", "bruno"):
        form = life.world.say("/commit call Globex", actor)
        life.world.fill(form, actor, due="2026-12-03", what="call them", owner=str(life.world.ids[actor]))
    life.change("bruno", prompts_paused=True)
    await life.until(2026, 12, 3, 8, 30)
    before = len(messages(life, ADA)), len(messages(life, "bruno@firm.example"))
    await life.until(2026, 12, 3, 15, 5)
    assert len(messages(life, ADA)) - before[0] == 1
    last = messages(life, ADA)[-1]
    assert "Due today" in words(last)
    assert len(messages(life, "bruno@firm.example")) - before[1] == 1
    assert "Due today" in words(messages(life, "bruno@firm.example")[-1])


async def test_a_bundle_that_is_put_off_comes_whole(life: Life) -> None:
    """A throttled platform: all its parts come, once, with the next try."""
    await night(life, "call", "write")
    life.outbox.fault = RetryLater(2)
    await life.until(2026, 11, 26, 8, 10)
    assert len(messages(life, EMIL)) == 1
    assert {one.state for one in rows(life, "commitment")} == {"sent"}


async def test_a_bundle_whose_worker_was_killed_comes_once(life: Life) -> None:
    """It had arrived: the next try looks it up, and every part is there."""
    await night(life, "call", "write")
    first, second = rows(life, "commitment")
    life.world.database.clock.reach(datetime(2026, 11, 26, 9, tzinfo=UTC))  # type: ignore[attr-defined]  # the clock of a life moves
    life.outbox.after_sending = KeyboardInterrupt("kill -9")
    with pytest.raises(KeyboardInterrupt):
        await send_copy(life.worker_context, first.key)
    assert {one.state for one in rows(life, "commitment")} == {"sending"}
    await send_copy(life.worker_context, second.key)
    await send_copy(life.worker_context, first.key)
    assert {one.state for one in rows(life, "commitment")} == {"sent"}
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_a_bundle_that_cannot_be_delivered_says_so_of_every_part(life: Life) -> None:
    """Each row has the reason."""
    await night(life, "call", "write")
    life.outbox.fault = Unreachable("bot_blocked")
    await life.until(2026, 11, 26, 8, 10)
    assert {(one.state, one.reason) for one in rows(life, "commitment")} == {("failed", "bot_blocked")}


async def test_enough_is_enough(life: Life) -> None:
    """After three messages in a week Emil's next waits for one of his own time, and whoever caused it sees that; urgent goes."""
    for day in (25, 26, 27):
        await life.until(2026, 11, day, 10)
        life.world.fill(life.world.say("/commit @Emil to call Globex", "ada"), "ada", due="2026-12-18")
        await life.settle()
    assert len(messages(life, EMIL)) == 3
    told = life.world.fill(life.world.say("/commit @Emil to write to Globex", "ada"), "ada", due="2026-12-18")
    assert "Emil Novak has had several messages this week" in words(told)
    await life.until(2026, 12, 1, 17)
    assert len(messages(life, EMIL)) == 3
    await life.until(2026, 12, 2, 12)
    assert len(messages(life, EMIL)) == 4
    urgent = life.world.fill(life.world.say("/commit @Emil to run to Globex", "ada"), "ada", due="2026-12-18")
    life.world.press(button(urgent, "Send now"), "ada")
    await life.settle()
    assert len(messages(life, EMIL)) == 5


async def test_an_executive_has_had_enough_after_four(life: Life) -> None:
    """The fifth request of a week waits for the next message; for staff it's the fourth."""
    life.change("bruno", prompts_paused=True)
    for day in (25, 26, 27, 30):
        await life.until(2026, 11, day, 10)
        life.world.fill(life.world.say("/commit @Bruno to call Globex", "ada"), "ada", due="2026-12-18")
        await life.settle()
    assert len(messages(life, "bruno@firm.example")) == 4
    told = life.world.fill(life.world.say("/commit @Bruno to write to Globex", "ada"), "ada", due="2026-12-18")
    assert "Bruno Kraus has had several messages this week" in words(told)


async def test_what_is_promised_after_the_reminder_is_on_tomorrows_list(life: Life) -> None:
    """Asked and answered on Thursday morning, Ada promises something for Saturday: no second message on that day."""
    await life.until(2026, 12, 3, 8)
    with life.world.database.session() as session:
        ada, now = people.get(session, life.world.ids["ada"]), life.world.database.clock()
        for one in session.exec(select(Prompt).where(Prompt.person_id == ada.key)):
            session.delete(one)
        session.flush()
        prompt = Prompt(person_id=ada.key, person=ada, reasons=["Globex"], created_at=now, wakes_at=now + timedelta(hours=1))
        session.add(prompt)
        session.flush()
        wake_later(session, prompt)
    await life.until(2026, 12, 3, 10)
    before = len(messages(life, ADA))
    assert "which customers have you spoken with" in messages(life, ADA)[-1].title
    form = life.world.say("/commit call Globex", "ada")
    life.world.fill(form, "ada", due="2026-12-05", what="call them", owner=str(life.world.ids["ada"]))
    life.world.fill(life.world.say("/logvisit Globex: hello", "ada"), "ada")
    await life.until(2026, 12, 3, 20)
    assert len(messages(life, ADA)) == before
    await life.until(2026, 12, 4, 12)
    assert "call them" in words(messages(life, ADA)[-1]).lower()


async def test_what_changed_twice_overnight_is_told_once(life: Life) -> None:
    """Handed over and its date changed in Emil's night: one request, as things stand; a prompt that wakes then is asked once."""
    await night(life, "call")
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        notify(
            session,
            emil,
            Subject.COMMITMENT,
            rows(life, "commitment")[0].subject_id,
            life.world.application.settings,
            life.world.database.clock(),
        )
    await life.until(2026, 11, 26, 8, 1)
    (card,) = messages(life, EMIL)
    assert "asked you to deliver" in card.title
    assert [one.state for one in rows(life, "commitment")] == ["cancelled", "sent"]


async def test_a_prompt_due_at_the_same_moment_is_asked_once_and_in_the_same_message(life: Life) -> None:
    """Bruno was off on Thursday afternoon: his prompt and what waited for him come together, whichever timer is first."""
    life.change("bruno", works_from=time(8), works_until=time(12))
    await life.until(2026, 11, 26, 20)
    life.world.fill(life.world.say("/commit @Bruno to call Globex", "aroha"), "aroha", due="2026-12-18")
    await life.until(2026, 11, 27, 12)
    (card,) = messages(life, "bruno@firm.example")
    assert card.title == "2 things for you"
    assert [(one.part, one.state) for one in rows(life, "prompt") if one.person_id == life.world.ids["bruno"]] == [(0, "sent")]


async def test_a_list_waits_for_a_reminder_of_the_same_instant(life: Life) -> None:
    """Asked on Tuesday at three, Ada is reminded on Thursday at three, when the schedule looks, too: her list comes with the reminder."""
    form = life.world.say("/commit call Globex", "ada")
    life.world.fill(form, "ada", due="2026-12-03", what="call them", owner=str(life.world.ids["ada"]))
    await life.until(2026, 12, 1, 15, 0)
    with life.world.database.session() as session:
        ada = people.get(session, life.world.ids["ada"])
        for one in session.exec(select(Prompt).where(Prompt.person_id == ada.key)):
            session.delete(one)
        session.flush()
        now = life.world.database.clock()
        prompt = Prompt(person_id=ada.key, person=ada, reasons=["Globex"], created_at=now, wakes_at=now)
        session.add(prompt)
        session.flush()
        wake_later(session, prompt)
    await life.until(2026, 12, 3, 14, 59)
    before = len(messages(life, ADA))
    await life.until(2026, 12, 3, 15, 5)
    after = messages(life, ADA)[before:]
    assert len(after) == 1
    assert "reminder" in words(after[0])
    assert "Due today" in words(after[0])
