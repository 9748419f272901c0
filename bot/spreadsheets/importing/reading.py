"""A CSV file as headings and rows: whatever a spreadsheet in any country saves, or a refusal that names the line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.words.cells import unmarked
from bot.domain.words.lookalikes import folded
from bot.domain.words.typed_text import plain
from bot.spreadsheets.importing.errors import ImportProblems

Row = dict[str, str]
Rows = Sequence[tuple[int, Row]]
"""Rows by the names of their columns, each with its line's number."""

_DELIMITERS = (",", ";", "\t", "|")
_SEP = re.compile(r"\"?sep=([^\"\w\s]|\t)\"?[,;\t|]*\r?\n?", re.IGNORECASE)
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ABOVE = 10
"""Lines among which the headings are looked for."""

_HEADINGS = 20_000
"""Characters of a line by which its separator is told."""

_SAVE_AS = "Save it as “CSV UTF-8”"
_LOST = "\ufffd"


@dataclass(frozen=True)
class Sheet:
    """A file's headings as they stand, "" where a column has none, and its rows of as many cells, each with its line's number."""

    name: str
    line: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def heading_key(heading: str) -> str:
    """A heading as it is compared: “Prompts Paused” is prompts_paused, and “E-mail” is email."""
    words = " ".join(re.sub(r"[_\-]+", " ", folded(heading)).split())
    return re.sub(r"\be mail\b", "email", words)


def read_sheet(path: Path, known: Collection[str] = ()) -> Sheet:
    """Read a CSV file; `known` are headings by which its separator is told. ImportProblems when it can't be read whole.

    UTF-8, or Excel's “Unicode text”; commas, semicolons, tabs or bars; with Excel's line `sep=` and its empty columns at the end.
    """
    text = _text(path)
    skipped, delimiter = 0, ""
    if sign := _SEP.match(text):
        text, delimiter, skipped = text[sign.end() :], sign[1], 1
    lines = list(_lines(text, delimiter or _delimiter(text, known), skipped))
    if not lines:
        raise ImportProblems([f"{path.name} is empty. Its first line must name the columns."])
    lines = lines[_titles(lines, known) :]
    line, headings = lines[0][0], tuple(" ".join(plain(one).split()) for one in lines[0][1])
    return _checked(Sheet(path.name, line, headings, tuple((number, tuple(map(_cell, cells))) for number, cells in lines[1:])))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith(b"PK\x03\x04"):
        raise ImportProblems([f"{path.name} is a workbook, not a CSV file. {_SAVE_AS} in your spreadsheet, one sheet at a time."])
    encoding = next((name for mark, name in _ENCODINGS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportProblems([f"{path.name} is not UTF-8 text. {_SAVE_AS}."]) from error
    if text.count("\0") > len(text) // 4:
        raise ImportProblems([f"{path.name} is not UTF-8 text but UTF-16 that doesn't say so. {_SAVE_AS}."])
    return text


def _delimiter(text: str, known: Collection[str]) -> str:
    """What parts one of the first lines into the most columns known, or else the first into the most."""
    first = [line[:_HEADINGS] for line in text.lstrip("\r\n").splitlines()[:_ABOVE]]

    def worth(delimiter: str) -> tuple[int, int]:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in first]
        return max((sum(heading_key(one) in known for one in cells) for cells in rows), default=0), len(rows[0]) if rows else 0

    return max(_DELIMITERS, key=worth)


def _lines(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row in which something stands, with the number of the line it begins on; `skipped` lines were above.

    A quote that isn't closed where it should be is refused: it would take the rows behind it into one cell.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line + skipped, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            what, advice = f"a cell has more than {csv.field_size_limit():,} characters", "Look for a quote that is never closed."
        else:
            what = 'a quote (") is not closed, or something stands behind it'
            advice = 'A cell that begins with one ends with one, and a quote within it is written twice: "the ""A"" team".'
        raise ImportProblems([f"Line {line + skipped}: {what}. {advice}"]) from error


def _titles(lines: list[tuple[int, list[str]]], known: Collection[str]) -> int:
    """How many lines above the headings are a report's title: a cell or two, none of them a heading that is known."""
    known_in = [sum(heading_key(one) in known for one in cells) for _, cells in lines[:_ABOVE]]
    head = next((place for place, count in enumerate(known_in) if count > 1), 0)
    titles = all(not known_in[place] and sum(map(bool, lines[place][1])) <= 2 for place in range(head))
    return head if titles else 0


def _cell(text: str) -> str:
    return unmarked(plain(text).strip())


def _checked(sheet: Sheet) -> Sheet:
    """Without columns that have neither a heading nor anything in them; ImportProblems for a row too short or too long."""
    used = [place for place, heading in enumerate(sheet.headings) if heading]
    problems = [one for line, cells in sheet.rows for one in _faults(sheet, used, line, cells)]
    if problems:
        raise ImportProblems(problems)
    rows = tuple((line, tuple(cells[place] for place in used)) for line, cells in sheet.rows)
    return Sheet(sheet.name, sheet.line, tuple(sheet.headings[place] for place in used), rows)


def _faults(sheet: Sheet, used: list[int], line: int, cells: tuple[str, ...]) -> Iterator[str]:
    missing = [sheet.headings[place] for place in used if place >= len(cells)]
    if missing:
        yield (
            f"Line {line}: the row ends early; it has no {', '.join(missing)}. Give every row as many cells as the first line has;"
            " an empty one leaves what is known."
        )
    extra = [place for place, cell in enumerate(cells) if cell and place not in set(used)]
    if extra and extra[0] >= len(sheet.headings):
        yield f"Line {line}: more values than columns. Put values that hold a comma into quotes."
    elif extra:
        yield f"Line {line}: “{cells[extra[0]][:60]}” is in column {extra[0] + 1}, which has no name. Name it in line {sheet.line}, or empty it."
    if any(_LOST in cell for cell in cells):
        yield f"Line {line}: a sign was lost (�) before the file came here. {_SAVE_AS} from where it was right."


def twice(sheet: Sheet, read: Collection[str] | None = None) -> list[str]:
    """What to say of each column that is named more than once; `read` are the keys of those that matter, None for all."""
    names = Counter(map(heading_key, sheet.headings))
    shown = {heading_key(one): one for one in sheet.headings}
    return [
        f"Line {sheet.line}: the column “{shown[key]}” is there {count} times. Keep the one that counts, and take the others out."
        for key, count in names.items()
        if count > 1 and (read is None or key in read)
    ]
