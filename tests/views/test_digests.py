"""How much of a long digest is told: what each means, then titles, then how many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.cards import Text
from bot.domain.updates.updates import Update, UpdateText
from bot.views.digests import digest_of
from tests.conftest import words

TOLD, NAMED = 10, 50
"""As docs/updates.md has it."""


def update(number: int) -> Update:
    """One of many."""
    text = UpdateText(update_id=number, locale="en", title=f"Title {number:03}", changed="It did.", means=f"Meaning {number:03}.")
    made = Update(id=number, author_id=1, speaker_id=1, locale="en", made_at=datetime(2026, 11, 25, tzinfo=UTC))
    made.texts = [text]
    return made


@pytest.mark.parametrize(("number", "unnamed"), [(9, ""), (10, ""), (11, ""), (60, ""), (61, "1"), (75, "15"), (1_070, "1,010")])
def test_ten_with_what_they_mean_fifty_more_titles_then_how_many(number: int, unnamed: str) -> None:
    """The first ten, the titles of the next fifty, and the number of those that aren't named; all are a press away."""
    card = digest_of([update(one) for one in range(number)], "en")
    said = words(card)
    assert [one for one in range(number) if f"Meaning {one:03}." in said] == list(range(min(number, TOLD)))
    assert [one for one in range(number) if f"Title {one:03}" in said] == list(range(min(number, TOLD + NAMED)))
    assert [one.text for one in card.blocks if isinstance(one, Text) and "in your list" in one.text] == (
        [f"… and {unnamed} more in your list."] if unnamed else []
    )
    assert ("All my updates" in {one.label for one in card.buttons}) == (number > TOLD)
    assert card.title == f"This week: {number:,} updates"
