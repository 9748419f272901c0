"""What is wrong with app.yaml, in words for whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong: on `line` (from 1; 0 for none), at `key`, a path; `what` it is and what is `allowed` instead."""

    line: int
    key: str
    what: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        subject = f"{self.key}: " if self.key else ""
        allowed = f". {self.allowed}" if self.allowed else ""
        return f"{place}{subject}{self.what}{allowed}".rstrip(".") + ("" if allowed.endswith("?") else ".")


class SettingsError(Exception):
    """The settings can't be used. Its text names the file and, line by line, every one of `problems`."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {problem}" for problem in problems)]))
        self.problems = problems
