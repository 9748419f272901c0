"""Charts as Slack draws them itself, and the same in words where it doesn't (yet). Pure.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from bot.cards import Chart, Series
from bot.platforms.slack import limits
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.text import cut, length
from bot.web.drawing.words import number

KIND = "data_visualization"
_GAP = "–"


def native(chart: Chart) -> Json | None:
    """Make the block; None where Slack couldn't show the chart whole and true: too many values, a gap within, names that are alike.

    What nobody has a value for at the beginning or end is left out: a gap isn't zero.
    """
    first, last = _span(chart)
    labels, rows = chart.labels[first:last], [(one.name, one.values[first:last]) for one in chart.series]
    names = [_name(name) for name, _ in rows]
    fits = 0 < len(rows) <= limits.CHART_SERIES and 0 < len(labels) <= limits.CHART_VALUES
    whole = all(value is not None and isfinite(value) for _, values in rows for value in values)
    if not (fits and whole) or len(set(names)) < len(names) or len(set(map(_name, labels))) < len(labels):
        return None
    series = [{"name": name, "data": _points(labels, values)} for name, (_, values) in zip(names, rows, strict=True)]
    axis = {"categories": [_name(label) for label in labels]} | ({"y_label": chart.unit} if chart.unit else {})
    drawn = {"type": "line" if chart.style == "line" else "bar", "series": series, "axis_config": axis}
    return {"type": KIND, "title": cut(" ".join(chart.title.split()) or "…", limits.CHART_TITLE), "chart": drawn}


def _span(chart: Chart) -> tuple[int, int]:
    held = [at for at in range(len(chart.labels)) if any(one.values[at] is not None for one in chart.series)]
    return (held[0], held[-1] + 1) if held else (0, 0)


def _points(labels: tuple[str, ...], values: tuple[float | None, ...]) -> list[Json]:
    return [{"label": _name(label), "value": value} for label, value in zip(labels, values, strict=True)]


def _name(text: str) -> str:
    return cut(" ".join(text.split()) or "…", limits.CHART_LABEL)


def words(chart: Chart) -> str:
    """Say each series with its numbers, one line each."""
    return "\n".join(_line(one, chart) for one in chart.series)


def _line(one: Series, chart: Chart) -> str:
    said = [
        f"{label} {_GAP if value is None else number(value, chart.unit)}"
        for label, value in zip(chart.labels, one.values, strict=True)
    ]
    return f"{one.name}: {', '.join(said)}"


def in_words(value: Any) -> Any:
    """Give a message, view or list of blocks with a paragraph in the place of each chart."""
    if isinstance(value, list):
        return [in_words(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") != KIND:
        return {name: in_words(part) for name, part in value.items()}
    drawn = value["chart"]
    unit = drawn["axis_config"].get("y_label", "")
    lines = [f"{one['name']}: {', '.join(_point(point, unit) for point in one['data'])}" for one in drawn["series"]]
    run = {"type": "text", "text": "\n".join([value["title"], *lines])}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}


def _point(point: Json, unit: str) -> str:
    return f"{point['label']} {number(point['value'], unit)}"


def has_chart(value: Any) -> bool:
    """Whether a message or view has a chart of Slack's own in it."""
    if isinstance(value, list):
        return any(has_chart(one) for one in value)
    return isinstance(value, dict) and (value.get("type") == KIND or any(has_chart(part) for part in value.values()))


def weight(block: Json) -> int:
    """Count the characters of a chart: its title and every name in it."""
    drawn = block["chart"]
    names = [*drawn["axis_config"]["categories"], *(one["name"] for one in drawn["series"])]
    return length(block["title"]) + sum(length(name) + 10 for name in names)
