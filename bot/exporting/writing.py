"""Tables written for a spreadsheet: CSV and XLSX, in which nothing anyone typed is ever run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | date | datetime | None
Table = tuple[Sequence[str], Iterable[Sequence[Value]]]

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""

_LONGEST = 32_767
"""Characters of a cell: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3"""

_CUT = " … (cut: the rest is too long for a cell)"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no sheet can hold."""

_WIDEST, _NARROWEST = 48, 9
"""Characters that a column is wide."""


def write(table: Table, path: Path, tick: Callable[[], None] = lambda: None) -> int:
    """Write a table as `.csv` or `.xlsx`, by the file's name; returns how many rows. ValueError for another ending."""
    if path.suffix.lower() == ".csv":
        return _write_csv(table, path, tick)
    if path.suffix.lower() == ".xlsx":
        return write_book({"Outside In": table}, path, tick)
    msg = f"{path.name} must end in .csv or .xlsx"
    raise ValueError(msg)


def safe(value: Value) -> str:
    """A value as a CSV cell; text that a spreadsheet would run begins with an apostrophe, which it takes for a sign of text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def write_folder(tables: Mapping[str, Table], folder: Path, tick: Callable[[], None] = lambda: None) -> int:
    """Write each table as a CSV file of its name in a folder, made when it isn't there; returns how many rows in all."""
    folder.mkdir(parents=True, exist_ok=True)
    return sum(_write_csv(table, folder / f"{name}.csv", tick) for name, table in tables.items())


def _write_csv(table: Table, path: Path, tick: Callable[[], None]) -> int:
    columns, rows = table
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([safe(value) for value in row])
            count += 1
            tick()
    return count


def write_book(tables: Mapping[str, Table], path: Path, tick: Callable[[], None] = lambda: None) -> int:
    """Write a sheet for each table: its first line bold, in sight and with filters; dates as dates, in UTC. Returns how many rows in all.

    Rows are streamed: a sheet is never held in memory. Text is written as text, whatever it begins with.
    """
    path.open("wb").close()  # where it can't be written, better now than after minutes, with each sheet's own file left open
    quiet = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, quiet) as book:
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        return sum(_write_sheet(book.add_worksheet(name[:31]), table, looks, tick) for name, table in tables.items())


def _write_sheet(sheet: Worksheet, table: Table, looks: Mapping[str, Format], tick: Callable[[], None]) -> int:
    columns, rows = table
    for place, name in enumerate(columns):
        sheet.set_column(place, place, max(_NARROWEST, min(_WIDEST, len(name) + 4)))
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, looks["head"])
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
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(UTC).replace(tzinfo=None), looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time(0)), looks["day"])
    else:
        sheet.write_string(row, place, fitting(value))


def fitting(text: str) -> str:
    """What a cell can hold: no control characters, and no more than it takes, with a sign where it was cut."""
    clean = _CONTROL.sub("", text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(_CUT)] + _CUT
