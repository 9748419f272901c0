"""A number and its noun, in words: the one place that knows when a noun has its s."""

from __future__ import annotations


def plural(number: float, noun: str) -> str:
    """The noun alone: `visit` for one, `visits` for none and for more."""
    return noun if number == 1 else f"{noun}s"


def counted(number: int, noun: str) -> str:
    """`1 visit`, `1,200 visits`."""
    return f"{number:,} {plural(number, noun)}"


def part_of(part: int, whole: int, noun: str) -> str:
    """`1 of 1 visit`, `1 of 3 visits`."""
    return f"{part:,} of {whole:,} {plural(whole, noun)}"
