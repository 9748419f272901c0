"""A line as people are looked for in it, and somebody found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.words.line.clauses import Clause
from bot.domain.words.line.tokens import Word


@dataclass(frozen=True)
class Scene:
    """A line in which customers, days and commitments are known: places of each, its words and clauses; what was heard begins at `head`."""

    text: str
    words: Sequence[Word]
    clauses: Sequence[Clause]
    customers: Sequence[tuple[int, int]]
    days: Sequence[tuple[int, int]]
    promised: Sequence[tuple[int, int]]
    head: int

    def clause(self, place: int) -> Clause:
        """The clause that has a character."""
        return next((one for one in self.clauses if one.start <= place < one.after), self.clauses[-1])

    def is_promised(self, place: int) -> bool:
        """Whether a character is part of a commitment."""
        return any(start <= place < end for start, end in self.promised)


@dataclass(frozen=True)
class Met:
    """Somebody met: the words that say so, with what leads to them, and the name or role without it."""

    start: int
    end: int
    name: str
    led: bool
