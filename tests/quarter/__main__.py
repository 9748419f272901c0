"""`python -m tests.quarter`: a company lives a quarter, and what came of it is told. SEED, WEEKS and FIRST are taken from the environment."""

from __future__ import annotations

import os
import sys
from datetime import date

from tests.quarter.company import FULL, SMALL
from tests.quarter.running import run
from tests.quarter.table import tell


def main() -> None:
    """Live it, and tell it."""
    seed, weeks = int(os.environ.get("SEED") or 1), int(os.environ.get("WEEKS") or 13)
    first = date.fromisoformat(os.environ.get("FIRST") or "2026-11-27")
    size = SMALL if os.environ.get("SIZE") == "small" else FULL

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    story = run(seed, size, first, weeks, say)
    for line in tell(story):
        say(line)


if __name__ == "__main__":
    main()
