"""One word for one thing: none of the words that were given up is shown to anybody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.places import ROOT

GIVEN_UP = {
    "promise: a commitment": r"\bpromises?\b",
    "whom: who, or which": r"\bwhom\b",
    "somebody: someone": r"\bsomebody\b",
    "keeper: owner": r"\bkeepers?\b|\bkept by\b|\banswers for\b|\bfor you to keep\b",
    "kept in time: on time": r"\bkept in time\b",
    "been out: met a customer": r"\bbeen out\b|\bnot out yet\b|\blast out\b",
    "kept in a row: streak": r"\bkept in a row\b",
    "not seen for long: overdue": r"\bnot seen for long\b",
    "told them: customer told": r"\btold them\b",
    "hand on: reassign": r"\banother date\b|\bhand (?:it )?on\b|\bnot mine\b",
    "put it away: discard": r"^(?:put it away|call it off|see it|see whom it reaches)$",
    "what we want: goal": r"\bwhat we want\b|\bties? to nothing\b",
    "to look after: that need attention": r"\bto look after\b",
    "mend: permanent fix": r"\bmends?\b|\bmended\b",
    "quicker: already did this": r"\bwas quicker\b",
}
"""The words, each with what is said instead."""

LEFT: dict[str, str] = {}
"""Where one of them stays, by file and line, and why."""

ROOMS = ("bot/views", "bot/web", "bot/workflows", "bot/measures", "bot/domain", "handlers", "schedules")
UNSEEN = ("bot/domain/words/", "bot/web/dashboard/static/")
"""What people type is understood in whatever words they use."""

_NAME = re.compile(r"[a-z_.]+|[a-z]+(?:-[a-z]+)+")
"""A name in the program, such as a field's or a command's: nobody reads it."""

_JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def seen_in(path: Path) -> Iterator[str]:
    """Every text of a file that may be shown: a template's, and a module's literals but for what documents it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        yield _JINJA.sub(" ", text)
        return
    tree = ast.parse(text)
    documents = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if (
            isinstance(one, ast.Constant)
            and isinstance(one.value, str)
            and id(one) not in documents
            and not _NAME.fullmatch(one.value)
        ):
            yield one.value


@cache
def shown() -> tuple[tuple[str, str], ...]:
    """All of them, each with its file."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in {".py", ".html"})
    named = [(str(path.relative_to(ROOT)), path) for path in paths]
    return tuple((name, text) for name, path in named if not name.startswith(UNSEEN) for text in seen_in(path))


@pytest.mark.parametrize("words", GIVEN_UP)
def test_nobody_reads_a_word_that_was_given_up(words: str) -> None:
    """In no card, form, button, refusal, page or definition, but where it is said why."""
    pattern = re.compile(GIVEN_UP[words], re.IGNORECASE)
    found = [f"{name}: {' '.join(text.split())}" for name, text in shown() if pattern.search(text)]
    assert [one for one in found if one not in LEFT] == []


def test_what_is_left_is_still_there() -> None:
    """An exception that is mended is taken out of the list."""
    there = {f"{name}: {' '.join(text.split())}" for name, text in shown()}
    assert sorted(LEFT.keys() - there) == []


def test_every_word_can_be_found(tmp_path: Path) -> None:
    """A label is seen; what documents the program, and names in it, aren't."""
    module = tmp_path / "view.py"
    module.write_text('"""A promise."""\nNAME = "promise"\nLABEL = f"{NAME}: a promise kept by {NAME}"\n')
    assert list(seen_in(module)) == [": a promise kept by "]
