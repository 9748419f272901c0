"""A chart as inline SVG: text stays text, colours come from `static/chart.css` by class, so that a strict policy holds (no inline style).

A page includes the style sheet from `STATIC`; its colours follow the reader's light or dark scheme.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html import escape
from pathlib import Path

from bot.cards import Chart
from bot.drawing.words import number

STATIC = Path(__file__).parent / "static"
"""Where chart.css is."""

_WIDTH, _HEIGHT = 480, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 14, 32, 28
_CHARACTER = 6.6
"""How wide a letter of a label is, about."""

_MANY = 16
"""Bars above which their values aren't written on them."""

_numbers = itertools.count(1)


def svg(chart: Chart) -> str:
    """The picture, as wide as its place; `alt` is its description for those who don't see it."""
    key = f"chart-{next(_numbers)}"
    top = _top(chart)
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{key}-t {key}-d">',
        f'<title id="{key}-t">{escape(chart.title)}</title><desc id="{key}-d">{escape(chart.alt)}</desc>',
        *_grid(chart, top),
        *(_bars(chart, top) if chart.style == "bars" else _lines(chart, top)),
        *_labels(chart),
        *(_legend(chart) if len(chart.series) > 1 else ()),
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
    """The value at the upper edge: a round one."""
    if chart.unit == "%":
        return 100
    most = max((value for one in chart.series for value in one.values if value is not None), default=0)
    step = 1.0
    while step * 4 < most:
        step *= 2.5 if str(step)[0] == "2" else 2
    return step * 4


def _y(value: float, top: float) -> float:
    span = _HEIGHT - _TOP - _BOTTOM
    return round(_TOP + span * (1 - max(0.0, min(value, top)) / top), 1)


def _step(chart: Chart) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels))


def _grid(chart: Chart, top: float) -> Iterator[str]:
    for part in range(5):
        value = top * part / 4
        y = _y(value, top)
        yield f'<line class="chart-grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        if part % 2 == 0:
            yield f'<text class="chart-tick" x="{_LEFT - 6}" y="{y + 4}">{number(value, chart.unit)}</text>'


def _bars(chart: Chart, top: float) -> Iterator[str]:
    step, count = _step(chart), len(chart.series)
    width = min(46.0, step * 0.72 / max(1, count))
    for order, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value is None:
                continue
            x = _LEFT + step * (place + 0.5) + width * (order - count / 2)
            y = _y(value, top)
            high = _HEIGHT - _BOTTOM - y
            yield f'<rect class="chart-bar s{order % 6}" x="{x + 1:.1f}" y="{y}" width="{width - 2:.1f}" height="{high:.1f}" rx="3"/>'
            if value and len(chart.labels) * count <= _MANY:
                yield f'<text class="chart-value" x="{x + width / 2:.1f}" y="{y - 5:.1f}">{number(value, chart.unit)}</text>'


def _lines(chart: Chart, top: float) -> Iterator[str]:
    step = _step(chart)
    for order, series in enumerate(chart.series):
        points = [
            (_LEFT + step * (place + 0.5), None if value is None else _y(value, top)) for place, value in enumerate(series.values)
        ]
        for known, group in itertools.groupby(points, key=lambda point: point[1] is not None):
            if known:
                yield f'<polyline class="chart-line s{order % 6}" points="{" ".join(f"{x:.1f},{y}" for x, y in group)}"/>'
        yield from (f'<circle class="chart-dot s{order % 6}" cx="{x:.1f}" cy="{y}" r="4"/>' for x, y in points if y is not None)
        last = max((place for place, value in enumerate(series.values) if value is not None), default=None)
        if last is not None:
            x, y = points[last]
            yield f'<text class="chart-value s{order % 6}" x="{x:.1f}" y="{(y or 0) - 9:.1f}">{number(series.values[last], chart.unit)}</text>'


def _labels(chart: Chart) -> Iterator[str]:
    step, longest = _step(chart), max((len(label) for label in chart.labels), default=0)
    # Labels that would run into each other are thinned out, the last one kept; where each thing has a name of its own they are shortened.
    every = max(1, -(-int(longest * _CHARACTER + 8) // int(step))) if len(chart.labels) > 6 else 1
    room = max(4, int(step * every / _CHARACTER))
    for place, label in enumerate(chart.labels):
        if (len(chart.labels) - 1 - place) % every == 0:
            short = label if len(label) <= room else label[: room - 1] + "…"
            middle, half = _LEFT + step * (place + 0.5), len(short) * _CHARACTER / 2
            at_edge = middle + half > _WIDTH
            x, name = (_WIDTH - 2.0, "chart-label at-edge") if at_edge else (middle, "chart-label")
            yield f'<text class="{name}" x="{x:.1f}" y="{_HEIGHT - 8}">{escape(short)}</text>'


def _legend(chart: Chart) -> Iterator[str]:
    x = float(_LEFT)
    for order, series in enumerate(chart.series):
        yield f'<rect class="chart-bar s{order % 6}" x="{x:.0f}" y="4" width="11" height="11" rx="2"/>'
        yield f'<text class="chart-key" x="{x + 16:.0f}" y="14">{escape(series.name)}</text>'
        x += 34 + 6.8 * len(series.name)
