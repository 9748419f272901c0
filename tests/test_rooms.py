"""The house stays plain: few loose files at the top, and no circle, not even one hidden by importing inside a function."""

from __future__ import annotations

import pytest

from tests.places import ROOT
from tests.rooms import arrows, circle, imports, loose


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """Every module's imports."""
    return imports()


def test_files_import_each_other_in_no_circle(found: dict[str, set[str]]) -> None:
    """Not for their types either, and not between two rooms."""
    assert circle(found) == []
    assert not {(one, other) for one, other in arrows(found) if (other, one) in arrows(found)}


def test_few_files_stand_at_the_top(found: dict[str, set[str]]) -> None:
    """Each one that a newcomer would look for there."""
    assert len(loose(found)) <= 8, loose(found)


LINES = 300
"""What a file of the product has at most: more are read by nobody in one go."""


def test_files_are_short() -> None:
    """Migrations aside, which are written once and stay as they ran."""
    code = [
        one for root in ("bot", "handlers", "schedules") for one in (ROOT / root).rglob("*.py") if one.parent.name != "versions"
    ]
    lines = {one.relative_to(ROOT).as_posix(): len(one.read_text("utf-8").splitlines()) for one in code}
    assert {name: number for name, number in lines.items() if number > LINES} == {}
    assert len(lines) > 300
