"""The glossary knows every table and state, and names nothing that isn't in the code."""

from __future__ import annotations

import ast
import re
from enum import StrEnum

import pytest
from sqlmodel import SQLModel

import bot.domain.tables
from tests.places import DOCS, ROOT

NAMED = set(re.findall(r"`([A-Za-z_]+)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))


def names_in_code() -> set[str]:
    """Every class, function, module, constant and attribute that is declared."""
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        found.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def kinds(base: type) -> list[type]:
    """The classes of the domain made of this one."""
    classes: list[type] = base.__subclasses__()
    return [kind for kind in classes if kind.__module__.startswith("bot.domain")]


@pytest.mark.parametrize("base", [SQLModel, StrEnum])
def test_every_table_and_state_is_there(base: type) -> None:
    """By the name it has in the code."""
    assert bot.domain.tables is not None
    tables = [kind.__name__ for kind in kinds(base) if base is StrEnum or hasattr(kind, "__table__")]
    assert len(tables) > 10
    assert sorted(set(tables) - NAMED) == []


def test_each_name_is_in_the_code() -> None:
    """A word whose name was changed is changed here, too."""
    assert sorted(NAMED - names_in_code()) == []
