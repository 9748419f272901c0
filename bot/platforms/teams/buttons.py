"""Buttons: what they carry, and how it's read again at the press. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cards import Answers, Button, ButtonStyle
from bot.platforms.teams import limits
from bot.platforms.teams.text import line

Json = dict[str, Any]

_STYLES = {ButtonStyle.PRIMARY: "positive", ButtonStyle.DANGER: "destructive"}


@dataclass(frozen=True)
class Press:
    """What a pressed button or submitted form asks for.

    `form` is None unless a form was submitted. `on` is the id of the message whose button opened the dialog, "" when none did.
    `dialog` says that the button was drawn to open a dialog.
    """

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    replaces: bool = False
    form: Answers | None = None
    on: str = ""
    dialog: bool = False


def rows(buttons: Sequence[Button]) -> list[Json]:
    """Make action sets of `buttons`, as few as hold them and equally long: five become three and two."""
    if not buttons:
        return []
    count = -(-len(buttons) // limits.BUTTONS_IN_ROW)
    size = -(-len(buttons) // count)
    return [
        {"type": "ActionSet", "actions": [render_button(one) for one in buttons[at : at + size]]}
        for at in range(0, len(buttons), size)
    ]


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
