"""Charts as Teams draws them itself, with the numbers in words for clients that can't.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
"""

from __future__ import annotations

from bot.cards import Chart, Series
from bot.platforms.teams.buttons import Json
from bot.platforms.teams.text import line
from bot.web.drawing.words import told


def chart(block: Chart) -> list[Json]:
    """Give the chart and, for a client without charts, its sentence and its numbers."""
    said = [block.alt, *told(block)]
    words = {"type": "Container", "items": [_words(line(one), first=not at) for at, one in enumerate(said) if one.strip()]}
    return [{**_drawn(block), "title": line(block.title), "fallback": words}]


def _words(text: str, *, first: bool) -> Json:
    run = {"type": "TextRun", "text": text, "isSubtle": not first, "size": "default" if first else "small"}
    return {"type": "RichTextBlock", "inlines": [run], **({} if first else {"spacing": "none"})}


def _drawn(block: Chart) -> Json:
    if block.style == "line":
        return {"type": "Chart.Line", "data": [_series(one, block) for one in block.series]}
    if len(block.series) == 1:
        return {"type": "Chart.VerticalBar", "showBarValues": True, "data": _points(block.series[0], block)}
    return {"type": "Chart.VerticalBar.Grouped", "data": [_series(one, block) for one in block.series]}


def _series(one: Series, block: Chart) -> Json:
    return {"legend": line(one.name), "values": _points(one, block)}


def _points(one: Series, block: Chart) -> list[Json]:
    """Give what there is; where there is nothing Teams leaves a gap by itself."""
    pairs = zip(block.labels, one.values, strict=True)
    return [{"x": line(label), "y": value} for label, value in pairs if value is not None]
