"""The channels the bot writes to, and how much it may say there."""

from __future__ import annotations

from bot.settings.platforms import Channel
from bot.settings.values import Flag, Section


class Channels(Section):
    """Where the bot writes for everybody to read."""

    celebrations: Channel | None = None
    """Where a kept promise is celebrated, when the executive who made it asks for that. Left out: nowhere."""
    questions: Channel | None = None
    """Where questions about updates are answered for everybody. Left out: nowhere."""
    customer_names: Flag = False
    """Whether a customer's name may appear there."""
