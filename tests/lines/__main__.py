"""`python -m tests.lines [FILE…]`: how well lines are read, by field and language; without a file, the whole corpus.

What was missed is told for the files that are named, and of the corpus for the lines that may be looked at. With MODEL in the environment that
language model helps, at the address in UNDERSTANDING_ADDRESS with the key in UNDERSTANDING_KEY.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.domain.words.suggestions import Suggestion, Understanding
from bot.platforms.language_model import LanguageModel
from tests.lines.corpus import BadLine, Row, half, read_all
from tests.lines.filling import asked, fill
from tests.lines.score import judge, missed, table


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Score, and tell. Gives 2 where a file can't be read or isn't in the format, or the model has no address."""
    named = [Path(one) for one in arguments if one and not one.isdigit()]  # LINES may be the height of the terminal
    try:
        model = _model(environ)
        if named:
            _tell(", ".join(map(str, named)), read_all(named), model, every_miss=True)
        else:
            _tell("tuning", read_all(half("tuning")), model, every_miss=True)
            _tell("further", read_all(half("further")), model, every_miss=True)
            _tell("held-out", read_all(half("held-out")), model, every_miss=False)
    except (BadLine, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _model(environ: Mapping[str, str]) -> Understanding | None:
    if not (name := environ.get("MODEL", "").strip()):
        return None
    if not (address := environ.get("UNDERSTANDING_ADDRESS", "").strip()):
        msg = "MODEL is set, and UNDERSTANDING_ADDRESS is not: it holds the address of the model's service, such as http://localhost:8000/v1"
        raise OSError(msg)
    return LanguageModel(address, name, environ.get("UNDERSTANDING_KEY", "").strip())


async def _suggested(rows: Sequence[Row], model: Understanding) -> list[Suggestion | None]:
    """What the model says of each, one after another: a service on this machine answers no faster when asked for two."""
    return [await model.ask(question) if (question := asked(row)) else None for row in rows]


def _tell(title: str, rows: Sequence[Row], model: Understanding | None, *, every_miss: bool) -> None:
    begun = time.perf_counter()
    suggested = asyncio.run(_suggested(rows, model)) if model else [None] * len(rows)
    judged = [judge(row, fill(row, suggestion)) for row, suggestion in zip(rows, suggested, strict=True)]
    each = (time.perf_counter() - begun) / max(len(rows), 1)
    helped = f", the model answered for {sum(one is not None for one in suggested)}" if model else ""
    heading = f"{title}: {len(rows)} lines, {1000 * each:.1f} ms each{helped}"
    sys.stdout.write("\n".join([*(missed(judged) if every_miss else ()), "", heading, *table(judged), ""]) + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], os.environ))
