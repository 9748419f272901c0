"""What to do about a message that an interrupted try may have left."""

from __future__ import annotations

from bot.delivery.context import Means
from bot.delivery.senders import Destination, PlatformSender, Sent, Uncertain


def resends(means: Means, sender: PlatformSender) -> bool:
    """Whether app.yaml would rather send twice than not at all, where the platform can't say what arrived."""
    return not sender.capabilities.can_look_up and means.settings.delivery.teams_uncertain == "resend"


async def look_up(means: Means, sender: PlatformSender, place: Destination, mark: str) -> Sent | None:
    """The message; None when there is none, or when app.yaml would rather send twice than not at all. Uncertain otherwise."""
    try:
        return await sender.find(place, mark)
    except Uncertain:
        if resends(means, sender):
            return None
        raise
