"""The walks in the docs: every function they name is in the file they name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.places import DOCS, ROOT

_STEP = re.compile(r"`(?P<path>[\w/]+\.py)`[, ]+(?:then )?`(?P<name>[\w.]+)`")
_CODE = re.compile(r"`(?P<code>[^`\n]+)`")
_NO_FUNCTIONS = {"/logvisit", "Inbound", "Scope", "Window", "Draft.check", "with_trend", "kinds_words"}
"""Other names in the text, with a function beside one of its own file."""

TEXT = (DOCS / "walks.md").read_text()


def steps(text: str) -> list[tuple[str, str]]:
    """The pairs of a file and a function, as the text has them."""
    return [(found["path"], found["name"]) for found in _STEP.finditer(text)]


def names(path: Path) -> set[str]:
    """The functions and classes of a file, methods as `Class.method`."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    return found


@pytest.mark.parametrize(("path", "name"), sorted(set(steps(TEXT))))
def test_every_step_is_still_there(path: str, name: str) -> None:
    """A function that was moved or renamed takes its line of the walk with it."""
    assert name in names(ROOT / path)


def test_there_are_three_walks_and_every_file_in_them_is_a_step() -> None:
    """None is named without its function, where this test would not look."""
    walks = TEXT.split("\n## ")[1:]
    assert len(walks) == 3
    assert all(len(steps(one)) >= 9 for one in walks)
    named = {found["code"] for found in _CODE.finditer(TEXT)}
    assert named == {part for step in steps(TEXT) for part in step} | _NO_FUNCTIONS


def test_a_name_that_is_not_there_is_noticed() -> None:
    """The test itself: a method, a function, and one that only sounds like one."""
    found = names(ROOT / "bot" / "dispatch" / "dispatcher.py")
    assert {"Dispatcher.handle", "Dispatcher"} <= found
    assert not {"handle", "Dispatcher.handled"} & found


def test_the_other_names_are_in_the_files_beside_them() -> None:
    """What is named after a step of the same file."""
    assert "Draft.check" in names(ROOT / "bot/domain/engagements/engagements.py")
    assert "with_trend" in names(ROOT / "bot/measures/report.py")
    assert "kinds_words" in names(ROOT / "bot/views/participation.py")
    assert {"Scope", "Window"} <= names(ROOT / "bot/measures/scope.py")
    assert "Inbound" in names(ROOT / "bot/commands.py")
