"""`python -m tests.lines [FILE…]`: how well lines are read, by field and language; without a file, both halves of the corpus.

What was missed is told for the files that are named, and of the corpus for the half that may be looked at.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.lines.corpus import BadLine, Row, half, read_all
from tests.lines.filling import fill
from tests.lines.score import judge, missed, table


def main(arguments: Sequence[str]) -> int:
    """Score, and tell. Gives 2 where a file can't be read or isn't in the format."""
    named = [Path(one) for one in arguments if one and not one.isdigit()]  # LINES may be the height of the terminal
    try:
        if named:
            _tell(", ".join(map(str, named)), read_all(named), every_miss=True)
        else:
            _tell("tuning", read_all(half("tuning")), every_miss=True)
            _tell("held-out", read_all(half("held-out")), every_miss=False)
    except (BadLine, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _tell(title: str, rows: Sequence[Row], *, every_miss: bool) -> None:
    begun = time.perf_counter()
    judged = [judge(row, fill(row)) for row in rows]
    each = (time.perf_counter() - begun) / max(len(rows), 1)
    told = [
        *(missed(judged) if every_miss else ()),
        "",
        f"{title}: {len(rows)} lines, {1000 * each:.1f} ms each",
        *table(judged),
        "",
    ]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
