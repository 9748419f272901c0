"""Form → an Adaptive Card with inputs, and what comes back → answers. Pure: no SDK, no clock, no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from bot.cards import Answers, ChoiceField, DateField, Form, FormField, Option, SearchField, TextField
from bot.platforms.teams import limits
from bot.platforms.teams.adaptive import adaptive, paragraphs, rich, run, title
from bot.platforms.teams.buttons import Json
from bot.platforms.teams.text import line, weight, whole

_KINDS = {"text_field": "text", "date_field": "date", "choice_field": "choice", "search_field": "search"}
_MANY = "many"
_FEWER = (25, 5, 0)
"""How many suggestions are tried in turn when a form is too large; what isn't offered is still found by typing."""
_NOTHING = "%none"
"""Stands for "" in a list to choose from: an option must have a value, https://adaptivecards.io/explorer/Input.Choice.html"""
_LEAST = 1_000
"""Characters a text keeps when a form is so full that texts are cut."""


def render_form(form: Form, *, inline: bool, on: str = "") -> Json:
    """Make a card with inputs. `inline`: in a message (after a typed command); else in a dialog, whose submission is sent differently.

    `on` is the id of the message whose button opened the dialog. Stays within `limits.CARD_BYTES`: first with fewer suggestions, at
    last with the longest texts cut and said so at their field.
    """
    card = _card(form, inline, on, limits.CHOICES)
    for choices in _FEWER:
        if weight(card) <= limits.CARD_BYTES:
            return card
        card = _card(form, inline, on, choices)
    while weight(card) > limits.CARD_BYTES and (shorter := _shorter(form)) is not None:
        form = shorter
        card = _card(form, inline, on, 0)
    return card


def read_answers(data: Mapping[str, Any]) -> Answers:
    """Read a submitted form from what was submitted alone: an input's id carries its field's kind and name.

    Clients leave out inputs that are empty; those named in the submission's own `inputs` come back as "" or [].
    """
    listed = data.get("inputs")
    keys = [key for key in listed if isinstance(key, str)] if isinstance(listed, list) else []
    found = {key: data.get(key) for key in dict.fromkeys([*keys, *data])}
    return {key.partition("-")[2]: _answer(key.partition("-")[0], value) for key, value in found.items() if _is_input(key)}


def encoded(value: str) -> str:
    """Write an option's value so that it holds no comma, which parts several chosen ones."""
    return whole(value).replace("%", "%25").replace(",", "%2C")


def choice(option: Option) -> Json:
    """Make an option of a list that is searched."""
    label = " · ".join(part for part in (line(option.label), line(option.detail)) if part)
    return {"title": label or option.value or "…", "value": encoded(option.value)}


def _decoded(value: str) -> str:
    return value.replace("%2C", ",").replace("%25", "%")


def _is_input(key: str) -> bool:
    kind, dash, name = key.partition("-")
    return bool(dash and name) and kind in {*_KINDS.values(), _MANY}


def _answer(kind: str, value: object) -> str | list[str]:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if kind == _MANY:
        return [_decoded(one.strip()) for one in text.split(",") if one.strip()]
    if kind == "choice":
        return "" if text == _NOTHING else text
    return _decoded(text) if kind == "search" else text


def _card(form: Form, inline: bool, on: str, choices: int) -> Json:
    body = [title(form.title), *paragraphs(form.intro, isSubtle=True)]
    if problem := form.errors.get(""):
        body.append({"type": "Container", "style": "attention", "items": [rich(run(line(problem), color="attention"))]})
    for one in form.fields:
        body += _field(one, form.errors.get(one.name, ""), choices)
    return adaptive([*body, {"type": "ActionSet", "actions": [_submit(form, inline, on)]}], form.title)


def _submit(form: Form, inline: bool, on: str) -> Json:
    data: Json = {"command": form.command, "args": dict(form.args), "inputs": [_id(one) for one in form.fields]}
    if on:
        data["on"] = on
    action: Json = {"type": "Action.Submit", "title": line(form.submit) or "Save", "data": data, "style": "positive"}
    return action | {"type": "Action.Execute", "verb": form.command} if inline else action


def _id(one: FormField) -> str:
    kind = _MANY if isinstance(one, SearchField) and one.multiple else _KINDS[one.kind]
    return f"{kind}-{one.name}"


def _field(one: FormField, problem: str, choices: int) -> list[Json]:
    element: Json = {"id": _id(one), "label": line(one.label) or one.name, "spacing": "medium"} | _input(one, choices)
    if one.required:
        element |= {"isRequired": True, "errorMessage": f"Please fill in “{line(one.label)}”."}
    notes = paragraphs(_hint(one), isSubtle=True, size="small")
    asked = [rich(run(f"❓ {line(one.question)}", weight="bolder"), spacing="small")] if line(one.question) else []
    errors = [rich(run(f"⚠️ {line(problem)}", color="attention", weight="bolder"), spacing="small")] if problem else []
    return [element, *errors, *asked, *(note | {"spacing": "small"} for note in notes)]


def _hint(one: FormField) -> str:
    if isinstance(one, SearchField) and one.query and not one.values:
        return f"You wrote “{line(one.query)}”. Choose what you mean. {one.help}".strip()
    return one.help


def _input(one: FormField, choices: int) -> Json:
    match one:
        case TextField():
            element = _text(one)
        case DateField():
            element = {"type": "Input.Date"} | ({"value": one.value.isoformat()} if one.value else {})
        case ChoiceField():
            element = _choices(one)
        case SearchField():
            element = _search(one, choices)
        case _:
            assert_never(one)
    return element


def _text(one: TextField) -> Json:
    element: Json = {"type": "Input.Text", "isMultiline": one.multiline, "maxLength": one.max_length}
    texts = {"value": whole(one.value), "placeholder": line(one.placeholder)}
    return element | {name: text for name, text in texts.items() if text}


def _choices(field: ChoiceField) -> Json:
    """Make a list to choose from; one that may stay empty has an empty choice, for it can't be cleared otherwise."""
    options = [{"title": line(one.label) or one.value or "…", "value": one.value or _NOTHING} for one in field.options]
    if not field.required and _NOTHING not in [one["value"] for one in options]:
        options.insert(0, {"title": "—", "value": _NOTHING})
    element: Json = {"type": "Input.ChoiceSet", "style": "compact", "choices": options, "placeholder": "Choose…"}
    return element | ({"value": field.value} if field.value else {})


def _search(one: SearchField, choices: int) -> Json:
    """Make a list that is searched as one types: here what is chosen and suggested, and `choices.data` to ask the bot for the rest."""
    options = {option.value: option for option in (*one.values, *one.suggestions[: max(0, choices - len(one.values))])}
    element: Json = {
        "type": "Input.ChoiceSet",
        "style": "filtered",
        "isMultiSelect": one.multiple,
        "choices": [choice(option) for option in options.values()],
        "choices.data": {"type": "Data.Query", "dataset": one.source},
        "placeholder": line(one.placeholder) or "Type to search…",
    }
    chosen = one.values if one.multiple else one.values[:1]
    return element | ({"value": ",".join(encoded(option.value) for option in chosen)} if chosen else {})


def _shorter(form: Form) -> Form | None:
    """Cut the longest text by half, and say at its field that and how much; None when none is long any more."""
    texts = [one for one in form.fields if isinstance(one, TextField)]
    longest = max(texts, key=lambda one: len(one.value), default=None)
    if longest is None or len(longest.value) <= _LEAST:
        return None
    kept = longest.value[: len(longest.value) // 2]
    said = f"Too long for Teams: only the first {len(kept)} characters are shown here, and only they will be saved."
    fields = tuple(one.model_copy(update={"value": kept}) if one is longest else one for one in form.fields)
    return form.model_copy(update={"fields": fields, "errors": form.errors | {longest.name: said}})
