"""What an import did, or would do: by names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_AT_MOST = 20
"""Names of one kind that are told; the rest is a number."""


@dataclass(frozen=True)
class Imported:
    """How many rows were new, and how many changed what was known; and who they are.

    `changed` has a name and its changes, each in words. `missing` are known, and in no row; `left` are those of them that were noted as
    having left; `still_gone` are in a row that doesn't say so, and noted as having left before. `nobody` are rows of another system
    without an email, left out. `notes` are sentences for whoever brought the file.
    """

    added: int
    updated: int
    unchanged: int = field(default=0, compare=False)
    new: tuple[str, ...] = field(default=(), compare=False)
    changed: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), compare=False)
    missing: tuple[str, ...] = field(default=(), compare=False)
    left: tuple[str, ...] = field(default=(), compare=False)
    still_gone: tuple[str, ...] = field(default=(), compare=False)
    nobody: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    def lines(self) -> list[str]:
        """All of it in words, the figures first."""
        figures = [f"{self.added} added", f"{self.updated} updated", f"{self.unchanged} unchanged"]
        figures += [f"{len(self.left)} marked as having left"] if self.left else []
        changes = [f"{name}: {'; '.join(what)}" for name, what in self.changed]
        return [
            f"{', '.join(figures)}.",
            *_named("New", self.new),
            *_listed("Changed", changes),
            *_named("Marked as having left", self.left),
            *_named("Not in this file", self.missing),
            *_named("Left out, for they have no email", self.nobody),
            *_named("In this file, and still marked as having left", self.still_gone),
            *self.notes,
        ]


def _named(title: str, names: tuple[str, ...]) -> list[str]:
    more = f" and {len(names) - _AT_MOST:,} more" if len(names) > _AT_MOST else ""
    return [f"{title} ({len(names):,}): {', '.join(names[:_AT_MOST])}{more}"] if names else []


def _listed(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  and {len(lines) - _AT_MOST:,} more"] if len(lines) > _AT_MOST else []
    return [f"{title} ({len(lines):,}):", *(f"  {one}" for one in lines[:_AT_MOST]), *more]


def told(value: object) -> str:
    """A value in words: “CEO”, yes, executive and admin, nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " ".join(str(one) for one in value) or "nothing"
    return f"“{value}”" if value else "nothing"


def change(column: str, old: object, new: object) -> str:
    """One change in words."""
    return f"{column.replace('_', ' ')} {told(old)} → {told(new)}"
