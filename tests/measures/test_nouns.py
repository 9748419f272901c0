"""A number and its noun agree, everywhere."""

from __future__ import annotations

import re

from bot.measures.nouns import counted, part_of, plural
from tests.places import ROOT


def test_one_has_no_s() -> None:
    """None and many have; of parts, the whole decides."""
    assert [counted(number, "visit") for number in (0, 1, 1200)] == ["0 visits", "1 visit", "1,200 visits"]
    assert [part_of(1, whole, "customer") for whole in (1, 3)] == ["1 of 1 customer", "1 of 3 customers"]
    assert plural(0.5, "day") == "days"


def test_no_view_makes_its_own_plural() -> None:
    """Whoever writes the s by hand forgets it for one."""
    by_hand = re.compile(r"""== 1 else ['"]s['"]""")
    files = [
        path for room in ("bot", "handlers", "schedules") for path in (ROOT / room).rglob("*") if path.suffix in {".py", ".html"}
    ]
    found = [str(path.relative_to(ROOT)) for path in files if by_hand.search(path.read_text(encoding="utf-8"))]
    assert found == []
