"""Form → modal and its answers back. Pure: no SDK, no clock, no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never
from urllib.parse import unquote

from bot.cards import Answers, Card, ChoiceField, DateField, Form, FormField, Option, SearchField, TextField, Tone
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import SIGNS, paragraphs, render_view
from bot.platforms.slack.buttons import Json, dumps
from bot.platforms.slack.text import cut, label, length, split

FORM = "form"
NOTICE = "notice"
_SEARCH = "search"
_NONE = "_none_"  # stands for "no answer" in a choice: Slack has no empty option value, and no way to take a choice back
_MARKS = str.maketrans("&<>", "   ")
_FEW = 4  # options shown all at once, as radio buttons


@dataclass(frozen=True)
class Sent:
    """What a submitted modal is about: the form's command and args, and the `private` text it was rendered with."""

    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    private: str = ""


def render_form(form: Form, *, private: str = "") -> Json:
    """Render the modal for views.open and views.update. `private` comes back with the submission (`read_sent`).

    `form.errors` are shown beside their fields, for a view that can't be answered with `response_action: errors`.
    Raises ValueError where a form can't be shown whole: over 100 blocks, or args and `private` over 3,000 characters.
    """
    blocks = _head(form)
    for item in form.fields:
        blocks += _error(form.errors.get(item.name, "")) + _asked(item) + _uncarried(item) + _inputs(item)
    private = dumps({"command": form.command, "args": form.args, "private": private})
    if len(blocks) > limits.BLOCKS_IN_MODAL or len(private) > limits.PRIVATE_METADATA:
        raise ValueError(f"the form {form.title!r} is too long: {len(blocks)} blocks, {len(private)} characters of metadata")
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": label(form.title, limits.MODAL_TITLE),
        "submit": label(form.submit, limits.MODAL_BUTTON, otherwise="Save"),
        "close": label("Cancel", limits.MODAL_BUTTON),
        "private_metadata": private,
        "blocks": blocks,
    }


def render_notice(card: Card, *, close: str = "Close") -> Json:
    """Render a modal that only shows `card`, with nothing to submit."""
    title = SIGNS[card.tone] + card.title
    # The bar shows a short title already; said twice it would only push the text down.
    shown = render_view(card if length(title) > limits.MODAL_TITLE else card.model_copy(update={"title": ""}))
    return {
        "type": "modal",
        "callback_id": NOTICE,
        "title": label(title, limits.MODAL_TITLE),
        "close": label(close, limits.MODAL_BUTTON),
        "blocks": shown or [{"type": "divider"}],
    }


def read_sent(view: Mapping[str, Any]) -> Sent:
    """Read a submitted modal's command, args and private text, as `render_form` put them in.

    Where another version of the bot put in something else, it is about no command ("").
    """
    try:
        kept = json.loads(view.get("private_metadata") or "")
    except (TypeError, ValueError, RecursionError):
        return Sent("")
    if not isinstance(kept, dict) or set(kept) != {"command", "args", "private"} or not isinstance(kept["args"], dict):
        return Sent("")
    readable = all(isinstance(one, str) for one in (kept["command"], kept["private"], *kept["args"].values()))
    return Sent(**kept) if readable else Sent("")


def filled(view: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]] | None:
    """Give `view.state.values`, by block and action; None where there are none, which isn't the same as answers left empty."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    if not isinstance(values, dict):
        return None
    blocks = {block_id: actions for block_id, actions in values.items() if isinstance(actions, dict)}
    return {block_id: {name: one for name, one in actions.items() if isinstance(one, dict)} for block_id, actions in blocks.items()}


def read_answers(view: Mapping[str, Any]) -> Answers:
    """Read what was filled in: by field name a text, or a list for a multiple search; null is "" or []. Parts are joined again."""
    parts: dict[str, dict[int, str | list[str]]] = {}
    for block_id, actions in (filled(view) or {}).items():
        name, _, part = block_id.partition(".")
        for state in actions.values():
            parts.setdefault(name, {})[int(part) if part.isdecimal() and len(part) < 4 else 1] = _value(state)
    return {name: _joined([found[at] for at in sorted(found)]) for name, found in parts.items()}


def _joined(values: list[str | list[str]]) -> str | list[str]:
    if len(values) == 1:
        return values[0]
    return "".join(value for value in values if isinstance(value, str))


def _value(state: Mapping[str, Any]) -> str | list[str]:
    if str(state.get("type")).startswith("multi_"):
        return [_decode(str(option["value"])) for option in state.get("selected_options") or ()]
    if "selected_option" in state:
        return _decode(str((state["selected_option"] or {}).get("value", "")))
    return state.get("selected_date") or state.get("value") or ""


def errors_for(form: Form) -> dict[str, str]:
    """Give `form.errors` by block id, for `response_action: errors`. What concerns the whole form is said at its first field."""
    names = [item.name for item in form.fields]
    errors = {name: message for name, message in form.errors.items() if name in names and message}
    whole = [message for name, message in form.errors.items() if name not in names and message]
    if whole and names:
        errors[names[0]] = "\n".join([*whole, *([errors[names[0]]] if names[0] in errors else [])])
    return {name: cut(message, limits.HINT) for name, message in errors.items()}


def refilled(view: Mapping[str, Any], notice: list[Json]) -> Json:
    """Give a submitted view as it stood, with everything typed in it, and `notice` above: to show again what couldn't be saved."""
    state = filled(view) or {}
    blocks = [_with_state(block, state.get(block["block_id"], {})) for block in _inputs_of(view)]
    names = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    kept = {name: view[name] for name in names if view.get(name)}
    return kept | {"blocks": [*notice, *blocks][: limits.BLOCKS_IN_MODAL]}


def _with_state(block: Json, state: Mapping[str, Any]) -> Json:
    element = {name: value for name, value in block["element"].items() if not name.startswith("initial_")}
    for found in state.values():
        filled = {
            "initial_value": found.get("value"),
            "initial_date": found.get("selected_date"),
            "initial_option": found.get("selected_option"),
            "initial_options": found.get("selected_options"),
        }
        element |= {name: value for name, value in filled.items() if value}
    return block | {"element": element}


def field_names(view: Mapping[str, Any]) -> set[str]:
    """Give the names of the fields a view asks for."""
    return {block["block_id"].partition(".")[0] for block in _inputs_of(view)}


def _inputs_of(view: Mapping[str, Any]) -> list[Json]:
    blocks = view.get("blocks")
    return [block for block in blocks if block["type"] == "input"] if isinstance(blocks, list) else []


def _head(form: Form) -> list[Json]:
    """Give what stands above the fields: the title where the modal's own is too short for it, what is wrong, the introduction."""
    title = " ".join(form.title.split())
    long = paragraphs(title, bold=True) if length(title) > limits.MODAL_TITLE else []
    names = {item.name for item in form.fields}
    wrong = [message for name, message in form.errors.items() if name not in names]
    return [*long, *(block for message in wrong for block in _error(message)), *paragraphs(form.intro)]


def _error(message: str) -> list[Json]:
    return paragraphs(SIGNS[Tone.WARNING] + message, bold=True) if message.strip() else []


def _asked(item: FormField) -> list[Json]:
    """Ask above a field: an input has no room for it but its hint, which is muted."""
    return paragraphs(f"❓ {item.question}") if item.question.strip() else []


def _uncarried(item: FormField) -> list[Json]:
    """Say which chosen values are too long for Slack: they can't be kept chosen, but are not dropped unseen."""
    values = item.values if isinstance(item, SearchField) else ()
    return [
        block for option in values if not fits(option) for block in _error(f"Too long to keep here, please shorten: {option.label}")
    ]


def _inputs(item: FormField) -> list[Json]:
    match item:
        case TextField():
            return _text_inputs(item)
        case DateField():
            element: Json = {"type": "datepicker"}
            if item.value:
                element["initial_date"] = item.value.isoformat()
        case ChoiceField():
            element = _choice(item)
        case SearchField():
            element = _search(item)
        case _:
            assert_never(item)
    return [_input(item, element)]


def _input(item: FormField, element: Json, part: int = 1, parts: int = 1) -> Json:
    """Make one input block; its block id is the field's name, with the number of the part from the second on."""
    block_id = item.name if part == 1 else f"{item.name}.{part}"
    block: Json = {
        "type": "input",
        "block_id": block_id,
        "label": label(item.label if parts == 1 else f"{item.label} ({part} of {parts})", limits.LABEL, otherwise=item.name),
        "optional": not (item.required and part == 1),
        "element": {"action_id": block_id} | element,
    }
    if item.help.strip() and part == parts:
        block["hint"] = label(item.help, limits.HINT)
    return block


def _text_inputs(item: TextField) -> list[Json]:
    """Make one input, or as many as the value needs at Slack's 3,000 characters each."""
    pieces = split(item.value, limits.INPUT)
    return [_input(item, _text_input(item, piece, len(pieces)), at, len(pieces)) for at, piece in enumerate(pieces, start=1)]


def _text_input(item: TextField, value: str, parts: int) -> Json:
    element: Json = {"type": "plain_text_input", "multiline": item.multiline or parts > 1 or "\n" in value}
    element["max_length"] = limits.INPUT if parts > 1 else max(min(item.max_length, limits.INPUT), length(value), 1)
    if value:
        element["initial_value"] = value
    if item.placeholder.strip():
        element["placeholder"] = label(item.placeholder, limits.PLACEHOLDER)
    return element


def _choice(item: ChoiceField) -> Json:
    """Give radio buttons for a few options, else a menu; one that may stay open has a "no answer" to go back to."""
    options = [render_option(option) for option in item.options]
    open_end = not item.required and len(options) < limits.OPTIONS and not any(option.value == "" for option in item.options)
    if open_end or not options:
        options.append(render_option(Option(value="", label="No answer")))
    kind = "radio_buttons" if len(options) <= _FEW + 1 else "static_select"
    element: Json = {"type": kind, "options": options}
    chosen = [option for option, given in zip(options, item.options, strict=False) if item.value and given.value == item.value]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _search(item: SearchField) -> Json:
    """Give a menu that asks while the person types; source and hint travel in its action id (`read_search`)."""
    element: Json = {
        "type": "multi_external_select" if item.multiple else "external_select",
        "action_id": search_id(item),
        "min_query_length": 0,
        "placeholder": label(item.placeholder, limits.PLACEHOLDER, otherwise="Type a name"),
    }
    chosen = [render_option(option) for option in item.values if fits(option)]
    if chosen:
        element |= {"initial_options": chosen} if item.multiple else {"initial_option": chosen[0]}
    return element


def search_id(item: SearchField) -> str:
    """Write a search's action id; a long query loses its end, it's only a first suggestion."""
    query = " ".join(item.query.translate(_MARKS).split())
    return cut(f"{_SEARCH}:{item.source}:{item.name}:{query}", limits.ACTION_ID, mark="")


def read_search(action_id: str) -> tuple[str, str]:
    """Read source and hint from a search's action id. Raises ValueError for any other id."""
    kind, source, _, query = action_id.split(":", 3)
    if kind != _SEARCH:
        raise ValueError(f"not a search: {action_id}")
    return source, query


def fits(option: Option) -> bool:
    """Whether Slack takes an option's value; one that doesn't fit is for the log, not for an API error."""
    return len(_encode(option.value)) <= limits.OPTION_VALUE


def render_option(option: Option) -> Json:
    """Make one option object. Raises ValueError when its value passes 150 characters."""
    value = _encode(option.value)
    if not fits(option):
        raise ValueError(f"the option {option.label!r} has a value of {len(value)} characters; Slack takes {limits.OPTION_VALUE}")
    rendered: Json = {"text": label(option.label, limits.OPTION_TEXT, otherwise=option.value or "…"), "value": value}
    if option.detail.strip():
        rendered["description"] = label(option.detail, limits.OPTION_TEXT)
    return rendered


def _encode(value: str) -> str:
    """Write an option's value so that Slack's turning of `&`, `<` and `>` into entities can't change it."""
    if not value:
        return _NONE
    return value.replace("%", "%25").replace("&", "%26").replace("<", "%3C").replace(">", "%3E")


def _decode(value: str) -> str:
    return "" if value == _NONE else unquote(value)
