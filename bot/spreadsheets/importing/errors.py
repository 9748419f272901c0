"""What is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import Refusal

_AT_MOST = 100
"""Problems that are told at once."""


class ImportProblems(Exception):
    """A file can't be taken. `problems` are sentences, each with its line."""

    def __init__(self, problems: list[str]) -> None:
        more = [f"And {len(problems) - _AT_MOST:,} more."] if len(problems) > _AT_MOST else []
        super().__init__("\n".join([*problems[:_AT_MOST], *more]))
        self.problems = problems


class Faults(Refusal):
    """Several refusals of one row."""

    def __init__(self, all_of_them: list[Refusal]) -> None:
        super().__init__("; ".join(map(str, all_of_them)))
        self.all_of_them = all_of_them


class Problems:
    """Those found so far, so that all of a file's are told at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def on(self, line: int) -> Iterator[None]:
        """Keep a refusal with its line, and go on."""
        try:
            yield
        except Refusal as refusal:
            several = refusal.all_of_them if isinstance(refusal, Faults) else [refusal]
            self.found += [f"Line {line}: {one}. {one.advice}".strip() for one in several]

    def stop(self) -> None:
        """ImportProblems when there are any."""
        if self.found:
            raise ImportProblems(self.found)
