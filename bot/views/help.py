"""Help: what I can do, in six lines, with buttons, by role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.cards import Actions, Button, ButtonStyle, Card, Facts, Text, Tone
from bot.commands import Command
from bot.domain.people.people import Person

_LINES = 6
_MORE = "Type help to see all I can do."


def only_text() -> Card:
    """To whoever sent a picture, a recording or a file and nothing else."""
    return Card(title="I can only read typed text, not pictures, recordings or files. Type help to see what I can do.")


def did_you_mean(near: Sequence[Command], typed: str, args: Mapping[str, str]) -> Card:
    """To whoever mistyped a command: those that are like it, each with a button that does it with the same text, in `args`."""
    names = [f"/{one.name}" for one in near]
    title = f"Did you mean {' or '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}?"
    buttons = tuple(
        Button(
            label=one.label or f"Use /{one.name}",
            command=one.name,
            args=dict(args),
            opens_form=one.form is not None,
            style=ButtonStyle.PRIMARY if position == 0 else ButtonStyle.NORMAL,
        )
        for position, one in enumerate(near)
    )
    blocks = (Text(text=f"You wrote: {typed}", tone=Tone.MUTED), Actions(buttons=buttons), Text(text=_MORE, tone=Tone.MUTED))
    return Card(title=title, blocks=blocks)


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
