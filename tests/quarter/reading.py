"""What a message says, read from its JSON alone: its words, what its buttons are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.quarter.life import Message

_SAID = ("title", "text", "source", "name", "role", "label", "alt")


def words(card: dict[str, Any]) -> list[str]:
    """Everything a card says, a line each, in order; not what its buttons say."""
    return list(_words(card))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("kind") in {"actions", "button"}:
            return
        for key in _SAID:
            if isinstance(node.get(key), str) and node[key]:
                yield node[key]
        for pair in node.get("items") or ():
            yield ": ".join(pair)
        for block in node.get("blocks") or ():
            yield from _words(block)


def text(card: dict[str, Any]) -> str:
    """The same as one text."""
    return "\n".join(words(card))


def presses(card: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """What each button does, with what travels along, in order."""
    rows = [block["buttons"] for block in card["blocks"] if block["kind"] == "actions"]
    return [(button["command"], button["args"]) for row in rows for button in row]


def commitments(message: Message) -> list[int]:
    """The commitments whose buttons a message shows, in order, each once."""
    return list(dict.fromkeys(int(args["commitment"]) for _, args in presses(message.card) if "commitment" in args))
