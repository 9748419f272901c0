"""The figures in a browser: for the CX office at a glance, and for each executive their own."""

from bot.web.dashboard.site import Dashboard
from bot.web.dashboard.teams import TeamsTab

__all__ = ["Dashboard", "TeamsTab"]
