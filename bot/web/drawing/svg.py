"""A chart as inline SVG: text stays text, colours come from `static/chart.css` by class, so that a strict policy holds (no inline style).

A page includes the style sheet from `STATIC`; its colours follow the reader's light or dark scheme.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from html import escape
from pathlib import Path

from bot.cards import Chart
from bot.web.drawing.words import number

STATIC = Path(__file__).parent / "static"
"""Where chart.css is."""

_WIDTH, _HEIGHT = 480, 240
_RIGHT, _BOTTOM, _ROW, _LINE = 14, 12, 18, 15
_CHARACTER = 8.4
"""How wide a character is, about, as large as a phone gets it from chart.css: on a wide page there is room to spare."""

_NAMES = 6
"""So many labels are names, all written, on two lines where need be; more, such as quarters, are thinned out instead."""

_numbers = itertools.count(1)


class _Frame:
    """Where the axes are: as far in as their numbers, the legend's rows and the values beside the lines' ends need it."""

    def __init__(self, chart: Chart) -> None:
        self.top_value = _top(chart)
        self.left = 16 + _CHARACTER * max(len(number(self.top_value * part, chart.unit)) for part in (0.5, 1))
        self.keys = _keys(chart, self.left) if len(chart.series) > 1 else []
        self.top = 20 + _ROW * (self.keys[-1][1] + 1 if self.keys else 0)
        beside = max((len(number(value, chart.unit)) for _, _, value in _ends(chart)), default=0) if _beside(chart) else 0
        self.right = _WIDTH - max(_RIGHT, 12 + _CHARACTER * beside)
        self.step = (self.right - self.left) / max(1, len(chart.labels))
        self.labels = _labels(chart, self.step)
        self.foot = _HEIGHT - _BOTTOM - 16 * max((len(lines) for lines in self.labels.values()), default=1)

    def x(self, place: float) -> float:
        """The middle of a label's share of the foot."""
        return self.left + self.step * (place + 0.5)

    def y(self, value: float) -> float:
        """A value's height; one off the scale is at its edge."""
        return round(self.top + (self.foot - self.top) * (1 - max(0.0, min(value, self.top_value)) / self.top_value), 1)


def svg(chart: Chart) -> str:
    """The picture, as wide as its place; `alt` is its description for those who don't see it."""
    key = f"chart-{next(_numbers)}"
    frame = _Frame(chart)
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{key}-t {key}-d">',
        f'<title id="{key}-t">{escape(chart.title)}</title><desc id="{key}-d">{escape(chart.alt)}</desc>',
        *_grid(chart, frame),
        *(_bars(chart, frame) if chart.style == "bars" else _lines(chart, frame)),
        *_foot(frame),
        *_legend(frame),
        "</svg>",
    ]
    return "".join(parts)


def table(chart: Chart) -> list[tuple[str, ...]]:
    """The same as rows of text, the first being the head: for the table behind the picture."""
    rows = [("", *(one.name for one in chart.series))]
    for place, label in enumerate(chart.labels):
        rows.append((label, *(number(one.values[place], chart.unit) for one in chart.series)))
    return rows


def _top(chart: Chart) -> float:
    """The value at the upper edge: four even steps, each a round number."""
    if chart.unit == "%":
        return 100
    most = max((value for one in chart.series for value in one.values if value is not None), default=0)
    power = 10.0 ** max(0, math.floor(math.log10(most / 4))) if most > 4 else 1.0
    return 4 * power * next((step for step in (1, 2, 3, 4, 5) if step * power * 4 >= most), 10)


def _grid(chart: Chart, frame: _Frame) -> Iterator[str]:
    for part in range(5):
        value = frame.top_value * part / 4
        y = frame.y(value)
        yield f'<line class="chart-grid" x1="{frame.left:.1f}" x2="{frame.right:.1f}" y1="{y}" y2="{y}"/>'
        if part % 2 == 0:
            yield f'<text class="chart-tick" x="{frame.left - 6:.1f}" y="{y + 4}">{number(value, chart.unit)}</text>'


def _bars(chart: Chart, frame: _Frame) -> Iterator[str]:
    count = len(chart.series)
    width = min(46.0, frame.step * 0.72 / max(1, count))
    gap = min(2.0, width / 4)
    longest = max((len(number(value, chart.unit)) for one in chart.series for value in one.values), default=0)
    written = longest * _CHARACTER <= (width if count > 1 else frame.step)
    for order, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value is None:
                continue
            x, y = frame.x(place) + width * (order - count / 2), frame.y(value)
            size = f'width="{width - gap:.1f}" height="{frame.foot - y:.1f}"'
            yield f'<rect class="chart-bar s{order % 6}" x="{x + gap / 2:.1f}" y="{y}" {size} rx="{min(3.0, width / 4):.1f}"/>'
            if value and written:
                yield f'<text class="chart-value" x="{x + width / 2:.1f}" y="{y - 5:.1f}">{number(value, chart.unit)}</text>'


def _lines(chart: Chart, frame: _Frame) -> Iterator[str]:
    for order, series in enumerate(chart.series):
        points = [(frame.x(place), None if value is None else frame.y(value)) for place, value in enumerate(series.values)]
        for known, group in itertools.groupby(points, key=lambda point: point[1] is not None):
            if known:
                yield f'<polyline class="chart-line s{order % 6}" points="{" ".join(f"{x:.1f},{y}" for x, y in group)}"/>'
        yield from (f'<circle class="chart-dot s{order % 6}" cx="{x:.1f}" cy="{y}" r="4"/>' for x, y in points if y is not None)
    yield from _ends_beside(chart, frame) if _beside(chart) else _end_above(chart, frame)


def _ends(chart: Chart) -> list[tuple[int, int, float]]:
    """Each series' order, with the place and the value of its last point."""
    known = [(order, [(place, v) for place, v in enumerate(one.values) if v is not None]) for order, one in enumerate(chart.series)]
    return [(order, *points[-1]) for order, points in known if points]


def _beside(chart: Chart) -> bool:
    """Several lines may end close to each other: their values stand to the right of them, one below the other."""
    return chart.style == "line" and len(chart.series) > 1


def _end_above(chart: Chart, frame: _Frame) -> Iterator[str]:
    for _, place, value in _ends(chart):
        yield f'<text class="chart-value" x="{frame.x(place):.1f}" y="{frame.y(value) - 9:.1f}">{number(value, chart.unit)}</text>'


def _ends_beside(chart: Chart, frame: _Frame) -> Iterator[str]:
    ends = sorted(_ends(chart), key=lambda end: (end[1], frame.y(end[2]), end[0]))
    for place, group in itertools.groupby(ends, key=lambda end: end[1]):
        values = [value for _, _, value in group]
        for value, y in zip(values, _apart([frame.y(value) + 5 for value in values], frame.foot + 5), strict=True):
            yield f'<text class="chart-value beside" x="{frame.x(place) + 8:.1f}" y="{y:.1f}">{number(value, chart.unit)}</text>'


def _apart(heights: list[float], highest: float) -> list[float]:
    """Move lines of text away from each other, downwards as far as the foot allows, then upwards."""
    lowest = 0.0
    for at, y in enumerate(heights):
        heights[at] = max(y, lowest)
        lowest = heights[at] + _LINE
    for at in reversed(range(len(heights))):
        heights[at] = min(heights[at], highest)
        highest = heights[at] - _LINE
    return heights


def _labels(chart: Chart, step: float) -> dict[int, list[str]]:
    """The lines of each label that is written, by its place; the last one is kept where they are thinned out."""
    longest = max((len(label) for label in chart.labels), default=0)
    every = math.ceil((longest * _CHARACTER + 8) / step) if len(chart.labels) > _NAMES else 1
    room = max(4, int((step * every - 4) / _CHARACTER))
    kept = [place for place in range(len(chart.labels)) if (len(chart.labels) - 1 - place) % every == 0]
    return {place: _folded(chart.labels[place].strip(), room) for place in kept}


def _folded(label: str, room: int) -> list[str]:
    """A label on one line, or broken at a space into two; what is longer still is cut."""
    if len(label) <= room or " " not in label[: room + 1]:
        return [_cut(label, room)]
    first = label[: room + 1].rsplit(" ", 1)[0]
    return [first, _cut(label[len(first) :].strip(), room)]


def _foot(frame: _Frame) -> Iterator[str]:
    for place, lines in frame.labels.items():
        for row, line in enumerate(lines):
            half = len(line) * _CHARACTER / 2 + 4
            x = min(max(frame.x(place), half), _WIDTH - half)
            yield f'<text class="chart-label" x="{x:.1f}" y="{frame.foot + 20 + 15 * row:.1f}">{escape(line)}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _keys(chart: Chart, left: float) -> list[tuple[float, int, str]]:
    """The legend: where each series' name begins, its row, and the name; as many rows as the names need."""
    placed: list[tuple[float, int, str]] = []
    x, row = left, 0
    for series in chart.series:
        name = _cut(series.name, int((_WIDTH - left - 16) / _CHARACTER))
        width = 16 + len(name) * _CHARACTER
        if placed and x + width > _WIDTH:
            x, row = left, row + 1
        placed.append((x, row, name))
        x += width + 14
    return placed


def _legend(frame: _Frame) -> Iterator[str]:
    for order, (x, row, name) in enumerate(frame.keys):
        y = 4 + _ROW * row
        yield f'<rect class="chart-bar s{order % 6}" x="{x:.1f}" y="{y}" width="11" height="11" rx="2"/>'
        yield f'<text class="chart-key" x="{x + 16:.1f}" y="{y + 10}">{escape(name)}</text>'
