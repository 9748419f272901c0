"""A chart in a few lines of text, for where no picture can be shown."""

from __future__ import annotations

from bot.cards import Chart, Series

_STEPS = "▁▂▃▄▅▆▇█"
_FEW = 6
"""So many things with names of their own are told one by one; more, such as quarters, as a run of bars."""


def told(chart: Chart) -> list[str]:
    """What it shows: each thing with its number, or each series as a run of bars with its last number. A gap is a dot."""
    if len(chart.series) == 1 and len(chart.labels) <= _FEW:
        (one,) = chart.series
        return [f"{label}: {number(value, chart.unit)}" for label, value in zip(chart.labels, one.values, strict=True)]
    most = (
        100.0 if chart.unit == "%" else max((value for one in chart.series for value in one.values if value is not None), default=0)
    )
    return [f"{one.name}: {_bars(one, most)} {_last(one, chart)}".rstrip() for one in chart.series]


def number(value: float | None, unit: str) -> str:
    """`12`, `2.5`, `40%`; a dash where there is nothing."""
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0") + unit


def _bars(series: Series, most: float) -> str:
    return "".join(
        "·" if value is None else _STEPS[round((len(_STEPS) - 1) * max(0.0, value) / most) if most > 0 else 0]
        for value in series.values
    )


def _last(series: Series, chart: Chart) -> str:
    return f"{number(series.values[-1], chart.unit)} in {chart.labels[-1]}" if series.values else ""
