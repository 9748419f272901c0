"""Keep a message within Slack's 50 blocks and total length: join neighbours first, then cut with a visible "… more"."""

from __future__ import annotations

from bot.platforms.slack import charts, limits
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.text import MORE, cut, length

_TAIL = 10  # rows of buttons at a card's end that are kept whatever is cut
_SAID = f"{MORE}: this is too long for one Slack message, the rest is left out here."
_NOTICE: Json = {
    "type": "context",
    "elements": [
        {
            "type": "plain_text",
            "text": _SAID,
            "emoji": False,
        }
    ],
}


def weight(block: Json) -> int:
    """Count how many characters of a message's total a block takes: every text in it."""
    if block["type"] == charts.KIND:
        return charts.weight(block)
    if block["type"] in {"text", "plain_text", "link"}:
        return length(block.get("text", "")) + length(block.get("url", ""))
    parts = [
        *block.get("elements", ()),
        *block.get("fields", ()),
        *([block["text"]] if isinstance(block.get("text"), dict) else ()),
    ]
    return sum(weight(part) for part in parts)


def fit(blocks: list[Json], most: int = limits.BLOCKS_IN_MESSAGE, text: int = limits.TEXT_IN_MESSAGE) -> list[Json]:
    """Keep `blocks` within `most` blocks and `text` characters, with the buttons at the end, and say so where something is cut."""
    if _fits(blocks, most, text):
        return blocks
    tail = _trailing_buttons(blocks)
    body = joined(blocks[: len(blocks) - len(tail)])
    if _fits([*body, *tail], most, text):
        return [*body, *tail]
    room = text - sum(map(weight, tail)) - weight(_NOTICE)
    return [*_first(body, most - len(tail) - 1, room), _NOTICE, *tail]


def _fits(blocks: list[Json], most: int, text: int) -> bool:
    return len(blocks) <= most and sum(map(weight, blocks)) <= text


def _trailing_buttons(blocks: list[Json]) -> list[Json]:
    start = len(blocks)
    while start and blocks[start - 1]["type"] == "actions" and len(blocks) - start < _TAIL:
        start -= 1
    return blocks[start:]


def joined(blocks: list[Json]) -> list[Json]:
    """Make neighbouring rich_text blocks one, with an empty line between, as long as it stays within one block's length."""
    result: list[Json] = []
    for block in blocks:
        last = result[-1] if result else None
        if last and last["type"] == block["type"] == "rich_text" and weight(last) + weight(block) < limits.TEXT:
            gap = {"type": "rich_text_section", "elements": [{"type": "text", "text": "\n"}]}
            result[-1] = {"type": "rich_text", "elements": [*last["elements"], gap, *block["elements"]]}
        else:
            result.append(block)
    return result


def _first(blocks: list[Json], most: int, room: int) -> list[Json]:
    """Keep as many leading blocks as fit, the last one shortened when only a part of it does."""
    kept: list[Json] = []
    for block in blocks[:most]:
        if weight(block) > room:
            return kept + _shortened(block, room)
        kept.append(block)
        room -= weight(block)
    return kept


def _shortened(block: Json, room: int) -> list[Json]:
    """Give a rich_text block's beginning that fits in `room`, or nothing when that would be a word or two."""
    if block["type"] != "rich_text" or room < 80:
        return []
    parts: list[Json] = []
    for part in block["elements"]:
        if weight(part) <= room:
            parts.append(part)
            room -= weight(part)
            continue
        run = part["elements"][-1]
        before = sum(map(weight, part["elements"][:-1]))
        if run["type"] == "text" and room - before > 80:
            parts.append(part | {"elements": [*part["elements"][:-1], run | {"text": cut(run["text"], room - before, MORE)}]})
        break
    return [{"type": "rich_text", "elements": parts}] if parts else []
