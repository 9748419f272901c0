"""Who gets something later, as whoever did it is told."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import Card, Text
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.settings import Settings
from bot.views.waiting import with_waiting
from tests.conftest import NOW, words


def copy(name: str, hours: float, subject_id: int = 1, zone: str = "Pacific/Auckland") -> Delivery:
    """One that waits so long for somebody."""
    person = Person.known(f"{name}@firm.example", name, zone)
    person.id = 1
    found = Delivery(person_id=1, person=person, subject=Subject.COMMITMENT, subject_id=subject_id, queued_at=NOW)
    found.not_before = NOW + timedelta(hours=hours)
    return found


def shown(settings: Settings, *waiting: Delivery) -> Card:
    """A card, with those."""
    return with_waiting(Card(title="Done", blocks=(Text(text="It is."),)), waiting, settings, NOW)


def test_one_by_name_on_their_own_clock(settings: Settings) -> None:
    """Nine on Thursday in Auckland is half past ten tonight in London plus nine hours and a half."""
    card = shown(settings, copy("Aroha", 10.5))
    assert "Aroha's working day starts on Thu 26 Nov 2026 at 09:00 their time (in 10 h)." in words(card)
    (now,) = card.buttons
    assert (now.command, now.args) == ("send-now", {"subject": "commitment", "id": "1"})
    assert "Aroha would get this later" in now.confirm


def test_who_is_at_work_had_enough_for_a_week(settings: Settings) -> None:
    """It isn't called the night."""
    assert "has had several messages this week" in words(shown(settings, copy("Emil", 48, zone="Europe/London")))


def test_three_are_named_and_the_rest_counted(settings: Settings) -> None:
    """One button for all of one thing, another for another's."""
    card = shown(settings, *(copy(f"P{number}", 10.5) for number in range(5)), copy("Other", 10.5, subject_id=2))
    said = words(card)
    assert [f"P{number}'s" in said for number in range(5)] == [True, True, True, False, False]
    assert "2 more get it later." in said
    assert [one.args["id"] for one in card.buttons] == ["1", "2"]
    assert "5 people" in card.buttons[0].confirm


def test_how_long_in_words(settings: Settings) -> None:
    """Minutes, hours, days; where nobody waits the card stays as it is."""
    spans = [words(shown(settings, copy("A", hours))) for hours in (0.1, 1, 47, 72)]
    assert [next(one for one in ("6 min", "1 h", "47 h", "3 days") if f"(in {one})" in said) for said in spans] == [
        "6 min",
        "1 h",
        "47 h",
        "3 days",
    ]
    assert len(shown(settings).blocks) == 1
