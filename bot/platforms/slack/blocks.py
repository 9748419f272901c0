"""Card → Block Kit. Pure: no SDK, no clock, no network.

What people wrote goes into rich_text and plain_text blocks only. There a `*`, a `_` or a `<!channel>` is a character like any
other; in mrkdwn each would be markup.
"""

from __future__ import annotations

from typing import assert_never

from bot.cards import Actions, Byline, Card, Chart, Divider, Facts, Heading, Link, Picture, Quote, Text, Tone
from bot.platforms.slack import charts, limits
from bot.platforms.slack.buttons import Json, rows
from bot.platforms.slack.fitting import fit, weight
from bot.platforms.slack.text import cut, escape, label, length, split

SIGNS = {Tone.GOOD: "✅ ", Tone.WARNING: "⚠️ ", Tone.DANGER: "🛑 ", Tone.NORMAL: "", Tone.MUTED: ""}
_ROOM = limits.BLOCKS_IN_MESSAGE - 2  # two are left for what an answer adds: a button, a note on why it comes here
_CELL = 36
"""Characters in a row of a cell: what two columns hold side by side on a computer."""
_MUTED = 2_000  # a context element's text, https://docs.slack.dev/reference/block-kit/blocks/context-block


def render_card(card: Card) -> Json:
    """Give `{"text": …, "blocks": […]}` for chat.postMessage, within every limit of `bot.platforms.slack.limits`.

    What passes a message's limits is cut with a visible "… more"; the buttons at the card's end stay. Raises ValueError when
    what a button carries passes 2,000 characters.
    """
    parts = card.blocks
    blocks: list[Json] = []
    if parts and isinstance(parts[0], Byline):  # whose words these are comes first
        blocks, parts = _byline(parts[0]), parts[1:]
    blocks += _title(card)
    index = drawn = 0
    for block in parts:
        if isinstance(block, Actions):
            blocks += rows(block, index)
            index += len(block.buttons)
        elif isinstance(block, Chart) and drawn < limits.CHARTS and (chart := charts.native(block)):
            blocks += [*paragraphs(block.alt), chart]
            drawn += 1
        else:
            blocks += _render(block)
    fallback = " ".join((SIGNS[card.tone] + card.spoken).split())
    return {"text": escape(cut(fallback, limits.FALLBACK)) or "…", "blocks": fit(blocks, _ROOM)}


def render_view(card: Card) -> list[Json]:
    """Give a card's blocks for a modal or the Home tab, where Slack documents no charts of its own: there they are words."""
    blocks: list[Json] = charts.in_words(render_card(card)["blocks"])
    return blocks


def _title(card: Card) -> list[Json]:
    """Give a header, or bold text where the title is longer than a header may be."""
    title = " ".join(card.title.split())
    if not title:
        return []
    if length(SIGNS[card.tone] + title) <= limits.HEADER:
        return [{"type": "header", "text": label(SIGNS[card.tone] + title, limits.HEADER)}]
    return paragraphs(SIGNS[card.tone] + title, bold=True)


def _render(block: Text | Heading | Quote | Facts | Divider | Link | Byline | Picture | Chart) -> list[Json]:
    match block:
        case Text():
            blocks = _text(block)
        case Heading():
            blocks = paragraphs(block.text, bold=True)
        case Quote():
            blocks = _quote(block)
        case Facts():
            blocks = _facts(block)
        case Link():
            blocks = _link(block)
        case Byline():
            blocks = _byline(block)
        case Picture():
            blocks = _picture(block)
        case Chart():
            blocks = paragraphs("\n".join((block.alt, charts.words(block))))
        case Divider():
            blocks = [{"type": "divider"}]
        case _:
            assert_never(block)
    return blocks


def _text(block: Text) -> list[Json]:
    if block.tone is Tone.MUTED and not block.strong:
        return muted(block.text)
    return paragraphs(SIGNS[block.tone] + block.text if block.text.strip() else "", bold=block.strong)


def muted(text: str) -> list[Json]:
    """Set text small and grey."""
    pieces = split(text, _MUTED) if text.strip() else []
    return [{"type": "context", "elements": [plain(piece)]} for piece in pieces if piece.strip()]


def plain(text: str) -> Json:
    """Make a plain_text object whose line breaks and `:smile:` stay as typed. The text must already fit."""
    return {"type": "plain_text", "text": escape(text), "emoji": False}


def paragraphs(text: str, *, bold: bool = False) -> list[Json]:
    """Set text as rich_text, one block for each 3,000 characters."""
    pieces = split(text, limits.TEXT) if text.strip() else []
    return [_rich([_section(_run(piece, bold=bold))]) for piece in pieces if piece.strip()]


def _quote(block: Quote) -> list[Json]:
    pieces = [piece for piece in split(block.text, limits.TEXT) if piece.strip()]
    blocks = [_rich([{"type": "rich_text_quote", "elements": [_run(piece)]}]) for piece in pieces]
    if blocks and block.label.strip() and length(block.label) <= limits.HEADER:
        blocks[0]["elements"].insert(0, _section(_run(block.label, bold=True)))
    if not block.source.strip():
        return blocks
    said = [_section(_run(piece, italic=True)) for piece in split(f"— {block.source}", limits.TEXT)]
    if blocks and len(said) == 1:
        blocks[-1]["elements"] += said
        return blocks
    return blocks + [_rich([section]) for section in said]


def _facts(block: Facts) -> list[Json]:
    """Set short facts in two columns, each name above its value; a long one in lines of its own, in as few blocks as its length allows.

    A cell is plain: markup would be read in names that people gave. https://docs.slack.dev/reference/block-kit/blocks/section-block
    """
    blocks: list[Json] = []
    for name, value in ((name.strip(), value.strip()) for name, value in block.items):
        last = blocks[-1] if blocks else {}
        if _is_short(name, value):
            if len(last.get("fields", ())) not in range(1, limits.FIELDS):
                blocks.append({"type": "section", "fields": []})
            blocks[-1]["fields"].append(plain(f"{name}\n{value}"))
        else:
            _add_lines(blocks, _fact(name, value))
    return blocks


def _is_short(name: str, value: str) -> bool:
    return bool(name and value) and "\n" not in name + value and max(len(name), len(value)) <= _CELL


def _add_lines(blocks: list[Json], lines: list[Json]) -> None:
    for line in lines:
        if not blocks or blocks[-1]["type"] != "rich_text" or weight(blocks[-1]) + weight(line) > limits.TEXT:
            blocks.append(_rich([]))
        blocks[-1]["elements"].append(line)


def _fact(name: str, value: str) -> list[Json]:
    names = [_run(piece, bold=True) for piece in split(f"{name}: ", limits.TEXT)] if name else []
    values = [_run(piece) for piece in split(value, limits.TEXT)] if value else []
    if len(names) == len(values) == 1 and length(name) + length(value) + 2 <= limits.TEXT:
        return [_section(names[0], values[0])]
    return [_section(run) for run in [*names, *values]]


def _link(block: Link) -> list[Json]:
    if length(block.url) > limits.URL:
        return paragraphs(f"{block.label}: {block.url}")
    shown = cut(block.label, limits.TEXT) if block.label.strip() else cut(block.url, limits.TEXT)
    return [_rich([_section({"type": "link", "url": block.url, "text": shown})])]


def _byline(block: Byline) -> list[Json]:
    said = ", ".join(part for part in (" ".join(block.name.split()), " ".join(block.role.split())) if part)
    if not said:
        return []
    face = [_image(block.picture, block.name)] if block.picture and length(block.picture) <= limits.URL else []
    return [{"type": "context", "elements": [*face, plain(cut(said, _MUTED))]}]


def _picture(block: Picture) -> list[Json]:
    return [_image(block.url, block.alt)] if length(block.url) <= limits.URL else _link(Link(label=block.alt, url=block.url))


def _image(url: str, alt: str) -> Json:
    return {"type": "image", "image_url": url, "alt_text": cut(" ".join(alt.split()) or "…", limits.ALT)}


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _run(text: str, *, bold: bool = False, italic: bool = False) -> Json:
    run: Json = {"type": "text", "text": text}
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return run | {"style": style} if style else run
