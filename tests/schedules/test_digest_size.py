"""A digest of very many updates, as each platform takes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.domain.updates.updates import Update, UpdateText
from bot.platforms.previews import PREVIEWS
from bot.views.digests import digest_of


def long_one(number: int) -> Update:
    """An update whose every part is as long as it may be."""
    update = Update(id=number, author_id=1, speaker_id=1, locale="en", made_at=datetime(2026, 11, 25, tzinfo=UTC))
    title = f"N{number:03} {'of the night line ' * 10}"[:150]
    update.texts = [UpdateText(update_id=number, locale="en", title=title, changed="c " * 600, means="mean it " * 150)]
    return update


@pytest.mark.parametrize("platform", ["slack", "teams"])
@pytest.mark.parametrize(("number", "named"), [(11, 11), (31, 31), (60, 60), (61, 60), (200, 60)])
def test_none_is_left_out_unsaid(platform: str, number: int, named: int) -> None:
    """Sixty with the longest titles are all named; of more it says how many there are besides."""
    card = digest_of([long_one(one) for one in range(number)], "en")
    shown = json.dumps(PREVIEWS[platform](card), ensure_ascii=False)
    assert card.title == f"This week: {number} updates"
    assert sum(f"N{one:03} " in shown for one in range(number)) == named
    assert (f"and {number - named} more in your list" in shown) == (number > named)
    assert "All my updates" in shown
