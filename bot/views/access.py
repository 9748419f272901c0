"""What someone sees whom the bot doesn't know."""

from __future__ import annotations

from bot.cards import Card, Facts, Text, Tone
from bot.settings import Settings


def no_access(settings: Settings, email: str) -> Card:
    """How to get access; nothing of anyone's is shown."""
    known_as = (Facts(items=(("Your email here", email),)),) if email else ()
    return Card(
        title="I don't know you yet",
        tone=Tone.WARNING,
        blocks=(
            Text(text=f"Only people on {settings.company.name}'s list can use this. Nothing of what you typed was kept."),
            *known_as,
            Text(text=f"To get access, ask {settings.company.access_contact} to add your email address.", strong=True),
        ),
    )
