"""A form that can't be opened at once (typed text brings no trigger): what is filled in, and a button that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.cards import (
    Button,
    ButtonStyle,
    Card,
    ChoiceField,
    DateField,
    Facts,
    Form,
    FormField,
    Quote,
    Reply,
    SearchField,
    Text,
    TextField,
    Tone,
)
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.buttons import Json, render_button, weight
from bot.platforms.slack.modals import filled
from bot.platforms.slack.text import cut, unescape

_ROOM = limits.BUTTON_VALUE - 100  # what a button's value has for text and args; the rest is for the names
_EXCERPT = 300  # an arg longer than this is an excerpt of something, never an id: where there's no room it may stay behind
_SHOWN = 200  # of a long answer, which is whole in the form


@dataclass(frozen=True)
class Again:
    """How to ask the same once more: `text` is what was typed, `source` (`channel:ts`) the message it stands in, if any."""

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    source: str = ""


def offer(form: Form, again: Again) -> Json:
    """Render the message. Text too long for a button is read from its message again, or shown here when it has none."""
    args, carried = _carried(again)
    lost = again.text if not carried and not again.source else ""
    button = Button(
        label="Check and save",
        command=again.command,
        args=args,
        style=ButtonStyle.PRIMARY,
        opens_form=True,
        replaces=True,
    )
    message = render_card(_card(form, lost))
    action = render_button(button, limits.BLOCKS_IN_MESSAGE, text=carried, source="" if carried else again.source)
    return message | {"blocks": [*message["blocks"], {"type": "actions", "elements": [action]}]}


def _carried(again: Again) -> tuple[dict[str, str], str]:
    """Give the args and the text that a button can carry: text before excerpts, and ids in any case."""
    every = dict(again.args)
    ids = {name: value for name, value in every.items() if len(value) <= _EXCERPT}
    choices = ((every, again.text), (ids, again.text), (every, ""))
    return next((choice for choice in choices if weight({"args": choice[0], "text": choice[1]}) <= _ROOM), (ids, ""))


def _card(form: Form, lost: str) -> Card:
    facts = tuple((item.label, shown) for item in form.fields if (shown := _filled(item)))
    said = "Nothing is saved yet. Here is what I understood:" if facts else "Nothing is saved yet."
    asked = tuple(Text(text=f"❓ {item.label}: {item.question}") for item in form.fields if item.question)
    blocks = (
        Text(text=said),
        *((Facts(items=facts),) if facts else ()),
        *asked,
        *((Quote(text=lost, label="You typed"),) if lost else ()),
    )
    return Card(title=form.title, blocks=blocks)


def _filled(item: FormField) -> str:
    """Say what a field is filled in with, for a person to read."""
    match item:
        case TextField():
            return cut(item.value, _SHOWN, "… more")
        case DateField():
            return f"{item.value:%a} {item.value.day} {item.value:%b %Y}" if item.value else ""
        case ChoiceField():
            return next((option.label for option in item.options if item.value and option.value == item.value), "")
        case SearchField():
            return ", ".join(option.label for option in item.values) or item.query


def unsaved(view: Mapping[str, Any], reply: Reply) -> Card:
    """Give back, as a message, what was typed in a form that wasn't saved and was closed; with what was wrong."""
    reasons = list(reply.errors.values()) if isinstance(reply, Form) else [reply.spoken]
    state = filled(view) or {}
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    facts = ((unescape(block["label"]["text"]), _typed(state.get(block["block_id"], {}))) for block in inputs)
    blocks = (*(Text(text=reason) for reason in reasons), Facts(items=tuple(fact for fact in facts if fact[1])))
    return Card(title="Not saved; here is what you had typed", tone=Tone.WARNING, blocks=blocks)


def _typed(actions: Mapping[str, Any]) -> str:
    """Say what one input of a submitted view holds."""
    for state in actions.values():
        options = state.get("selected_options") or [option for option in [state.get("selected_option")] if option]
        chosen = ", ".join(unescape(option["text"]["text"]) for option in options)
        return chosen or state.get("selected_date") or state.get("value") or ""
    return ""
