"""Units before, after and around this one: last week, next month, der vorletzten Woche."""

from __future__ import annotations

from bot.domain.words.days.grammar import Found
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.reckoning import WEEK

WEEKS = {Kind.LAST: -1, Kind.THIS: 0, Kind.NEXT: 1, Kind.COMING: 1, Kind.BEFORE_LAST: -2, Kind.AFTER_NEXT: 2}
"""How many units ahead a word such as last or next is."""

TURNED = "(?:turn unit|unit2 turn2|turn_week)"
"""A week, month or other unit before, after or around this one, in either order."""


def turned(found: Found) -> tuple[int, int]:
    """How many units ahead, and which unit, by what matched `TURNED`."""
    if found.has("turn_week"):
        return found.value("turn_week"), WEEK
    turn, unit = ("turn", "unit") if found.has("turn") and found.has("unit") else ("turn2", "unit2")
    return WEEKS[found.token(turn).kind], found.value(unit)
