"""docs/rights.md is the table itself."""

from __future__ import annotations

from bot.domain.rights.page import page
from tests.places import DOCS

PAGE = DOCS / "rights.md"


def test_the_page_is_current() -> None:
    """Written by `python -m bot.domain.rights > docs/rights.md`."""
    assert PAGE.read_text(encoding="utf-8") == page()
