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


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    """Those within the project; the web isn't asked."""
    links = [one for one in _LINK.findall(page.read_text(encoding="utf-8")) if not re.match(r"[a-z]+:|<", one)]
    assert [one for one in links if not (page.parent / one).exists()] == []
