"""Figures are counted in `bot/measures` alone: whoever counts elsewhere is named here, with what for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

COUNTING = {"count", "sum", "avg", "percentile_cont", "percentile_disc", "mode"}
"""What PostgreSQL adds up with."""

IN_WORDS = re.compile(rf"\b({'|'.join(COUNTING)})\s*\(", re.IGNORECASE)

LIBRARIES = {"statistics", "numpy", "pandas"}

ELSEWHERE = {
    "bot/delivery/broadcasts/underway.py": "takes a row of copies under way away when none is left in it",
    "bot/delivery/broadcasts/waiting.py": "who waits for several things at once, or has had the week's share: whom to write to, not how many",
    "bot/domain/outbox/deliveries.py": "numbers a copy after those the person has of the same subject",
    "bot/domain/records/directories.py": "fingerprints of names, to tell whether a kept directory still holds",
    "bot/domain/updates/digests.py": "the version of a digest's words, to tell whether a copy shows them",
    "bot/domain/updates/expansion.py": "the tenant most people are in, to try somebody there who has no account",
    "bot/domain/updates/limits.py": "who has had the week's share of updates: whom to write to, not how many",
    "bot/domain/updates/recipients.py": "numbers a reminder after those before it",
    "bot/scheduling/time_machine.py": "whether jobs are left to be done before the clock moves on",
}
"""Files that may, since no one is shown what they count."""

LOOKED_AT = ("bot", "handlers", "schedules")
LEFT_OUT = ("bot/measures/", "bot/migrations/")
"""The one place; and what brings a database up to date, where PostgreSQL itself keeps the counts by month."""


def counts(source: str) -> Iterator[int]:
    """The lines of a module that count: by SQLAlchemy's functions, in SQL as text, or with a library for it."""
    tree = ast.parse(source)
    said = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        match one:
            case ast.Attribute(value=ast.Name(id="func"), attr=name) | ast.Attribute(value=ast.Attribute(attr="func"), attr=name):
                found = name in COUNTING
            case ast.Constant(value=str(text)):
                found = id(one) not in said and _sql(text)
            case ast.JoinedStr(values=parts):
                found = _sql("".join(str(part.value) for part in parts if isinstance(part, ast.Constant)))
            case ast.ImportFrom(module=str(module)):
                found = module.partition(".")[0] in LIBRARIES
            case ast.Import(names=names):
                found = any(alias.name.partition(".")[0] in LIBRARIES for alias in names)
            case _:
                found = False
        if found:
            yield getattr(one, "lineno", 0)


def _sql(text: str) -> bool:
    return re.search(r"\b(SELECT|HAVING)\b", text) is not None and IN_WORDS.search(text) is not None


def counting() -> dict[str, list[int]]:
    """The modules outside the one place that count, with their lines."""
    paths = (path.relative_to(ROOT).as_posix() for top in LOOKED_AT for path in (ROOT / top).rglob("*.py"))
    found = {path: sorted(counts((ROOT / path).read_text())) for path in sorted(paths) if not path.startswith(LEFT_OUT)}
    return {path: lines for path, lines in found.items() if lines}


def test_no_figure_is_counted_outside_measures() -> None:
    """A count in a page, a handler or a view would be a second number for the same thing. Whoever must count says here what for."""
    found = counting()
    assert {path: lines for path, lines in found.items() if path not in ELSEWHERE} == {}
    assert set(ELSEWHERE) - set(found) == set(), "these don't count any more: take them out"


def test_measures_count() -> None:
    """What is looked for is what counting looks like."""
    assert list(counts((ROOT / "bot/measures/engaged.py").read_text()))
    assert list(counts((ROOT / "bot/measures/told.py").read_text()))


@pytest.mark.parametrize(
    "line",
    [
        "from sqlmodel import func\nfunc.count()",
        "import sqlalchemy as sa\nsa.func.count(sa.distinct(1)).filter(x)",
        "func.sum(a.b).label('visits')",
        "sa.text('SELECT count(*) FROM engagements')",
        "text = f'SELECT {a}, COUNT (*) FROM b GROUP BY 1'",
        "from statistics import median",
        "import statistics as s",
    ],
)
def test_each_way_to_count_is_seen(line: str) -> None:
    """By SQLAlchemy, in SQL as text, with the standard library."""
    assert list(counts(line))


@pytest.mark.parametrize(
    "line", ['"""SELECT count(*) is what this once did."""', "names.count('a')", "func.max(day)", "'how many count (as one)'"]
)
def test_what_only_looks_like_it_is_not(line: str) -> None:
    """What a docstring says; a method of a list; the newest of several days."""
    assert not list(counts(line))


def test_where_to_look_is_there() -> None:
    """A room that was renamed would leave its counts unseen."""
    assert all((Path(ROOT) / one).is_dir() for one in (*LOOKED_AT, *LEFT_OUT))
