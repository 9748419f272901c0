"""Visits that are still to come, and hours that are days."""

from datetime import date

import pytest

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate
from bot.domain.words.understanding import understand_engagement

CUSTOMERS = Directory([Candidate(1, "Globex"), Candidate(2, "Hansa Tee")])
WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("de-DE", "Am Donnerstag fahre ich zu Hansa Tee"),
        ("de-DE", "Am Freitag besuchen wir Globex"),
        ("de-DE", "Montag treffe ich mich mit Globex"),
        ("en-GB", "On Friday I'm visiting Globex"),
        ("en-GB", "we're going to see Globex on Monday"),
        ("en-GB", "I'll be seeing Globex on Tuesday"),
    ],
)
def test_a_plan_asks_for_the_day_and_is_no_commitment(locale: str, typed: str) -> None:
    """The weekday that was is not filled in, and going there was not promised."""
    said = understand_engagement(typed, today=WEDNESDAY, locale=locale, customers=CUSTOMERS)
    assert (said.happened_on, said.asked_for_day, said.promised) == (None, True, ())


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en-GB", "Globex 48 hours ago, slow", date(2026, 11, 23)),
        ("en-GB", "Globex 24 hrs ago, slow", date(2026, 11, 24)),
        ("en-GB", "Globex 3 hours ago, slow", date(2026, 11, 25)),
        ("en-GB", "Globex 30 minutes ago, slow", date(2026, 11, 25)),
        ("de-DE", "Globex vor 48 Stunden, langsam", date(2026, 11, 23)),
        ("de-DE", "Globex vor zwei Stunden, langsam", date(2026, 11, 25)),
    ],
)
def test_hours_that_make_days_are_days(locale: str, typed: str, day: date) -> None:
    """Forty-eight hours ago was the day before yesterday."""
    assert understand_engagement(typed, today=WEDNESDAY, locale=locale, customers=CUSTOMERS).happened_on == day
