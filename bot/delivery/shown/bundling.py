"""The card of a message: one thing's own, or several things' under each other, each with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.cards import Actions, Block, Button, Card, Divider, Heading, Text
from bot.delivery.shown.copies import LOOK_AGAIN, card_for, standings_kept, still_theirs
from bot.domain.outbox import bundles
from bot.domain.outbox.deliveries import Delivery
from bot.settings import Settings

_ROOM = 36
"""Blocks that are shown in full: Slack takes 50 a message, and those that are only named need some, too."""


def message(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    """What the message that a copy is in shows as things stand."""
    return together(session, bundles.parts(session, copy), settings, now)


def together(session: Session, parts: Sequence[Delivery], settings: Settings, now: datetime) -> Card:
    """What the message shows in which these stand, in this order."""
    return _together(session, parts, bundles.latest_of(session, parts), settings, now)


def still_shown(session: Session, copies: Sequence[Delivery], settings: Settings, now: datetime) -> list[tuple[Delivery, Card]]:
    """The same for messages that are there already, each with its copy; without those that are to be left as they are.

    These are of readers who may not see their subject any more. What they are in is read at once, however many there are.
    """
    parts = bundles.parts_of(session, copies)
    latest = bundles.latest_of(session, {one.key: one for some in parts.values() for one in some}.values())
    with standings_kept(session):
        shown = [(one, _still(session, one, parts[one.key], latest, settings, now)) for one in copies]
    return [(one, card) for one, card in shown if card is not None]


def _still(
    session: Session, copy: Delivery, parts: Sequence[Delivery], latest: set[int], settings: Settings, now: datetime
) -> Card | None:
    if len(parts) > 1:
        return _together(session, parts, latest, settings, now)
    return still_theirs(session, copy, settings, now, latest=copy.key in latest)


def _together(session: Session, parts: Sequence[Delivery], latest: set[int], settings: Settings, now: datetime) -> Card:
    cards = [card_for(session, one, settings, now, latest=one.key in latest) for one in parts]
    if len(cards) == 1:
        return cards[0]
    lead = parts[0].carried_by_id or parts[0].key
    again = Button(label="Show as it is now", command=LOOK_AGAIN, args={"delivery": str(lead)}, replaces=True)
    titles = [one.title for one in cards]
    return Card(
        title=f"{len(cards)} things for you",
        summary=f"{len(cards)} things for you: {'; '.join(titles)}",
        blocks=_blocks(parts, cards),
        refresh=again,
    )


def _blocks(parts: Sequence[Delivery], cards: Sequence[Card]) -> tuple[Block, ...]:
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
    return block.model_copy(update={"buttons": tuple(one.model_copy(update={"replaces": False}) for one in block.buttons)})
