"""The app's two icons, drawn here: a ring that is open on one side, and an arrow that comes in there. Pure.

Each is RGBA, eight bits a channel: https://www.w3.org/TR/png/. A shape is told by how far a point is from it, so that edges are
smooth at any size.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

Pixel = tuple[int, ...]
ACCENT = (0x0D, 0x6B, 0x66)
_WHITE = (0xFF, 0xFF, 0xFF)

# In a square of side 1, y downwards: the ring's middle and radius, and half of how thick lines are.
_MIDDLE, _RADIUS, _HALF = 0.5, 0.3, 0.035
_GAP = math.radians(32)  # to either side of the arrow, which comes from the upper right
_TIP, _TAIL = (0.47, 0.53), (0.82, 0.18)
_BARB = 0.15


def color(size: int = 192) -> bytes:
    """Give the full-colour icon as PNG, `size` pixels each way: white on the accent colour, which fills the square."""
    return _drawn(size, lambda covered: (*(_mix(below, above, covered) for below, above in zip(ACCENT, _WHITE, strict=True)), 255))


def outline(size: int = 32) -> bytes:
    """Give the outline icon as PNG, `size` pixels each way: white on nothing, and no other colour."""
    return _drawn(size, lambda covered: (*_WHITE, round(255 * covered)))


def _drawn(size: int, paint: Callable[[float], Pixel]) -> bytes:
    rows = (
        b"\0" + b"".join(bytes(paint(_covered((x + 0.5) / size, (y + 0.5) / size, size))) for x in range(size)) for y in range(size)
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _covered(x: float, y: float, size: int) -> float:
    """How much of a pixel the figure covers, 0 to 1."""
    return min(1.0, max(0.0, 0.5 - _distance(x, y) * size))


def _distance(x: float, y: float) -> float:
    """How far a point is from the figure's edge, negative inside."""
    barbs = ((_TIP[0] + _BARB, _TIP[1]), (_TIP[0], _TIP[1] - _BARB))
    arrow = min(_to_line(x, y, _TIP, end) for end in (_TAIL, *barbs))
    return min(_to_ring(x, y), arrow) - _HALF


def _to_ring(x: float, y: float) -> float:
    """How far a point is from the ring's line, which is open towards the upper right."""
    right, up = x - _MIDDLE, _MIDDLE - y
    off = math.remainder(math.atan2(up, right) - math.pi / 4, math.tau)
    if abs(off) >= _GAP:
        return abs(math.hypot(right, up) - _RADIUS)
    end = math.pi / 4 + math.copysign(_GAP, off)
    return math.hypot(right - _RADIUS * math.cos(end), up - _RADIUS * math.sin(end))


def _to_line(x: float, y: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point is from the line between two others."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * along_x + (y - start[1]) * along_y) / (along_x**2 + along_y**2)
    share = min(1.0, max(0.0, share))
    return math.hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)


def _mix(below: int, above: int, share: float) -> int:
    return round(below + (above - below) * share)
