"""The shared language as a card: the journey's stages, and what is wanted of each segment."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Block, Card, Divider, Facts, Heading, Text, Tone
from bot.settings import Settings


def card(settings: Settings) -> Card:
    """Stages with their definitions of success, then segments with what we want them to think, feel and do."""
    return Card(
        title=f"The journey of {settings.company.name}'s customers", blocks=(*_stages(settings), Divider(), *_segments(settings))
    )


def _stages(settings: Settings) -> Iterator[Block]:
    for number, stage in enumerate(settings.journey, 1):
        yield Heading(text=f"{number}. {stage.name}")
        yield Text(text=stage.description)
        yield Text(text=f"Success: {stage.success}", tone=Tone.GOOD)


def _segments(settings: Settings) -> Iterator[Block]:
    for segment in settings.segments:
        yield Heading(text=segment.name)
        yield Text(text=segment.description, tone=Tone.MUTED)
        for target in segment.targets:
            verb = "We want them to think or feel" if target.kind == "attitude" else "We want them to"
            yield Facts(items=((verb, target.want), ("Today", target.today)))
