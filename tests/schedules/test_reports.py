"""The weekly report and the monthly letter go out by themselves: once, at a working moment, to whom they are for."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from bot.domain.outbox.deliveries import Delivery
from bot.domain.people.people import Absence, Person, Role
from bot.measures.letter import readers
from tests.conftest import Life, button, words
from tests.handlers.test_engagements import log


def titles(life: Life, email: str) -> list[str]:
    """The titles of the reports that somebody was sent, in order."""
    cards = [card for one, card in zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True) if one == email]
    return [card[0].title for card in cards if card[0].title.startswith(("The week", "Our customers"))]


async def test_the_week_comes_on_monday_morning(life: Life) -> None:
    """For the week before, to the CX office alone; the next Monday brings the next."""
    await life.until(2026, 11, 30, 8, 29)
    assert titles(life, "cleo@firm.example") == []
    await life.until(2026, 11, 30, 12)
    assert titles(life, "cleo@firm.example") == ["The week of 23 November"]
    await life.until(2026, 12, 7, 12)
    assert titles(life, "cleo@firm.example")[-1] == "The week of 30 November"
    assert titles(life, "ada@firm.example") == []


async def test_the_letter_comes_once_a_month_at_a_working_moment(life: Life) -> None:
    """First of December 2026 is a Tuesday; of January a holiday, then a weekend: it comes on the fourth."""
    await life.until(2026, 12, 1, 12)
    letters = [one for one in titles(life, "cleo@firm.example") if one.startswith("Our")]
    assert letters == ["Our customers in November 2026"]
    await life.until(2027, 1, 4, 8, 30)
    assert [one for one in titles(life, "cleo@firm.example") if one.startswith("Our")] == letters
    await life.until(2027, 1, 4, 12)
    letters = [one for one in titles(life, "cleo@firm.example") if one.startswith("Our")]
    assert letters == ["Our customers in November 2026", "Our customers in December 2026"]


async def test_a_reader_who_is_away_gets_it_when_back(life: Life) -> None:
    """Nobody misses a month for a holiday."""
    with life.world.database.session() as session:
        session.add(Absence(person_id=life.world.ids["cleo"], first=date(2026, 11, 30), last=date(2026, 12, 9)))
    await life.until(2026, 12, 9, 18)
    assert titles(life, "cleo@firm.example") == []
    await life.until(2026, 12, 10, 12)
    (back,) = [
        cards[0] for to, cards in zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True) if to == "cleo@firm.example"
    ]
    assert "Our customers in November 2026" in words(back), "with all else that waited, in one message"


async def test_what_is_deleted_between_queueing_and_sending_is_not_quoted(life: Life) -> None:
    """Queued on the first, a holiday; deleted before it is sent on the fourth."""
    await life.until(2026, 12, 20)
    card = log(life.world, "ada", "Globex: better forgotten")
    await life.until(2027, 1, 2)
    with life.world.database.session() as session:
        assert session.exec(select(Delivery).where(Delivery.subject == "monthly_letter")).all()
    life.world.press(button(card, "Delete"), "ada")
    await life.until(2027, 1, 4, 12)
    sent = [str(cards) for cards in life.outbox.cards.values() if cards[0].title.startswith("Our customers in December")]
    assert len(sent) == 1
    assert "better forgotten" not in sent[0]


async def test_whoever_lost_the_right_meanwhile_reads_nothing_of_it(life: Life) -> None:
    """Queued on the first, a holiday; without the role when it is sent on the fourth."""
    await life.until(2026, 12, 20)
    log(life.world, "ada", "Globex: for few ears")
    await life.until(2027, 1, 2)
    life.change("cleo", roles=[])
    await life.until(2027, 1, 4, 12)
    sent = [card for cards in life.outbox.cards.values() for card in cards]
    assert any(card.title == "The monthly letter is no longer yours to read" for card in sent)
    assert not any(card.title.startswith("Our customers in December") for card in sent)


async def test_whoever_moves_west_that_morning_gets_it_once(life: Life) -> None:
    """The first comes again in their new time zone; they have their letter."""
    await life.until(2026, 12, 1, 12)
    life.change("cleo", zone="America/New_York")
    await life.until(2026, 12, 2, 12)
    assert titles(life, "cleo@firm.example").count("Our customers in November 2026") == 1


@pytest.mark.parametrize(
    ("named", "change", "expected"),
    [
        (("ada@firm.example",), {}, ["ada"]),
        (("ADA@firm.example", "bruno@firm.example"), {}, ["ada", "bruno"]),
        (("ada@firm.example",), {"active": False}, ["cleo"]),
        (("ada@firm.example",), {"roles": []}, ["cleo"]),
        (("nobody@firm.example",), {}, ["cleo"]),
        ((), {}, ["cleo"]),
        (("ada@firm.example", "Ada@firm.example"), {}, ["ada"]),
        (("ada@firm.example", "emil@firm.example"), {}, ["ada", "cleo"]),
    ],
)
async def test_the_letter_goes_to_those_who_may_read_it(
    life: Life, named: tuple[str, ...], change: dict[str, object], expected: list[str]
) -> None:
    """Those named, as long as they are here and may; else the CX office, to pass it on."""
    base = life.world.application.settings
    settings = base.model_copy(update={"reports": base.reports.model_copy(update={"letter_to": named})})
    life.change("ada", **change)
    with life.world.database.session() as session:
        found: list[Person] = readers(session, settings)
        assert [one.email.partition("@")[0] for one in found] == expected
        assert all(one.has(Role.EXECUTIVE, Role.CX_OFFICE) for one in found)
