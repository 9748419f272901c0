"""Reminders of promises, as days go by: one message a person a day, only when something is new."""

from datetime import date

from bot.domain import people
from tests.conftest import Life, button, words

EMIL, ADA, BRUNO, CLEO = "emil@firm.example", "ada@firm.example", "bruno@firm.example", "cleo@firm.example"


def promise(life: Life, what: str = "send the report", due: str = "2026-12-04") -> None:
    """Ada promises Globex something, for Emil to keep."""
    life.world.fill(life.world.say(f"/commit @Emil to {what} to Globex", "ada"), "ada", due=due)


def sent(life: Life, email: str) -> list[str]:
    """The reminders somebody got, in words."""
    shown = zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True)
    return [words(cards[0]) for to, cards in shown if to == email and cards[0].title == "Promises to look after today"]


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


async def test_an_owner_away_is_left_in_peace(life: Life) -> None:
    """What falls late while they're out goes to the executive who promised it."""
    promise(life)
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).go_away(date(2026, 12, 1), date(2026, 12, 31))
    await life.until(2026, 12, 8, 23)
    assert sent(life, EMIL) == []
    assert len(sent(life, ADA)) == 0
    await life.until(2027, 1, 6, 23)
    assert len(sent(life, EMIL)) == 1


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
        next(cards[0] for cards in reversed(life.outbox.cards.values()) if "after today" in cards[0].title), "Hand to Bruno Kraus"
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
    """Whoever promised is reminded to tell the customer, until they have."""
    promise(life)
    done = button(life.world.say("/commitments", "emil"), "Done")
    life.world.fill(life.world.press(done, "emil"), "emil", note="Sent")
    await life.until(2026, 11, 26, 23)
    assert len(sent(life, ADA)) == 1
    assert "Will you tell Globex?" in sent(life, ADA)[0]
    life.world.press(button(life.world.say("/commitments", "ada"), "Told them"), "ada")
    await life.until(2026, 12, 10, 23)
    assert len(sent(life, ADA)) == 1
