"""Days and texts as they stand on cards."""

from __future__ import annotations

from datetime import date

import pytest

from bot.settings import Settings
from bot.views import engagements


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "yesterday"), (2, "2 days ago")])
def test_days_ago(days: int, said: str) -> None:
    """In words where there are words for it."""
    assert engagements.ago(days) == said


def test_a_day_is_read_without_doubt() -> None:
    """Its name, and the month in letters: no order of numbers to be mistaken."""
    assert engagements.day_words(date(2026, 11, 4)) == "Wed 4 Nov 2026"


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    """A short one is left as it is."""
    assert engagements.excerpt("one two three", 13) == "one two three"
    assert engagements.excerpt("one two three", 12) == "one two …"


def test_every_stage_and_goal_can_be_chosen(settings: Settings) -> None:
    """By its key, under its own name."""
    assert [(one.value, one.label) for one in engagements.stage_options(settings)] == [
        (one.key, one.name) for one in settings.journey
    ]
    wanted = {target.key for segment in settings.segments for target in segment.targets}
    assert {one.value for one in engagements.target_options(settings)} == wanted
