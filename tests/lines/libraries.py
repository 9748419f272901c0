"""`python -m tests.lines.libraries`: what date libraries read in the tuning lines, beside the product's own rules.

Each is given the whole line without customers' names, and then only the words that say the day, as the product's rules find them.
A library that isn't installed is named and left out: dateparser and dateutil come with the product, parsedatetime doesn't.
"""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from bot.domain.words.date_words import month_first
from bot.domain.words.typed_dates import DateFound, find_dates
from tests.lines.corpus import TODAY, Row, half, read_all

Reader = Callable[[str, str], date | None]
"""Reads a text for a locale; None where it finds no day, and `ASKS` where it finds words of a day that it can't tell."""

ASKS = date.min

NOON = datetime.combine(TODAY, time(12))


def _own(text: str, locale: str) -> date | None:
    found = next((one for one in find_dates(text, today=TODAY, locale=locale) if one.sure), None)
    return (found.day or ASKS) if found else None


def _dateparser(text: str, locale: str) -> date | None:
    search = importlib.import_module("dateparser.search")
    settings = {"RELATIVE_BASE": NOON, "PREFER_DATES_FROM": "past", "DATE_ORDER": "MDY" if month_first(locale) else "DMY"}
    found = search.search_dates(text, languages=[locale[:2]], settings=settings)
    return found[0][1].date() if found else None


def _dateutil(text: str, locale: str) -> date | None:
    parser = importlib.import_module("dateutil.parser")
    try:
        read = parser.parse(text, fuzzy=True, dayfirst=not month_first(locale), default=NOON)
    except (parser.ParserError, OverflowError):
        return None
    day: date = read.date()
    return day


def _parsedatetime(text: str, _locale: str) -> date | None:
    found = importlib.import_module("parsedatetime").Calendar().nlp(text, sourceTime=NOON)
    return found[0][0].date() if found else None


READERS: dict[str, tuple[str, Reader]] = {
    "own rules": ("bot", _own),
    "dateparser": ("dateparser.search", _dateparser),
    "dateutil": ("dateutil.parser", _dateutil),
    "parsedatetime": ("parsedatetime", _parsedatetime),
}


def main() -> int:
    """Tell of each library how many days are right, and how many wrong ones it gives as if it knew."""
    warnings.simplefilter("ignore")
    rows = read_all(half("tuning"))
    said = [(row, text) for row in rows if (text := _words(row))]
    out = [f"{'':15}{len(rows):>4} lines, right  wrong as if known{len(said):>8} phrases, right  wrong as if known"]
    for name, (module, read) in READERS.items():
        try:
            importlib.import_module(module)
        except ImportError:
            out.append(f"{name:15} is not installed")
            continue
        whole, alone = _score(read, [(row, _without_names(row)) for row in rows], TODAY), _score(read, said, None)
        out.append(f"{name:15}{whole[0]:>17}{whole[1]:>19}{alone[0]:>23}{alone[1]:>19}")
    sys.stdout.write("\n".join([*out, ""]))
    return 0


def _without_names(row: Row) -> str:
    """A line in which customers' names are gaps."""
    line = row.line
    for name in sorted(row.known, key=len, reverse=True):
        line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda match: " " * len(match[0]), line, count=1, flags=re.IGNORECASE)
    return line


def _words(row: Row) -> str:
    """The words of a line that say its day; "" where none do."""
    line = _without_names(row)
    found: Sequence[DateFound] = find_dates(line, today=TODAY, locale=row.locale)
    return next((line[one.start : one.end] for one in found if one.sure), "")


def _score(read: Reader, texts: Sequence[tuple[Row, str]], nothing: date | None) -> tuple[int, int]:
    """How many days are right, and how many wrong; `nothing` is what stands in the form where no day is found."""
    days = [(row.day or ASKS, read(text, row.locale) or nothing or ASKS) for row, text in texts]
    return sum(wanted == found for wanted, found in days), sum(wanted != found != ASKS for wanted, found in days)


if __name__ == "__main__":
    raise SystemExit(main())
