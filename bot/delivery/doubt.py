"""What to do about a message that an interrupted try may have left."""

from __future__ import annotations

from bot.delivery.senders import Destination, PlatformSender, Sent, Uncertain
from bot.delivery.tasks import Means


async def look_up(means: Means, sender: PlatformSender, place: Destination, mark: str) -> Sent | None:
    """The message; None when there is none, or when app.yaml would rather send twice than not at all. Uncertain otherwise."""
    try:
        return await sender.find(place, mark)
    except Uncertain:
        if means.settings.delivery.teams_uncertain == "resend":
            return None
        raise
