"""docs/rights.md is the table itself."""

from __future__ import annotations

from pathlib import Path

from bot.domain.rights.page import page

DOCS = Path(__file__).parents[3] / "docs" / "rights.md"


def test_the_page_is_current() -> None:
    """Written by `python -m bot.domain.rights > docs/rights.md`."""
    assert DOCS.read_text(encoding="utf-8") == page()
