"""Card → Adaptive Card 1.5. Pure: no SDK, no clock, no network.

What people wrote goes into TextRuns only: there a `*`, a `[link](…)` or an `<at>` is text like any other, where a TextBlock would
take it for markdown. https://adaptivecards.io/explorer/TextRun.html
"""

from __future__ import annotations

from typing import assert_never

from bot.cards import Actions, Byline, Card, Chart, Divider, Facts, Heading, Link, Picture, Quote, Text, Tone
from bot.platforms.teams import limits
from bot.platforms.teams.buttons import Json, execute, rows, sign_width
from bot.platforms.teams.charts import chart
from bot.platforms.teams.fitting import fit
from bot.platforms.teams.text import cut, line, whole

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
SIGNS = {Tone.GOOD: "✅ ", Tone.WARNING: "⚠️ ", Tone.DANGER: "🛑 ", Tone.NORMAL: "", Tone.MUTED: ""}
_COLORS = {Tone.GOOD: "good", Tone.WARNING: "warning", Tone.DANGER: "attention"}
_STYLES = _COLORS | {Tone.MUTED: "emphasis"}
_LINES = 60
"""A text of more lines keeps its later ones in one block: a block a line costs more than the words in it."""


def render_card(card: Card) -> Json:
    """Make an Adaptive Card of at most `limits.CARD_BYTES`: what passes that is cut with a visible "… more", buttons stay."""
    body = [title(card.title, card.tone)]
    separated = False
    for block in card.blocks:
        if isinstance(block, Divider):
            separated = True
            continue
        elements = _render(block)
        if elements and separated:
            elements[0] |= {"separator": True, "spacing": "medium"}
            separated = False
        body += elements
    # https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#refresh-mechanism
    kept = {"refresh": {"action": execute(card.refresh)}} if card.refresh is not None else {}
    return adaptive(fit(body, limits.CARD_BYTES), card.spoken) | kept


def render_activity(card: Card) -> Json:
    """Make the message that shows `card`; its summary is the notification's text."""
    return activity(render_card(card), card.spoken)


def activity(content: Json, summary: str) -> Json:
    """Make a message around a card's JSON."""
    return {"type": "message", "summary": cut(line(summary), limits.SUMMARY), "attachments": [attachment(content)]}


def attachment(content: Json) -> Json:
    """Wrap a card's JSON as an attachment."""
    return {"contentType": CONTENT_TYPE, "content": content}


def adaptive(body: list[Json], spoken: str) -> Json:
    """Put elements into a card."""
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "speak": cut(line(spoken), limits.SUMMARY),
        "body": body,
    }


def title(text: str, tone: Tone = Tone.NORMAL) -> Json:
    """Make a card's first line, on its tone's colour from edge to edge."""
    shown = rich(run(SIGNS[tone] + (line(text) or "…"), size="large", weight="bolder"))
    if tone not in _STYLES:
        return shown
    return {"type": "Container", "style": _STYLES[tone], "bleed": True, "items": [shown]}


def run(text: str, **look: object) -> Json:
    """Make a piece of text that nothing in it can format."""
    return {"type": "TextRun", "text": whole(text)} | look


def rich(*runs: Json, **place: object) -> Json:
    """Make a paragraph of runs."""
    return {"type": "RichTextBlock", "inlines": list(runs)} | place


def paragraphs(text: str, **look: object) -> list[Json]:
    """Set `text` line by line: a line break inside a run is a space on some clients."""
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], "\n".join(lines[_LINES:])]
    blocks: list[Json] = []
    gap = False
    for one in lines:
        if not one.strip():
            gap = bool(blocks)
            continue
        blocks.append(rich(run(one, **look), **({"spacing": "default" if gap else "none"} if blocks else {})))
        gap = False
    return blocks


def _render(block: Text | Heading | Quote | Facts | Link | Byline | Picture | Chart | Actions) -> list[Json]:
    match block:
        case Text():
            elements = _text(block)
        case Heading():
            elements = [rich(run(line(block.text), size="medium", weight="bolder"), spacing="large")] if block.text.strip() else []
        case Quote():
            elements = _quote(block)
        case Facts():
            elements = _facts(block)
        case Link():
            elements = [_link(block)]
        case Byline():
            elements = _byline(block)
        case Picture():
            elements = [{"type": "Image", "url": block.url, "altText": line(block.alt) or "…", "size": "stretch"}]
        case Chart():
            elements = chart(block)
        case Actions():
            elements = rows(block)
        case _:
            assert_never(block)
    return elements


def _text(block: Text) -> list[Json]:
    look: Json = {"weight": "bolder"} if block.strong else {}
    if block.tone is Tone.MUTED:
        look |= {"isSubtle": True, "size": "small"}
    if block.tone in _COLORS:
        look |= {"color": _COLORS[block.tone]}
    return paragraphs(SIGNS[block.tone] + block.text if block.text.strip() else "", **look)


def _quote(block: Quote) -> list[Json]:
    items = paragraphs(block.text)
    if items and block.label.strip():
        items = [rich(run(line(block.label), isSubtle=True, size="small")), *items]
    if block.source.strip():
        items.append(rich(run(f"— {line(block.source)}", isSubtle=True, size="small"), spacing="small"))
    return [{"type": "Container", "style": "emphasis", "spacing": "small", "items": items}] if items else []


def _facts(block: Facts) -> list[Json]:
    """Set a table. Adaptive Cards' own FactSet takes markdown in its values, which may be a customer's name."""
    pairs = [(line(name), value) for name, value in block.items if name.strip() or value.strip()]
    widest = max((sign_width(word) for name, _ in pairs for word in name.split()), default=0)
    return [_fact(name, value, widest) for name, value in pairs]


def _fact(name: str, value: str, widest: int) -> Json:
    """Set one row: the name beside the value; above it where its longest word would leave a phone too little room."""
    names = [rich(run(name, isSubtle=True))] if name else []
    if widest > limits.ROW_WIDTH // 2:
        return {"type": "Container", "spacing": "small", "items": [*names, *paragraphs(value)]}
    width = f"{widest}px" if widest > limits.LABEL_WIDTH else 2
    columns = [
        {"type": "Column", "width": width, "items": names},
        {"type": "Column", "width": 5 if width == 2 else "stretch", "items": paragraphs(value)},
    ]
    return {"type": "ColumnSet", "spacing": "small", "columns": columns}


def _byline(block: Byline) -> list[Json]:
    words = [rich(run(line(block.name), weight="bolder"))] if block.name.strip() else []
    if block.role.strip():
        words.append(rich(run(line(block.role), isSubtle=True, size="small"), spacing="none"))
    if not words or not block.picture:
        return words
    face = {"type": "Image", "url": block.picture, "altText": line(block.name), "size": "small", "style": "person"}
    columns = [
        {"type": "Column", "width": "auto", "items": [face]},
        {"type": "Column", "width": "stretch", "verticalContentAlignment": "center", "items": words},
    ]
    return [{"type": "ColumnSet", "columns": columns}]


def _link(block: Link) -> Json:
    """Make a button: a link within text is hard to hit with a thumb."""
    return {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": line(block.label) or block.url, "url": block.url}]}
