"""A chart as a PNG, for where neither SVG nor a native chart can be shown: the same picture as on a page, in its light colours."""

from __future__ import annotations

import re
from functools import cache

import resvg_py

from bot.cards import Chart
from bot.web.drawing.svg import STATIC, svg

_ZOOM = 2.5
"""1,200 by 600 points: sharp on a phone."""

_PAPER = "#ffffff"
_FAMILY = "DejaVu Sans"
_SIZE = 13
_LIGHT_DARK = re.compile(r"light-dark\(([^,]+),[^)]+\)")
_SCHEMES = re.compile(r"@media[^{]+\{.*?\}\s*\}", re.DOTALL)
_ALPHABETIC = re.compile(r"[\x20-\u058f\u1e00-\u22ff]*")
"""Latin, Greek, Cyrillic, Armenian and signs: what any font found on a server has."""


def png(chart: Chart) -> bytes | None:
    """The picture; None where it could not be read: no font on this machine, or words in a script that its fonts may lack."""
    if not has_font() or not all(_ALPHABETIC.fullmatch(word) for word in _words(chart)):
        return None
    seen = chart.model_copy(update={"title": "", "alt": ""})  # a picture says neither, and XML doesn't take every character
    return resvg_py.svg_to_bytes(
        svg_string=svg(seen).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        style_sheet=style(),
        background=_PAPER,
        zoom=_ZOOM,
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
        font_size=_SIZE,
    )


def _words(chart: Chart) -> list[str]:
    return [*chart.labels, *(one.name for one in chart.series)]


@cache
def has_font() -> bool:
    """Whether this machine has any font; a container often has none."""
    drawn = [
        resvg_py.svg_to_bytes(
            svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="18">{text}</text></svg>',
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
        for text in ("M", " ")
    ]
    return drawn[0] != drawn[1]


@cache
def style() -> str:
    """chart.css in its light colours: what is drawn on paper has no scheme and no width of a window."""
    css = (STATIC / "chart.css").read_text(encoding="utf-8")
    return _LIGHT_DARK.sub(r"\1", _SCHEMES.sub("", css)) + f".chart text {{ font: {_SIZE}px sans-serif; font-size: {_SIZE}px }}"
