"""Refusals: what is wrong, and what to do next."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, Text, Tone
from bot.commands import Command, Role
from bot.domain.errors import Refusal
from bot.settings import Settings

_ROLE_WORDS = {
    Role.EXECUTIVE: "executives",
    Role.DELEGATE: "their delegates",
    Role.CX_OFFICE: "the CX office",
    Role.ADMIN: "administrators",
    Role.EMPLOYEE: "employees",
}


def refusal(error: Refusal) -> Card:
    """A domain error as a card."""
    advice = (Text(text=error.advice),) if error.advice else ()
    return Card(title=str(error), tone=Tone.WARNING, blocks=advice)


def not_for_you(command: Command, settings: Settings) -> Card:
    """A command the person has no right to."""
    who = [words for role, words in _ROLE_WORDS.items() if role in command.needs]
    listed = who[0] if len(who) == 1 else f"{', '.join(who[:-1])} and {who[-1]}"
    return Card(
        title=f"/{command.name} is for {listed}",
        tone=Tone.WARNING,
        blocks=(
            Text(text=f"If that should include you, ask {settings.company.access_contact}."),
            Actions(buttons=(Button(label="What I can do here", command="help"),)),
        ),
    )


def already_done() -> Card:
    """Something sent twice, whose first answer is gone."""
    return Card(title="That was done already", blocks=(Text(text="Nothing was changed a second time."),))
