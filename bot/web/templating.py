"""Pages from templates: everything escaped, a name that isn't there is an error, charts drawn in place."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.cards import Chart
from bot.web.drawing.svg import svg, table


def environment(package: Path) -> Environment:
    """The templates in a package's `templates` folder; `drawn` and `tabled` make a chart's picture and the rows behind it."""
    made = Environment(
        loader=FileSystemLoader(package / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(drawn=_drawn, tabled=table)
    return made


def _drawn(chart: Chart) -> Markup:
    return Markup(svg(chart))  # noqa: S704 - it escapes what it is given
