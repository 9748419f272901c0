"""What administrators are shown when a platform refuses the bot."""

from __future__ import annotations

from bot.cards import Card, Text, Tone
from bot.domain.outbox.outages import PlatformOutage


def card(outage: PlatformOutage) -> Card:
    """What is wrong and what to do; or that it works again."""
    name = outage.platform.label
    if outage.ended_at is not None:
        return Card(title=f"{name} works again", tone=Tone.GOOD, blocks=(Text(text=f"It had refused the bot: {outage.reason}"),))
    return Card(
        title=f"{name} refuses the bot",
        tone=Tone.WARNING,
        blocks=(
            Text(text=outage.reason, strong=True),
            Text(
                text=f"Until this is fixed, nobody can use the bot in {name} or get messages from it there. Other platforms keep working."
            ),
        ),
    )
