"""The figures in a browser: for the CX office at a glance, and for each executive their own."""

from bot.dashboard.site import Dashboard

__all__ = ["Dashboard"]
