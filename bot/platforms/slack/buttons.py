"""Buttons: what they carry, and how it's read again at the press."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from bot.cards import Button, ButtonStyle
from bot.platforms.slack import limits
from bot.platforms.slack.text import label

Json = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """What a pressed button asks for. `text` and `source` belong to buttons of our own (see `render_button`)."""

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False
    replaces: bool = False
    text: str = ""
    source: str = ""


def dumps(value: Json) -> str:
    """Write compact JSON with `&`, `<` and `>` as escapes of JSON's own.

    Slack hands values back with these three turned into HTML entities at times (bolt-python issue 513); this way there is
    nothing to turn.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def weight(value: Json) -> int:
    """Count `value` as Slack may at worst, in UTF-16 units of its JSON."""
    return len(dumps(value).encode("utf-16-le", "surrogatepass")) // 2


def render_button(button: Button, index: int, *, text: str = "", source: str = "") -> Json:
    """Make one button element. `index` makes its action_id unique in the message.

    `text` is what had been typed after the command, for a button that asks again what was typed; `source` says where Slack
    keeps that message when it is too long to carry. Raises ValueError when the value passes Slack's 2,000 characters: its args
    break the contract of `bot.cards.Button`.
    """
    element: Json = {
        "type": "button",
        "action_id": f"{button.command[:200]}:{index}",
        "text": label(button.label, limits.BUTTON_TEXT, otherwise=button.command or "…"),
        "value": _value(button, text, source),
    }
    if button.style is not ButtonStyle.NORMAL:
        element["style"] = button.style.value
    if button.confirm:
        element["confirm"] = _confirm(button)
    return element


def _value(button: Button, text: str, source: str) -> str:
    carried: Json = {"command": button.command, "args": button.args}
    carried |= {name: True for name in ("opens_form", "replaces") if getattr(button, name)}
    carried |= {name: value for name, value in (("text", text), ("source", source)) if value}
    value = dumps(carried)
    if len(value) > limits.BUTTON_VALUE:
        raise ValueError(f"the button {button.label!r} carries {len(value)} characters; Slack takes {limits.BUTTON_VALUE}")
    return value


def _confirm(button: Button) -> Json:
    dialog: Json = {
        "title": label(button.label, limits.CONFIRM_TITLE, otherwise=button.command),
        "text": label(button.confirm, limits.CONFIRM_TEXT),
        "confirm": label(button.label, limits.CONFIRM_BUTTON, otherwise="Yes"),
        "deny": label("Cancel", limits.CONFIRM_BUTTON),
    }
    if button.style is ButtonStyle.DANGER:
        dialog["style"] = "danger"
    return dialog


def rows(buttons: Sequence[Button], first: int) -> list[Json]:
    """Make actions blocks for `buttons`, five a row; `first` is the index of the first of them in the message."""
    elements = [render_button(button, first + number) for number, button in enumerate(buttons)]
    size = limits.BUTTONS_IN_ROW
    return [{"type": "actions", "elements": elements[at : at + size]} for at in range(0, len(elements), size)]


def read_press(action: Mapping[str, Any]) -> Press | None:
    """Read what an entry of a block_actions payload's `actions` asks for; None for anything that isn't a button of ours.

    A button whose value can't be read, for another version wrote it, asks for no command ("").
    """
    written = action.get("value")
    if action.get("type") != "button" or not isinstance(written, str) or not written:
        return None
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return Press("")
    if not isinstance(value, dict) or not isinstance(value.get("command"), str):
        return Press("")
    press = Press(**{one.name: value[one.name] for one in fields(Press) if one.name in value})
    texts = (press.text, press.source, *press.args.values()) if isinstance(press.args, dict) else (None,)
    return press if all(isinstance(one, str) for one in texts) else Press("")
