"""The journey and the segments, as app.yaml has them."""

from __future__ import annotations

from bot.settings import Settings
from bot.views import journey
from tests.conftest import words


def test_each_stage_with_its_success_and_each_goal_with_today(settings: Settings) -> None:
    """Nothing of app.yaml is left out, in its order."""
    said = words(journey.card(settings))
    for stage in settings.journey:
        assert stage.success in said
    for segment in settings.segments:
        for target in segment.targets:
            assert target.want in said
            assert target.today in said
    places = [said.index(f". {stage.name}") for stage in settings.journey]
    assert places == sorted(places)
