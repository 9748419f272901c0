"""The figures in a browser: for the CX office at a glance, and for each executive their own."""

from bot.dashboard.site import Dashboard
from bot.dashboard.teams import TeamsTab

__all__ = ["Dashboard", "TeamsTab"]
