"""On the first day back from leave everything that waited comes as one message, with the day's list; what is in it can be answered and changes."""

from __future__ import annotations

from datetime import date, time

from bot.cards import Card
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.people import people
from tests.conftest import Life, button, words
from tests.delivery.shown.test_bundling import hand_over, messages, rows
from tests.handlers.test_updates import aimed, asked
from tests.schedules.test_digests import recall, tell

ADA, EMIL = "ada@firm.example", "emil@firm.example"


def away(life: Life, name: str, first: date, last: date) -> None:
    """Enter a leave."""
    with life.world.database.session() as session:
        people.get(session, life.world.ids[name]).go_away(first, last)


async def test_all_that_waited_is_one_message(life: Life) -> None:
    """Two requests, an update, and the list of the day: one message, at six past nine, and nothing more before noon."""
    away(life, "emil", date(2026, 11, 25), date(2026, 12, 8))
    hand_over(life, "call", due="2026-12-09")
    hand_over(life, "write", due="2026-12-20")
    told = tell(life, "Night line")
    await life.until(2026, 12, 9, 12)
    (card,) = messages(life, EMIL)
    said = words(card).lower()
    assert all(one in said for one in ("call", "write", "use night line", "due today"))
    (digest,) = rows(life, "digest")
    assert digest.state == DeliveryState.SENT
    assert f"{digest.sent_at:%d %H:%M}" == "09 08:06", "in Prague an hour later"
    (copy,) = [one for one in rows(life, "update") if one.person_id == life.world.ids["emil"]]
    assert copy.state == DeliveryState.DIGEST
    assert copy.sent_at is not None, "it has reached him with the digest"
    recall(life, told)
    await life.settle()
    (card,) = messages(life, EMIL)
    said = words(card).lower()
    assert "use night line" not in said
    assert "call" in said
    accept = [one for one in card.buttons if one.label == "Accept"]
    life.world.press(accept[0], "emil")
    await life.settle()
    assert len(messages(life, EMIL)) == 1


async def test_an_approval_comes_first_in_it(life: Life) -> None:
    """Ada finds the words and both buttons at once, and what she agrees to goes out."""
    away(life, "ada", date(2026, 11, 25), date(2026, 12, 8))
    asked(life.world, aimed(life.world, f"person:{life.world.ids['emil']}"))
    life.world.fill(life.world.say("/commit @Ada to call Globex", "aroha"), "aroha", due="2026-12-09")
    tell(life, "Day line", f"person:{life.world.ids['ada']}")
    await life.until(2026, 12, 9, 12)
    (card,) = messages(life, ADA)
    first = words(card)
    assert first.index("May this go out?") < first.lower().index("day line")
    life.world.press(button(card, "Agree"), "ada")
    await life.settle()
    assert any("night line" in one.title.lower() for one in messages(life, EMIL))
    assert len(messages(life, ADA)) == 1


async def test_one_thing_comes_as_itself(life: Life) -> None:
    """A single update waited: it has its own buttons."""
    away(life, "emil", date(2026, 11, 25), date(2026, 12, 1))
    tell(life, "Night line")
    await life.until(2026, 12, 2, 12)
    (card,) = messages(life, EMIL)
    assert card.title == "Night line"
    assert isinstance(card, Card)


async def test_the_next_day_is_like_any_other(life: Life) -> None:
    """Handed over in the night after it: at eight, when work begins."""
    away(life, "emil", date(2026, 11, 25), date(2026, 12, 8))
    await life.until(2026, 12, 10, 3)
    hand_over(life, "call", due="2026-12-20")
    await life.until(2026, 12, 10, 8, 1)
    assert len(messages(life, EMIL)) == 1


async def test_what_waited_alone_comes_when_work_begins(life: Life) -> None:
    """One request and nothing else: at work by eight in London, nine in Prague."""
    away(life, "emil", date(2026, 11, 25), date(2026, 12, 8))
    hand_over(life, "call", due="2026-12-20")
    await life.until(2026, 12, 9, 8, 1)
    (card,) = messages(life, EMIL)
    assert "asked you to deliver" in card.title


async def test_whoever_begins_later_has_it_six_minutes_after(life: Life) -> None:
    """Emil works from two to ten in the evening."""
    life.change("emil", works_from=time(14), works_until=time(22))
    away(life, "emil", date(2026, 11, 25), date(2026, 12, 8))
    hand_over(life, "call", due="2026-12-09")
    hand_over(life, "write", due="2026-12-20")
    await life.until(2026, 12, 9, 13, 5)
    assert messages(life, EMIL) == []
    await life.until(2026, 12, 9, 13, 7)
    (card,) = messages(life, EMIL)
    assert "3 things for you" in card.title
