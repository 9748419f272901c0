"""Shares and days in words."""

from __future__ import annotations

import pytest

from bot.views import participation


@pytest.mark.parametrize(("days", "said"), [(None, "never"), (0, "today"), (1, "1 day"), (120, "120 days"), (2.5, "2.5 days")])
def test_days(days: float | None, said: str) -> None:
    """One is one, and none is said as what it is."""
    assert participation.days_words(days) == said
