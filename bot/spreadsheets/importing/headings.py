"""Which heading is which column: our own by name, and those of exports from other systems by what they are called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.spreadsheets.importing.columns import ONLY_EXPORTED
from bot.spreadsheets.importing.errors import ImportProblems
from bot.spreadsheets.importing.reading import Row, Rows, Sheet, heading_key, read_sheet, twice
from bot.spreadsheets.importing.systems import ALIASES, Aliases, Source

_LIKE = 70

_OURS = frozenset({"roles", "delegates", "former_email", "prompts_paused"})
"""Columns that only mean what we mean in a file of our own: another system's “Roles” give nobody rights here."""


@dataclass(frozen=True)
class Plan:
    """What each column is read from, the first source that isn't empty; `left_out` are headings nothing is read from."""

    sources: dict[str, tuple[Source, ...]]
    left_out: tuple[str, ...] = ()
    foreign: bool = False

    def shown(self) -> list[str]:
        """A line for each column, and one for what is left out."""
        lines = [f"{name}: from {', or else '.join(str(one) for one in sources)}" for name, sources in self.sources.items()]
        ours = [one for one in self.left_out if heading_key(one) in {heading_key(name) for name in _OURS}]
        return [
            *lines,
            *([f"left out: {', '.join(self.left_out)}"] if self.left_out else []),
            *([f"{', '.join(ours)}: taken only from a file in which every column is one of ours"] if ours else []),
        ]


def known(columns: dict[str, str], aliases: Aliases | None = None) -> frozenset[str]:
    """All headings that are understood, as they are compared."""
    others = (key for choices in (aliases or {}).values() for choice in choices for source in choice for key in source.keys)
    return frozenset(map(heading_key, columns)) | frozenset(others)


def own(sheet: Sheet, columns: dict[str, str], needed: str) -> Plan:
    """The plan of a file with our own columns; ImportProblems for one that is unknown, there twice, or missing."""
    named = {heading_key(name): name for name in columns}
    keys = [heading_key(one) for one in sheet.headings]
    problems = twice(sheet)
    problems += [
        f"Line {sheet.line}: unknown column “{heading}”. {_near(key, list(named.values()))}Known: {', '.join(columns)}."
        for heading, key in zip(sheet.headings, keys, strict=True)
        if key not in named and key not in ONLY_EXPORTED
    ]
    if not problems and heading_key(needed) not in keys:
        problems = [f"Line 1: there is no column “{needed}”. The first line must name the columns: {', '.join(columns)}."]
    if problems:
        raise ImportProblems(problems)
    return Plan({named[key]: (Source((key,)),) for key in keys if key in named})


def _near(key: str, names: list[str]) -> str:
    found = process.extractOne(key, names, scorer=fuzz.ratio, processor=heading_key, score_cutoff=_LIKE)
    return f"Did you mean “{found[0]}”? " if found else ""


def foreign(sheet: Sheet, columns: dict[str, str], needed: tuple[str, ...], aliases: Aliases = ALIASES) -> Plan | None:
    """The plan of an export of another system; None where the file's headings don't tell who its rows are.

    Only what `aliases` knows is read; of two headings for one column the better known is, and the other left out.
    """
    keys = {heading_key(one) for one in sheet.headings}
    if keys <= {heading_key(one) for one in columns} | ONLY_EXPORTED:
        return None
    sources = {name: found for name in columns if name not in _OURS and (found := _sources(name, keys, aliases.get(name, ())))}
    if any(name not in sources for name in needed) or _mistyped(sheet, columns, sources):
        return None
    read = {key for found in sources.values() for source in found for key in source.keys}
    if problems := twice(sheet, read):
        raise ImportProblems(problems)
    left_out = tuple(dict.fromkeys(one for one in sheet.headings if heading_key(one) not in read))
    return Plan(sources, left_out, foreign=True)


def _mistyped(sheet: Sheet, columns: dict[str, str], sources: dict[str, tuple[Source, ...]]) -> bool:
    """Whether a file has our own names only, and one that is nearly ours: somebody's own file then, with a mistake."""
    ours = {heading_key(name): name for name in columns}
    if any(source.keys[0] not in ours for found in sources.values() for source in found):
        return False
    others = [key for one in sheet.headings if (key := heading_key(one)) not in ours]
    return any(process.extractOne(key, list(ours), scorer=fuzz.ratio, score_cutoff=_LIKE) for key in others)


def _sources(name: str, keys: set[str], choices: tuple[tuple[Source, ...], ...]) -> tuple[Source, ...]:
    own_name = Source((heading_key(name),))
    if not any(source.keys == own_name.keys for choice in choices for source in choice):
        choices = ((own_name,), *choices)
    found = (tuple(source for source in choice if keys.issuperset(source.keys)) for choice in choices)
    return next(filter(None, found), ())


def rows_of(sheet: Sheet, plan: Plan, whole: Callable[[dict[str, str]], bool] = lambda _: True) -> Rows:
    """The rows by column; those that aren't `whole` (a bot's among people's) are left out. ImportProblems when there are none."""
    keys = [heading_key(one) for one in sheet.headings]
    rows: list[tuple[int, Row]] = []
    for line, cells in sheet.rows:
        raw = dict(zip(keys, cells, strict=True))
        if whole(raw):
            rows.append((line, {name: _first(raw, sources) for name, sources in plan.sources.items()}))
    if not rows:
        raise ImportProblems([f"{sheet.name} has a line of column names and no rows. Is it the right file?"])
    return rows


def _first(raw: dict[str, str], sources: tuple[Source, ...]) -> str:
    return next((value for source in sources if (value := source.read(raw))), "")


def read_rows(path: Path, columns: dict[str, str], needed: str) -> Rows:
    """The rows of a CSV file with our own columns, with their lines' numbers. ImportProblems when it can't be taken."""
    sheet = read_sheet(path, known(columns))
    return rows_of(sheet, own(sheet, columns, needed))
