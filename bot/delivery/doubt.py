"""What to do about a message that an interrupted try may have left, where its platform can't say whether it is there."""

from __future__ import annotations

from bot.delivery.context import WorkerContext
from bot.delivery.senders import PlatformSender


def resends(worker_context: WorkerContext, sender: PlatformSender) -> bool:
    """Whether app.yaml would rather send twice than not at all, where the platform can't say what arrived."""
    return not sender.capabilities.can_look_up and worker_context.settings.delivery.teams_uncertain == "resend"
