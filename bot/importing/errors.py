"""What is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import Refusal


class ImportProblems(Exception):
    """A file can't be taken. `problems` are sentences, each with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


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
            self.found.append(f"Line {line}: {refusal}. {refusal.advice}".strip())

    def stop(self) -> None:
        """ImportProblems when there are any."""
        if self.found:
            raise ImportProblems(self.found)
