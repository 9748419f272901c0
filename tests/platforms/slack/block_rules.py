"""What Slack refuses in blocks and views: written from its reference, apart from the renderer's own numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]
_BARE = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
_VIEW = {"header", "section", "rich_text", "context", "actions", "divider", "image"}
_MESSAGE = _VIEW | {"data_visualization"}
_MODAL = _VIEW | {"input"}


def units(text: str) -> int:
    """Length in UTF-16 units, the stricter way to count."""
    return len(text.encode("utf-16-le")) // 2


def message_faults(message: Json) -> list[str]:
    """Everything wrong with a message's text and blocks; [] when Slack takes it."""
    blocks = message.get("blocks") or []
    found = list(_faults(blocks, _MESSAGE, 50))
    if not message.get("text") and not blocks:
        found.append("no_text")
    if _BARE.search(message.get("text", "")):
        found.append(f"unescaped text: {message['text'][:60]}")
    if sum(block["type"] == "data_visualization" for block in blocks) > 2:
        found.append("three charts")
    if sum(units(text) for block in blocks for text in texts(block)) > 13_200:
        found.append("msg_blocks_too_long")
    return found


def view_faults(view: Json) -> list[str]:
    """Everything wrong with a modal."""
    found = list(_faults(view["blocks"], _MODAL, 100))
    found += [
        f"{name} too long" for name in ("title", "submit", "close") if name in view and not 0 < units(view[name]["text"]) <= 24
    ]
    if units(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata too long")
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        found.append("inputs without submit")
    if not view["blocks"]:
        found.append("no blocks")
    return found


def home_faults(view: Json) -> list[str]:
    """Everything wrong with a Home tab: https://docs.slack.dev/reference/views/home-tab-views."""
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    found = [f"unknown in a home: {name}" for name in view.keys() - known]
    return [*found, *([] if view.get("type") == "home" else ["no home"]), *_faults(view["blocks"], _VIEW, 100)]


def texts(block: Json) -> Iterator[str]:
    """Every text a person sees in a block."""
    for name, value in block.items():
        if (name == "text" and isinstance(value, str)) or name == "url":
            yield value
        elif isinstance(value, dict) and name not in {"style", "confirm"}:
            yield from texts(value)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part) if isinstance(part, dict) else ()


def _faults(blocks: list[Json], known: set[str], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        if block.get("type") not in known:
            yield f"unknown block {block.get('type')}"
            continue
        yield from _BLOCKS[block["type"]](block)
        yield from _sdk(block)
    for name in ("block_id", "action_id"):
        ids = [each for block in blocks for each in _ids(block, name)]
        yield from [f"{name} twice: {each}" for each in set(ids) if ids.count(each) > 1]
        yield from [f"{name} too long" for each in ids if not 0 < units(each) <= 255]


def _sdk(block: Json) -> Iterator[str]:
    """Ask the SDK's own models, of what they know."""
    if block["type"] == "data_visualization":
        return
    parsed = Block.parse(block)
    if parsed is None:
        yield f"the SDK knows no block {block['type']}"
        return
    try:
        parsed.validate_json()
    except SlackObjectFormationError as error:
        yield str(error)


def _ids(block: Json, name: str) -> Iterator[str]:
    if name in block:
        yield block[name]
    for part in [*block.get("elements", ()), *([block["element"]] if "element" in block else ())]:
        yield from _ids(part, name)


def _text(value: Json, most: int, where: str, kinds: tuple[str, ...] = ("plain_text",)) -> Iterator[str]:
    if value["type"] not in kinds:
        yield f"{where}: {value['type']}"
    if not 0 < units(value["text"]) <= most or not value["text"].strip():
        yield f"{where}: {units(value['text'])} characters"
    if _BARE.search(value["text"]):
        yield f"{where}: unescaped {value['text'][:60]!r}"


def _header(block: Json) -> Iterator[str]:
    yield from _text(block["text"], 150, "header")


def _section(block: Json) -> Iterator[str]:
    if "text" in block:
        yield from _text(block["text"], 3000, "section", ("plain_text", "mrkdwn"))
    if len(block.get("fields", ())) > 10:
        yield "fields"
    for field in block.get("fields", ()):
        yield from _text(field, 2000, "field", ("plain_text", "mrkdwn"))


def _rich_text(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "empty rich_text"
    for part in block["elements"]:
        if part["type"] not in {"rich_text_section", "rich_text_quote"} or not part["elements"]:
            yield f"rich text part {part['type']}"
        for run in part["elements"]:
            if run["type"] not in {"text", "link"} or not run["text"]:
                yield f"rich text run {run}"
    if sum(units(text) for text in texts(block)) > 6000:
        yield "rich_text too long"


def _context(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _text(element, 2000, "context", ("plain_text", "mrkdwn"))


def _actions(block: Json) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 25:
        yield "actions elements"
    for button in block["elements"]:
        if button["type"] == "overflow":
            yield from _menu(button)
            continue
        yield from _text(button["text"], 75, "button")
        if not 0 < units(button["value"]) <= 2000:
            yield "button value"
        if button.get("style", "primary") not in {"primary", "danger"}:
            yield "button style"
        if confirm := button.get("confirm"):
            for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
                yield from _text(confirm[name], most, f"confirm {name}")


def _menu(menu: Json) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element ."""
    if not 0 < len(menu["options"]) <= 5:
        yield "overflow options"
    for option in menu["options"]:
        yield from option_faults(option)


def _input(block: Json) -> Iterator[str]:
    yield from _text(block["label"], 2000, "label")
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint")
    element = block["element"]
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder")
    if element["type"] == "plain_text_input":
        if not 0 < element.get("max_length", 1) <= 3000 or units(element.get("initial_value", "")) > element.get(
            "max_length", 3000
        ):
            yield "input length"
    elif element["type"] in {"static_select", "radio_buttons"}:
        yield from _choices(element)
    elif element["type"] not in {"external_select", "multi_external_select", "datepicker"}:
        yield f"unknown input {element['type']}"
    for option in [*element.get("initial_options", ()), *([element["initial_option"]] if "initial_option" in element else ())]:
        yield from option_faults(option)


def _choices(element: Json) -> Iterator[str]:
    if not 0 < len(element["options"]) <= (10 if element["type"] == "radio_buttons" else 100):
        yield "options"
    for option in element["options"]:
        yield from option_faults(option)
    if element.get("initial_option", element["options"][0]) not in element["options"]:
        yield "initial option isn't one of the options"


def option_faults(option: Json) -> Iterator[str]:
    """Everything wrong with an option."""
    yield from _text(option["text"], 75, "option")
    if not 0 < units(option["value"]) <= 150:
        yield "option value"
    if "description" in option:
        yield from _text(option["description"], 75, "option description")


def _divider(_block: Json) -> Iterator[str]:
    yield from ()


def _image(block: Json) -> Iterator[str]:
    if ("image_url" in block) == ("slack_file" in block):
        yield "an image needs an address or a file"
    if not 0 < units(block["alt_text"]) <= 2000:
        yield f"alt_text: {units(block['alt_text'])} characters"
    if "title" in block:
        yield from _text(block["title"], 2000, "image title")


def _chart(block: Json) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block ."""
    chart = block["chart"]
    categories, series = chart["axis_config"]["categories"], chart["series"]
    names = [one["name"] for one in series]
    if not 0 < units(block["title"]) <= 50 or chart["type"] not in {"bar", "line", "area"}:
        yield "chart title or type"
    if not 0 < len(series) <= 6 or not 0 < len(categories) <= 20 or len(set(names)) < len(names):
        yield "chart series or categories"
    if len(set(categories)) < len(categories) or not all(0 < units(name) <= 20 for name in [*names, *categories]):
        yield "chart names"
    for one in series:
        if [point["label"] for point in one["data"]] != categories or not all(
            isinstance(point["value"], int | float) and math.isfinite(point["value"]) for point in one["data"]
        ):
            yield f"chart values of {one['name']}"


_BLOCKS = {
    "data_visualization": _chart,
    "header": _header,
    "section": _section,
    "rich_text": _rich_text,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
    "input": _input,
}
