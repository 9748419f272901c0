"""Buttons: what they carry, and how it's read again at the press."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from bot.cards import Actions, Button, ButtonStyle
from bot.folding import fold
from bot.platforms.slack import limits
from bot.platforms.slack.text import label, unescape

Json = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """What a pressed button asks for. `text` and `source` belong to buttons of our own (see `render_button`).

    `confirm` is the question to be asked first, and `label` the words on what was chosen: of an entry of a menu, where Slack asks none.
    """

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False
    replaces: bool = False
    text: str = ""
    source: str = ""
    confirm: str = ""
    label: str = ""


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


def rows(actions: Actions, first: int) -> list[Json]:
    """Make actions blocks, five buttons a row, with the menu of the rest at the last one's end; `first` is the first button's index."""
    row = fold(actions)
    menu = [(one, dumps(_chosen(one))) for one in row.menu if weight(_chosen(one)) <= limits.OPTION_VALUE]
    shown = [*row.shown, *(one for one in row.menu if not any(one is entry for entry, _ in menu))]
    elements = [render_button(button, first + number) for number, button in enumerate(shown)]
    most, size = limits.MENU, limits.BUTTONS_IN_ROW
    menus = [_menu(menu[at : at + most], first + len(shown) + at) for at in range(0, len(menu), most)]
    blocks: list[Json] = [{"type": "actions", "elements": elements[at : at + size]} for at in range(0, len(elements), size)]
    if menus:
        blocks[-1]["elements"] += menus
    return blocks


def _menu(entries: Sequence[tuple[Button, str]], index: int) -> Json:
    options = [{"text": label(one.label, limits.OPTION_TEXT, otherwise=one.command), "value": value} for one, value in entries]
    return {"type": "overflow", "action_id": f"menu:{index}", "options": options}


def _chosen(button: Button) -> Json:
    """What an entry of a menu carries, in short names: Slack takes 150 characters of it."""
    carried = {_SHORT[name]: getattr(button, name) for name in _SHORT}
    return {name: value for name, value in carried.items() if value}


_SHORT = {"command": "c", "args": "a", "opens_form": "f", "replaces": "r", "confirm": "q"}


def read_press(action: Mapping[str, Any]) -> Press | None:
    """Read what an entry of a block_actions payload's `actions` asks for; None for anything that isn't a button or menu of ours.

    One whose value can't be read, for another version wrote it, asks for no command ("").
    """
    if action.get("type") == "overflow":
        return _read_chosen(action.get("selected_option"))
    value = _value_of(action)
    return None if value is None else _press(value)


def _read_chosen(option: object) -> Press | None:
    value = _value_of(option) if isinstance(option, dict) else None
    if value is None or not isinstance(option, dict):
        return None
    text = option.get("text")
    said = text.get("text") if isinstance(text, dict) else ""
    said = unescape(said) if isinstance(said, str) else ""
    return _press({name: value[short] for name, short in _SHORT.items() if short in value} | {"label": said})


def _value_of(holder: Mapping[str, Any]) -> Json | None:
    """The JSON in a `value`; {} for what can't be read, None where there is none."""
    written = holder.get("value")
    if holder.get("type", "button") != "button" or not isinstance(written, str) or not written:
        return None
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _press(value: Json) -> Press:
    if not isinstance(value.get("command"), str):
        return Press("")
    press = Press(**{one.name: value[one.name] for one in fields(Press) if one.name in value})
    texts = (
        (press.text, press.source, press.confirm, press.label, *press.args.values()) if isinstance(press.args, dict) else (None,)
    )
    return press if all(isinstance(one, str) for one in texts) else Press("")
