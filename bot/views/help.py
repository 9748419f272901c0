"""Help: what I can do, in six lines, with buttons, by role."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cards import Actions, Button, ButtonStyle, Card, Facts, Text, Tone
from bot.commands import Command
from bot.domain.people.people import Person

_LINES = 6


def only_text() -> Card:
    """To whoever sent a picture, a recording or a file and nothing else."""
    return Card(title="I can only read typed text, not pictures, recordings or files. Type help to see what I can do.")


def card(commands: Iterable[Command], actor: Person, typed: str) -> Card:
    """The commands this person may use. `typed` is what was not understood; shown, so that it isn't lost."""
    mine = sorted((one for one in commands if one.listed and one.open_to(actor)), key=lambda one: one.order)
    lines = Facts(items=tuple((f"/{one.name}", one.help) for one in mine[:_LINES]))
    buttons = tuple(
        Button(
            label=one.label,
            command=one.name,
            opens_form=one.form is not None,
            style=ButtonStyle.PRIMARY if position == 0 else ButtonStyle.NORMAL,
        )
        for position, one in enumerate(one for one in mine if one.label)
    )
    lead: tuple[Text, ...] = ()
    title = f"Hello {actor.name.split()[0]}. I keep us close to customers."
    if typed:
        title, lead = (
            "I didn't understand that",
            (Text(text=f"You wrote: {typed}", tone=Tone.MUTED), Text(text="Here is what I can do:")),
        )
    return Card(title=title, blocks=(*lead, lines, Actions(buttons=buttons)))
