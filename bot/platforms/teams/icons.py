"""The app's two icons, from one SVG: a ring that is open on one side, and an arrow that comes in there. Pure."""

from __future__ import annotations

import resvg_py

ACCENT = (0x0D, 0x6B, 0x66)

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 1 1">{below}
  <g fill="none" stroke="#fff" stroke-width=".07" stroke-linecap="round" stroke-linejoin="round">
    <path d="M.5675 .2077A.3 .3 0 1 0 .7923 .4325"/>
    <path d="M.82 .18L.47 .53M.62 .53L.47 .53L.47 .38"/>
  </g>
</svg>"""


def color(size: int = 192) -> bytes:
    """Give the full-colour icon as PNG, `size` pixels each way: white on the accent colour, which fills the square."""
    red, green, blue = ACCENT
    return _drawn(size, f'<rect width="1" height="1" fill="rgb({red},{green},{blue})"/>')


def outline(size: int = 32) -> bytes:
    """Give the outline icon as PNG, `size` pixels each way: white on nothing, and no other colour."""
    return _drawn(size, "")


def _drawn(size: int, below: str) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=_SVG.format(size=size, below=below)))
