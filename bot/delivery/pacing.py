"""Pacing: no faster than a platform allows."""

from __future__ import annotations

from aiolimiter import AsyncLimiter

from bot.domain.people import Platform
from bot.settings import Settings


class Pace:
    """A token bucket a platform, filled at the rate app.yaml sets. The console has none: it is this very process."""

    def __init__(self, settings: Settings) -> None:
        rules = settings.delivery
        self._limits = {
            # A burst of a few, then evenly: Slack counts by the minute, Teams by the second.
            Platform.SLACK: AsyncLimiter(5, 5 * 60 / rules.slack_per_minute),
            Platform.TEAMS: AsyncLimiter(rules.teams_per_second, 1),
        }

    async def wait(self, platform: Platform) -> None:
        """Return when one more call may be made."""
        if platform in self._limits:
            await self._limits[platform].acquire()
