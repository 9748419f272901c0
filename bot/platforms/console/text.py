"""Cards and forms as plain text, for a terminal."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from functools import singledispatch

from rich.cells import cell_len

from bot.cards import (
    Actions,
    Block,
    Button,
    Byline,
    Card,
    Chart,
    ChoiceField,
    DateField,
    Divider,
    Facts,
    Form,
    FormField,
    Heading,
    Link,
    Option,
    Picture,
    Quote,
    SearchField,
    Text,
    TextField,
    Tone,
)
from bot.folding import fold
from bot.web.drawing.words import told

_SIGNS = {Tone.NORMAL: "", Tone.MUTED: "", Tone.GOOD: "✓ ", Tone.WARNING: "! ", Tone.DANGER: "✗ "}
_WIDEST_LABEL = 24
"""Columns a fact's label may take before its value starts on a line of its own."""
_RUN = re.compile(r"\s{200,}+")
"""White space that no terminal is wide enough for; textwrap takes quadratic time for it."""
_LEAST = 20
"""Columns that are used whatever the terminal says, so that a word or two fit on a line."""


def render_text(reply: Card | Form, width: int = 80) -> str:
    """Write a card or form as text, wrapped at `width` columns; no colours, and no control characters from what people typed."""
    width = max(width, _LEAST)
    lines = _card(reply, width) if isinstance(reply, Card) else _form(reply, width)
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _clean(text: str) -> str:
    """Without control characters: typed by somebody, they could move the cursor or recolour the reader's terminal."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else "\N{REPLACEMENT CHARACTER}" for char in kept)


def _wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Lines of `text`, its own line breaks kept; the very first one begins with `first` instead of `indent`."""
    lead = indent if first is None else first
    for line in _clean(text).split("\n"):
        wrapped = textwrap.wrap(
            _RUN.sub(" ", line), max(width, _LEAST), initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
        )
        yield from wrapped or [lead]
        lead = indent


def _card(card: Card, width: int) -> Iterator[str]:
    yield from _wrapped(card.title, width, first=_SIGNS[card.tone])
    for block in card.blocks:
        yield ""
        yield from _block(block, width)


@singledispatch
def _block(block: Block, width: int) -> Iterator[str]:
    raise TypeError(block, width)


@_block.register
def _(block: Text, width: int) -> Iterator[str]:
    return _wrapped(block.text, width, first=_SIGNS[block.tone])


@_block.register
def _(block: Heading, width: int) -> Iterator[str]:
    lines = list(_wrapped(block.text, width))
    yield from lines
    yield "─" * min(width, max(cell_len(line) for line in lines))


@_block.register
def _(block: Quote, width: int) -> Iterator[str]:
    if said := block.label or block.source:
        yield from _wrapped(f"{said}:", width)
    yield from _wrapped(block.text, width, indent="  │ ")


@_block.register
def _(block: Facts, width: int) -> Iterator[str]:
    return _pairs(block.items, width)


@_block.register
def _(block: Divider, width: int) -> Iterator[str]:  # noqa: ARG001 - a divider is its width and nothing else
    yield "─" * width


@_block.register
def _(block: Link, width: int) -> Iterator[str]:
    if len(line := f"{block.label}: {block.url}") <= width:
        yield line
        return
    yield from _wrapped(f"{block.label}:", width)
    yield block.url  # whole, however long: a broken address can't be opened


@_block.register
def _(block: Byline, width: int) -> Iterator[str]:
    return _wrapped(", ".join(part for part in (block.name, block.role) if part), width)


@_block.register
def _(block: Picture, width: int) -> Iterator[str]:
    return _wrapped(f"Picture: {block.alt} ({block.url})", width)


@_block.register
def _(block: Chart, width: int) -> Iterator[str]:
    for line in (block.alt, *told(block)):
        yield from _wrapped(line, width)


@_block.register
def _(block: Actions, width: int) -> Iterator[str]:
    row = fold(block)
    yield from _wrapped(" ".join(_button(one) for one in row.shown), width)
    if row.menu:
        yield from _wrapped(f"More: {' '.join(_button(one) for one in row.menu)}", width)


def _button(button: Button) -> str:
    return f"[{button.label}]"


def _pairs(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Label and value side by side, values under each other."""
    cleaned = [(_clean(label).replace("\n", " "), value) for label, value in pairs]
    room = min(max((cell_len(label) for label, _ in cleaned), default=0), _WIDEST_LABEL, width // 3)
    for label, value in cleaned:
        space = " " * (room + 2)
        if cell_len(label) > room:
            yield from _wrapped(label, width)
            yield from _wrapped(value, width, indent=space)
        else:
            padded = label + " " * (room + 2 - cell_len(label))
            yield from _labelled(padded, value, width, space)


def _labelled(label: str, value: str, width: int, indent: str) -> Iterator[str]:
    """Put the label on after wrapping, for a label of spaces and signs must not be wrapped itself."""
    first, *rest = _wrapped(value, width, indent=indent)
    yield label + first[len(indent) :]
    yield from rest


def _form(form: Form, width: int) -> Iterator[str]:
    yield from _wrapped(form.title, width)
    if form.intro:
        yield from _wrapped(form.intro, width)
    if "" in form.errors:
        yield from _wrapped(form.errors[""], width, first=_SIGNS[Tone.DANGER])
    for one in form.fields:
        yield ""
        yield from _field(one, form.errors.get(one.name, ""), width)
    yield ""
    yield f"[{_clean(form.submit)}]"


def _field(one: FormField, error: str, width: int) -> Iterator[str]:
    needed = ", required" if one.required else ""
    yield from _wrapped(f"{one.label} ({one.name}{needed})", width)
    for value in _values(one):
        yield from _wrapped(value, width, indent="  │ ")
    if one.question:
        yield from _wrapped(one.question, width, indent="    ", first="  ? ")
    if one.help:
        yield from _wrapped(one.help, width, indent="  ")
    if error:
        yield from _wrapped(error, width, indent="    ", first="  ✗ ")


def _values(one: FormField) -> tuple[str, ...]:
    """List what a field is filled in with, or what may be chosen, line by line."""
    if isinstance(one, TextField):
        return (one.value or "…",)
    if isinstance(one, DateField):
        return (one.value.isoformat() if one.value else "…",)
    if isinstance(one, ChoiceField):
        return tuple(f"({'•' if option.value == one.value else ' '}) {_choice(option)}" for option in one.options)
    return tuple(option.label for option in one.values) or (_searched(one),)


def _choice(option: Option) -> str:
    return option.label if option.label == option.value else f"{option.label} = {option.value}"


def _searched(one: SearchField) -> str:
    if one.query:
        return f"“{one.query}”?"
    few = ", ".join(option.label for option in one.suggestions[:5])
    return f"… (such as {few})" if few else "…"
