"""The card of a message: one thing's own, or several things' under each other, each with its buttons."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.cards import Actions, Block, Button, Card, Divider, Heading, Text
from bot.delivery.shown.copies import LOOK_AGAIN, card_for, still_theirs
from bot.domain.outbox import bundles
from bot.domain.outbox.deliveries import Delivery
from bot.settings import Settings

_ROOM = 36
"""Blocks that are shown in full: Slack takes 50 a message, and those that are only named need some, too."""


def message(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    """What the message that a copy is in shows as things stand."""
    parts = bundles.parts(session, copy)
    cards = [card_for(session, one, settings, now, latest=bundles.is_latest(session, one)) for one in parts]
    if len(cards) == 1:
        return cards[0]
    again = Button(
        label="Show as it is now", command=LOOK_AGAIN, args={"delivery": str(copy.carried_by_id or copy.key)}, replaces=True
    )
    titles = [one.title for one in cards]
    return Card(
        title=f"{len(cards)} things for you",
        summary=f"{len(cards)} things for you: {'; '.join(titles)}",
        blocks=_blocks(parts, cards),
        refresh=again,
    )


def still_shown(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card | None:
    """The same for a message that is there already; None where it is to be left as it is, since its reader may not see its subject any more."""
    if len(bundles.parts(session, copy)) > 1:
        return message(session, copy, settings, now)
    return still_theirs(session, copy, settings, now, latest=bundles.is_latest(session, copy))


def _blocks(parts: list[Delivery], cards: list[Card]) -> tuple[Block, ...]:
    """As many in full as there is room for, the first in any case; the others with their title and a button to show them."""
    blocks: list[Block] = []
    for part, card in zip(parts, cards, strict=True):
        if blocks:
            blocks.append(Divider())
        if not blocks or len(blocks) + len(card.blocks) <= _ROOM:
            blocks += [Heading(text=card.title), *map(_beside_others, card.blocks)]
        else:
            show = Button(label="Show", command=LOOK_AGAIN, args={"delivery": str(part.key), "alone": "yes"})
            blocks += [Text(text=card.title, strong=True), Actions(buttons=(show,))]
    return tuple(blocks)


def _beside_others(block: Block) -> Block:
    """An answer mustn't take the place of what else stands in the message: that shows it by being shown anew."""
    if not isinstance(block, Actions):
        return block
    return Actions(buttons=tuple(one.model_copy(update={"replaces": False}) for one in block.buttons))
