"""The documentation holds together: each decision has a number of its own, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places import DOCS, ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_each_decision_has_a_number_of_its_own() -> None:
    """Two people may have taken the next one on the same day."""
    numbers = sorted(int(one.name[:4]) for one in (DOCS / "decisions").glob("*.md"))
    assert len(numbers) == len(set(numbers))


def test_each_decisions_title_says_its_number() -> None:
    """As its file does: others speak of them by number."""
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [one.name for one in pages if not one.read_text(encoding="utf-8").startswith(f"# {int(one.name[:4])}. ")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    """Those within the project; the web isn't asked."""
    links = [one for one in _LINK.findall(page.read_text(encoding="utf-8")) if not re.match(r"[a-z]+:|<", one)]
    assert [one for one in links if not (page.parent / one).exists()] == []


_PATH = re.compile(r"`((?:bot|handlers|schedules|tests|docs)/[\w./-]*)`")


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(name: str) -> None:
    """Whoever is told to open it would look for it: in the table of what to change, and in the recipes."""
    named = set(_PATH.findall((ROOT / name).read_text(encoding="utf-8")))
    assert sorted(one for one in named if not (ROOT / one).exists()) == []
    assert len(named) > 15


def test_the_table_says_where_to_open_for_ten_changes_and_more() -> None:
    """Each of its lines names a place."""
    lines = [one for one in (DOCS / "architecture.md").read_text(encoding="utf-8").splitlines() if one.startswith("|")][2:]
    assert len(lines) >= 10
    assert [one for one in lines if not _PATH.search(one)] == []
