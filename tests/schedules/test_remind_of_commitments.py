"""Reminders of promises, as days go by: one message a person a day, only when something is new."""

from datetime import date

import pytest

from bot.domain.people import people
from tests.conftest import Life, button, words

EMIL, ADA, BRUNO, CLEO = "emil@firm.example", "ada@firm.example", "bruno@firm.example", "cleo@firm.example"


def promise(life: Life, what: str = "send the report", due: str = "2026-12-04") -> None:
    """Ada promises Globex something, for Emil to keep."""
    life.world.fill(life.world.say(f"/commit @Emil to {what} to Globex", "ada"), "ada", due=due)


def sent(life: Life, email: str) -> list[str]:
    """The reminders somebody got, in words."""
    shown = zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True)
    return [words(cards[0]) for to, cards in shown if to == email and "Commitments that need attention" in words(cards[0])]


async def test_three_days_ahead_on_the_day_and_when_late(life: Life) -> None:
    """Due on Friday 4 December: told on Tuesday, on Friday, on Monday, and a week after that; at nine in Prague."""
    promise(life)
    await life.until(2026, 12, 1, 7, 59)
    assert sent(life, EMIL) == []
    await life.until(2026, 12, 1, 8, 1)
    assert len(sent(life, EMIL)) == 1
    await life.until(2026, 12, 3, 23)
    assert len(sent(life, EMIL)) == 1
    await life.until(2026, 12, 4, 9)
    assert len(sent(life, EMIL)) == 2
    await life.until(2026, 12, 7, 9)
    assert len(sent(life, EMIL)) == 3
    await life.until(2026, 12, 13, 9)
    assert len(sent(life, EMIL)) == 3
    await life.until(2026, 12, 14, 9)
    assert len(sent(life, EMIL)) == 4


async def test_one_message_lists_all(life: Life) -> None:
    """Three promises due on one day are one reminder."""
    for what in ("call", "write", "send flowers"):
        promise(life, what)
    await life.until(2026, 12, 4, 9)
    for reminder in sent(life, EMIL):
        assert all(what in reminder.lower() for what in ("call", "write", "send flowers"))
    assert len(sent(life, EMIL)) == 2


async def test_late_goes_up(life: Life) -> None:
    """To the manager after a week, to the CX office after two."""
    life.change("emil", manager_id=life.world.ids["bruno"])
    promise(life)
    await life.until(2026, 12, 11, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (0, 0)
    await life.until(2026, 12, 14, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (1, 0)
    await life.until(2026, 12, 21, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (2, 1)


def away(life: Life, first_name: str, first: date, last: date) -> None:
    """Somebody is out."""
    with life.world.database.session() as session:
        people.get(session, life.world.ids[first_name]).go_away(first, last)


async def test_an_owner_away_is_left_in_peace_and_somebody_else_told_on_the_day(life: Life) -> None:
    """Due while they're out, with no manager: the executive who promised it hears on the day, and weekly; the owner when back."""
    promise(life)
    away(life, "emil", date(2026, 12, 1), date(2026, 12, 31))
    await life.until(2026, 12, 4, 8, 59)
    assert sent(life, ADA) == []
    await life.until(2026, 12, 8, 23)
    assert sent(life, EMIL) == []
    assert len(sent(life, ADA)) == 1
    await life.until(2026, 12, 11, 23)
    assert len(sent(life, ADA)) == 2
    await life.until(2027, 1, 6, 23)
    assert len(sent(life, EMIL)) == 1


@pytest.mark.parametrize(("manager_away", "promiser_away", "told"), [(False, False, BRUNO), (True, False, ADA), (True, True, CLEO)])
async def test_who_covers_for_an_owner_who_is_away(life: Life, *, manager_away: bool, promiser_away: bool, told: str) -> None:
    """Away 30 November to 31 December, due on 2 December: the first of those who act for them who is here, on the day."""
    life.change("emil", manager_id=life.world.ids["bruno"])
    promise(life, due="2026-12-02")
    away(life, "emil", date(2026, 11, 30), date(2026, 12, 31))
    for first_name, out in (("bruno", manager_away), ("ada", promiser_away)):
        if out:
            away(life, first_name, date(2026, 12, 1), date(2026, 12, 9))
    await life.until(2026, 12, 1, 23)
    assert not any(sent(life, one) for one in (BRUNO, ADA, CLEO))
    await life.until(2026, 12, 2, 12)
    assert [one for one in (BRUNO, ADA, CLEO) if sent(life, one)] == [told]


async def test_who_covers_hears_on_their_next_day_of_work_when_the_date_was_a_holiday(life: Life) -> None:
    """Due on Christmas Day, the owner away until the 27th: on Monday the manager hears, though the owner is back that day."""
    life.change("emil", manager_id=life.world.ids["bruno"])
    promise(life, due="2026-12-25")
    away(life, "emil", date(2026, 12, 18), date(2026, 12, 27))
    await life.until(2026, 12, 27, 23)
    assert sent(life, BRUNO) == []
    await life.until(2026, 12, 28, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, EMIL))) == (1, 1)


async def test_an_executive_who_is_away_is_covered_by_their_delegate(life: Life) -> None:
    """Dele acts for Ada."""
    form = life.world.say("/commit call Globex", "ada")
    life.world.fill(form, "ada", due="2026-12-02", what="call", owner=str(life.world.ids["ada"]))
    away(life, "ada", date(2026, 11, 30), date(2026, 12, 31))
    await life.until(2026, 12, 2, 12)
    assert len(sent(life, "dele@firm.example")) == 1
    assert not sent(life, CLEO)


async def test_what_is_owed_to_a_reader_stays_owed_until_they_work(life: Life) -> None:
    """The owner works Sunday to Thursday, the others Monday to Friday; due on a Thursday: it is late from Sunday, when nobody else works."""
    life.change("emil", manager_id=life.world.ids["bruno"], zone="Asia/Jerusalem", country="", working_days="sun mon tue wed thu")
    promise(life, due="2026-12-03")
    await life.until(2026, 12, 10, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (0, 0)
    await life.until(2026, 12, 14, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (1, 0)
    await life.until(2026, 12, 21, 23)
    assert (len(sent(life, BRUNO)), len(sent(life, CLEO))) == (2, 1)


async def test_a_reader_who_is_away_hears_when_they_are_back(life: Life) -> None:
    """What rose to the manager while they were out is still new to them."""
    life.change("emil", manager_id=life.world.ids["bruno"])
    promise(life)
    away(life, "bruno", date(2026, 12, 10), date(2026, 12, 20))
    await life.until(2026, 12, 20, 23)
    assert not sent(life, BRUNO)
    await life.until(2026, 12, 21, 12)
    assert len(sent(life, BRUNO)) == 1


async def test_a_list_holds_what_is_new_and_all_of_it(life: Life) -> None:
    """Eight old ones were told; the ninth comes alone, and they come again after a week: four in full, five with a button each."""
    for number in range(8):
        promise(life, f"old {number}", due="2026-11-27")
    await life.until(2026, 11, 30, 12)
    assert sent(life, EMIL)[-1].lower().count("old ") >= 8
    promise(life, "the new one", due="2026-12-07")
    await life.until(2026, 12, 4, 12)
    assert "he new one" in sent(life, EMIL)[-1]
    assert "old" not in sent(life, EMIL)[-1].lower().replace("told", "")
    await life.until(2026, 12, 7, 12)
    last = sent(life, EMIL)[-1]
    assert last.count("show-commitment") == 5
    assert all(f"old {number}" in last.lower() for number in range(8))
    assert "he new one" in last


async def test_an_owner_who_left_is_brought_to_the_executive_and_the_cx_office(life: Life) -> None:
    """Not into silence: the CX office hears of it before it's late, with one press to hand it to the manager."""
    life.change("emil", manager_id=life.world.ids["bruno"])
    promise(life)
    life.change("emil", active=False)
    await life.until(2026, 12, 1, 23)
    assert (len(sent(life, EMIL)), len(sent(life, ADA)), len(sent(life, CLEO))) == (0, 0, 1)
    assert "Emil Novak, who has left" in sent(life, CLEO)[0]
    assert "Hand to Bruno Kraus" in sent(life, CLEO)[0]
    await life.until(2026, 12, 7, 23)
    assert (len(sent(life, EMIL)), len(sent(life, ADA)), len(sent(life, CLEO))) == (0, 1, 2)
    hand = button(
        next(cards[0] for cards in reversed(life.outbox.cards.values()) if "need attention" in cards[0].title),
        "Hand to Bruno Kraus",
    )
    assert "Bruno Kraus's working day starts at 09:00 their time (in 9 h)" in words(life.world.press(hand, "cleo"))
    await life.until(2026, 12, 8, 8, 1)
    assert BRUNO in life.outbox.sent_to[-2:]


async def test_a_leavers_promise_far_ahead_comes_up_weekly(life: Life) -> None:
    """Nobody works on it, so it isn't left until its date."""
    promise(life, due="2026-12-18")
    life.change("emil", active=False)
    await life.until(2026, 12, 9, 23)
    assert len(sent(life, CLEO)) == 2


async def test_done_is_not_the_end(life: Life) -> None:
    """Whoever promised is told at once that it is done, and reminded to tell the customer a week later, until they have."""
    promise(life)
    done = button(life.world.say("/commitments", "emil"), "Done")
    life.world.fill(life.world.press(done, "emil"), "emil", note="Sent")
    await life.until(2026, 12, 1, 23)
    assert sent(life, ADA) == []
    await life.until(2026, 12, 3, 23)
    assert len(sent(life, ADA)) == 1
    assert "Ready to tell Globex?" in sent(life, ADA)[0]
    life.world.press(button(life.world.say("/commitments", "ada"), "Customer told"), "ada")
    await life.until(2026, 12, 20, 23)
    assert len(sent(life, ADA)) == 1
