"""Tables written for a spreadsheet: CSV and XLSX, in which nothing anyone typed is ever run as a formula."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import chain, islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.domain.words.cells import fitting, inert
from bot.spreadsheets.exporting.dialects import Dialect
from bot.spreadsheets.exporting.whole import whole

Value = str | int | float | bool | date | datetime | None
Table = tuple[Sequence[str], Iterable[Sequence[Value]]]

PLAIN = Dialect()
"""Commas, and points in numbers."""

_ROWS = 1_048_576
"""Rows of a sheet, its head among them: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3"""

_NAME = 31
"""Characters of a sheet's name."""

_FIRST_YEAR = 1900
"""No sheet has an earlier day."""

_EXACT = 10**15 - 1
"""The largest whole number a sheet keeps: 15 digits."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")

_WIDEST, _NARROWEST = 48, 9
"""Characters that a column is wide."""


Tick = Callable[[], None]
"""Called for each row that was written."""


def _quiet() -> None:
    """Nobody counts."""


def write(table: Table, path: Path, tick: Tick = _quiet, form: Dialect = PLAIN) -> int:
    """Write a table as `.csv` or `.xlsx`, by the file's name; returns how many rows. ValueError for another ending."""
    if path.suffix.lower() == ".csv":
        return _write_csv(table, path, tick, form)
    if path.suffix.lower() == ".xlsx":
        return write_book({"Outside In": table}, path, tick)
    msg = f"{path.name} must end in .csv or .xlsx"
    raise ValueError(msg)


def safe(value: Value, form: Dialect = PLAIN) -> str:
    """A value as a CSV cell; before whatever a spreadsheet would run stands an apostrophe, which it takes for a sign of text."""
    if isinstance(value, datetime):
        return _in_utc(value).isoformat(timespec="seconds")
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, float):
        return str(value).replace(".", form.decimal) if math.isfinite(value) else ""
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def _in_utc(value: datetime) -> datetime:
    """A moment in UTC; the first and the last that can be written stay as they are, for there is none before or after."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return value


def write_folder(tables: Mapping[str, Table], folder: Path, tick: Tick = _quiet, form: Dialect = PLAIN) -> int:
    """Write each table as a CSV file of its name in a folder, made when it isn't there; returns how many rows in all."""
    folder.mkdir(parents=True, exist_ok=True)
    return sum(_write_csv(table, folder / f"{name}.csv", tick, form) for name, table in tables.items())


def _write_csv(table: Table, path: Path, tick: Tick, form: Dialect) -> int:
    columns, rows = table
    count = 0
    with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=form.delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow([safe(name) for name in columns])
        for row in rows:
            writer.writerow([safe(value, form) for value in row])
            count += 1
            tick()
    return count


def write_book(tables: Mapping[str, Table], path: Path, tick: Tick = _quiet, *, most: int = _ROWS) -> int:
    """Write a sheet for each table: its first line bold, in sight and with filters; dates as dates, in UTC. Returns how many rows in all.

    A table of more rows than a sheet holds (`most`, its head among them) goes on in a next one, “engagements (2)”. Rows are streamed: a
    sheet is never held in memory. Text is written as text, whatever it begins with.
    """
    quiet = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole(path) as part, xlsxwriter.Workbook(part, quiet | {"use_zip64": True}) as book:
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        return sum(_write_table(book, name, table, looks, most, tick) for name, table in tables.items())


def _write_table(book: xlsxwriter.Workbook, name: str, table: Table, looks: Mapping[str, Format], most: int, tick: Tick) -> int:
    """On as many sheets as it takes; one also where there are no rows."""
    columns, rows = table
    left, count, first = iter(rows), 0, True
    while (row := next(left, None)) is not None or first:
        first = False
        part = [] if row is None else chain([row], islice(left, most - 2))
        count += _write_sheet(book.add_worksheet(_free_name(book, name)), (columns, part), looks, tick)
    return count


def _free_name(book: xlsxwriter.Workbook, name: str) -> str:
    """A sheet's name that no other has, whatever its case, with a number where one has."""
    taken = {str(sheet.name).casefold() for sheet in book.worksheets()}
    clean = _NOT_IN_NAMES.sub(" ", name).strip(" '") or "sheet"
    numbered = (clean[:_NAME], *(f"{clean[: _NAME - len(f' ({number})')]} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in numbered if one.casefold() not in taken)


def _write_sheet(sheet: Worksheet, table: Table, looks: Mapping[str, Format], tick: Tick) -> int:
    columns, rows = table
    for place, name in enumerate(columns):
        sheet.set_column(place, place, max(_NARROWEST, min(_WIDEST, len(name) + 4)))
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(columns):
        sheet.write_string(0, place, fitting(name), looks["head"])
    count = 0
    for row in rows:
        count += 1
        for place, value in enumerate(row):
            _write_cell(sheet, count, place, value, looks)
        tick()
    sheet.autofilter(0, 0, count, max(0, len(columns) - 1))
    return count


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, looks: Mapping[str, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, "yes" if value else "no")
    elif isinstance(value, int | float):
        _write_number(sheet, row, place, value)
    elif isinstance(value, date) and (_in_utc(value) if isinstance(value, datetime) else value).year < _FIRST_YEAR:
        sheet.write_string(row, place, safe(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, _in_utc(value).replace(tzinfo=None, microsecond=0), looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time(0)), looks["day"])
    else:
        sheet.write_string(row, place, fitting(value))


def _write_number(sheet: Worksheet, row: int, place: int, value: float) -> None:
    """Nothing for what is no number; one with more digits than a sheet keeps as text."""
    if not math.isfinite(value):
        return
    if isinstance(value, int) and abs(value) > _EXACT:
        sheet.write_string(row, place, str(value))
    else:
        sheet.write_number(row, place, value)
