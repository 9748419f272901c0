"""A card as a platform's JSON, made once however many people it goes to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from bot.cards import Card

_KEPT = 32


class Rendered:
    """Renders a card, or gives what it made of the same object before. What it gives must not be changed."""

    def __init__(self, render: Callable[[Card], dict[str, Any]]) -> None:
        self._render = render
        self._made: OrderedDict[int, tuple[Card, dict[str, Any]]] = OrderedDict()

    def __call__(self, card: Card) -> dict[str, Any]:
        """The JSON. The card is kept beside it, so that no other object can have its id meanwhile."""
        found = self._made.get(id(card))
        if found is None:
            found = self._made[id(card)] = (card, self._render(card))
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return found[1]
