"""Keep a card within the size of a Teams message: cut its text with a visible "… more", keep its buttons. Pure."""

from __future__ import annotations

from bot.platforms.teams.buttons import Json
from bot.platforms.teams.text import MORE, weight

_NOTICE: Json = {
    "type": "RichTextBlock",
    "inlines": [
        {
            "type": "TextRun",
            "text": f"{MORE}: this is too long for one Teams message, the rest is left out here.",
            "isSubtle": True,
        }
    ],
}
_FRAME = 3_000
"""Bytes kept for what surrounds a card's body: its type, version and spoken text."""
_WORTH = 300
"""Bytes below which a beginning of a text says nothing."""


def fit(body: list[Json], most: int) -> list[Json]:
    """Keep `body` within `most` bytes.

    Action sets keep their place however much text goes. Only when they alone are too much are the last of them left out as well.
    """
    room = most - _FRAME
    if weight(body) <= room:
        return body
    room -= weight(_NOTICE) + 2
    actions = _kept_actions(body, room)
    room -= sum(weight(body[at]) + 2 for at in actions)
    kept: list[Json] = []
    full = False
    for at, element in enumerate(body):
        if at in actions:
            kept.append(element)
        elif not full and not _is_pressed(element):
            cost = weight(element) + 2
            full = cost > room
            kept += [*_shortened(element, room), _NOTICE] if full else [element]
            room -= cost
    return kept if full else [*kept, _NOTICE]


def _is_pressed(element: Json) -> bool:
    """Whether it is a row of buttons, or a line that is pressed as one."""
    return element["type"] == "ActionSet" or "selectAction" in element


def _kept_actions(body: list[Json], room: int) -> set[int]:
    kept = set()
    for at, element in enumerate(body):
        if _is_pressed(element):
            room -= weight(element) + 2
            if room < 0:
                break
            kept.add(at)
    return kept


def _shortened(element: Json, room: int) -> list[Json]:
    """Give the beginning of an element that fits in `room` bytes, or nothing when that would be a word or two."""
    if weight(element) <= room:
        return [element]
    if element["type"] == "RichTextBlock":
        return _paragraph(element, room)
    for name in ("items", "columns"):
        if name in element:
            parts = _parts(element[name], room - weight(element | {name: []}))
            return [element | {name: parts}] if parts else []
    return []


def _parts(elements: list[Json], room: int) -> list[Json]:
    kept: list[Json] = []
    for element in elements:
        cost = weight(element) + 2
        if cost > room:
            return kept + _shortened(element, room)
        kept.append(element)
        room -= cost
    return kept


def _paragraph(element: Json, room: int) -> list[Json]:
    text = element["inlines"][0]["text"]
    room -= weight(element | {"inlines": [element["inlines"][0] | {"text": MORE}]})
    if room < _WORTH:
        return []
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if weight(text[:middle]) <= room else (low, middle - 1)
    return [element | {"inlines": [element["inlines"][0] | {"text": text[:low].rstrip() + MORE}]}]
