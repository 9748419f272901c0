"""Buttons: what they carry, and how it's read again at the press. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from bot.cards import Actions, Answers, Button, ButtonStyle
from bot.folding import fold
from bot.platforms.teams import limits
from bot.platforms.teams.text import line

Json = dict[str, Any]

_STYLES = {ButtonStyle.PRIMARY: "positive", ButtonStyle.DANGER: "destructive"}


@dataclass(frozen=True)
class Press:
    """What a pressed button or submitted form asks for.

    `form` is None unless a form was submitted. `on` is the id of the message whose button opened the dialog, "" when none did.
    `dialog` says that the button was drawn to open a dialog. `confirm` is the question to be asked in it first, and `label` the words on
    what was chosen: of an entry of a menu, where nothing can unfold.
    """

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    replaces: bool = False
    form: Answers | None = None
    on: str = ""
    dialog: bool = False
    confirm: str = ""
    label: str = ""


def rows(actions: Actions) -> list[Json]:
    """Make action sets, each as many buttons as a phone has room for side by side; the rest of them is in the last one's menu.

    What is too long for a button that isn't cut is a line to press, which wraps.
    """
    row = fold(actions)
    sets: list[Json] = []
    room = 0
    for button in row.shown:
        width = sign_width(_title(button)) + limits.BUTTON_PADDING
        if width > limits.ROW_WIDTH:
            sets.append(_wrapping(button))
            room = 0
            continue
        if width > room:
            sets.append({"type": "ActionSet", "actions": []})
            room = limits.ROW_WIDTH
        sets[-1]["actions"].append(render_button(button))
        room -= width + limits.BUTTON_GAP
    return _with_menu(sets, [_entry(one) for one in row.menu], room)


def _with_menu(sets: list[Json], entries: list[Json], room: int) -> list[Json]:
    """Put the menu at the end of the last row; where there's no room, the last button goes with it to a row of their own."""
    if not entries:
        return sets
    last = sets[-1].get("actions", [])
    if not last:
        sets.append({"type": "ActionSet", "actions": entries})
    elif room < limits.MENU_WIDTH and len(last) > 1:
        sets.append({"type": "ActionSet", "actions": [last.pop(), *entries]})
    else:
        last += entries
    return sets


def sign_width(text: str) -> int:
    """How wide bold words are at most, in pixels."""
    return sum(limits.WIDE_SIGN_WIDTH if east_asian_width(sign) in "WF" else limits.SIGN_WIDTH for sign in text)


def _wrapping(button: Button) -> Json:
    """Make a line that does what the button would: Teams breaks its words.

    https://adaptivecards.io/explorer/Container.html (selectAction, which can't unfold a question: that is asked in a dialog)
    """
    action = {name: value for name, value in _entry(button).items() if name != "mode"}
    words = {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": _title(button), "weight": "bolder", "color": "accent"}],
    }
    return {"type": "Container", "style": "emphasis", "spacing": "small", "selectAction": action, "items": [words]}


def _entry(button: Button) -> Json:
    """Make an entry of the menu; one with a question asks it in a dialog.

    https://adaptivecards.io/explorer/Action.Execute.html (mode)
    """
    asking = {"confirm": line(button.confirm), "label": _title(button)} if button.confirm else {}
    action = _dialog(button) if button.opens_form or button.confirm else execute(button)
    return action | {"mode": "secondary", "data": action["data"] | asking}


def render_button(button: Button) -> Json:
    """Make one action.

    A press runs on the bot (Action.Execute), or opens a dialog (Action.Submit with `task/fetch`). Adaptive Cards have no question before
    an action: a button with `confirm` unfolds the question below itself, with the same words on the button that does it.
    """
    action = _dialog(button) if button.opens_form else execute(button)
    if button.style in _STYLES:
        action["style"] = _STYLES[button.style]
    if not button.confirm:
        return action
    question = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line(button.confirm), "weight": "bolder"}]}
    shown: Json = {"type": "AdaptiveCard", "version": "1.5", "body": [question], "actions": [action]}
    ask: Json = {"type": "Action.ShowCard", "title": _title(button), "card": shown}
    return ask | ({"style": action["style"]} if "style" in action else {})


def _title(button: Button) -> str:
    return line(button.label) or button.command or "…"


def _data(button: Button) -> Json:
    return {"command": button.command, "args": dict(button.args)} | ({"replaces": True} if button.replaces else {})


def execute(button: Button) -> Json:
    """Make the action that runs on the bot."""
    return {"type": "Action.Execute", "title": _title(button), "verb": button.command, "data": _data(button)}


def _dialog(button: Button) -> Json:
    data = {"msteams": {"type": "task/fetch"}} | _data(button) | {"dialog": True}
    return {"type": "Action.Submit", "title": _title(button), "data": data}
