"""Workbooks that lose no row."""

import csv
import math
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.spreadsheets.exporting import Value, writing
from bot.spreadsheets.exporting.writing import write, write_book


def many(count: int) -> tuple[tuple[str, ...], list[tuple[int]]]:
    """A table of so many rows."""
    return ("number",), [(number,) for number in range(count)]


@pytest.mark.parametrize(("rows", "sheets"), [(0, [0]), (4, [4]), (5, [4, 1]), (8, [4, 4]), (9, [4, 4, 1])])
def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path: Path, rows: int, sheets: list[int]) -> None:
    """Each with the head in sight and a filter over its own rows; no row lost, none twice, and the count is right."""
    path = tmp_path / "x.xlsx"
    assert write_book({"engagements": many(rows), "customers": many(2)}, path, most=5) == rows + 2
    book = load_workbook(path)
    names = ["engagements", *(f"engagements ({number})" for number in range(2, len(sheets) + 1))]
    assert book.sheetnames == [*names, "customers"]
    found = []
    for name, held in zip(names, sheets, strict=True):
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.cell(1, 1).value, sheet.cell(1, 1).font.bold) == ("A2", "number", True)
        assert sheet.auto_filter.ref == (f"A1:A{held + 1}" if held else "A1")
        assert sheet.max_row == held + 1
        found += [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == list(range(rows))


def test_a_single_table_goes_on_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With as many rows as a sheet really has, the next begins one row later."""
    assert writing._ROWS == 1_048_576
    monkeypatch.setattr(writing.write_book, "__kwdefaults__", {"most": 3})
    assert write(many(5), tmp_path / "x.xlsx") == 5
    assert load_workbook(tmp_path / "x.xlsx").sheetnames == ["Outside In", "Outside In (2)", "Outside In (3)"]


def test_the_names_of_sheets_are_unlike_and_fit(tmp_path: Path) -> None:
    """31 characters, none that Excel refuses, and none twice whatever its case."""
    long = "x" * 40
    tables = {long: many(2), long + "y": many(0), "A": many(0), "a": many(0), "b: c/d": many(0), "a (2)": many(2)}
    write_book(tables, tmp_path / "x.xlsx", most=2)
    names = load_workbook(tmp_path / "x.xlsx").sheetnames
    assert names == ["x" * 31, "x" * 27 + " (2)", "x" * 27 + " (3)", "A", "a (2)", "b  c d", "a (2) (2)", "a (2) (3)"]


def test_a_day_before_a_sheets_first(tmp_path: Path) -> None:
    """Is written as text: a sheet counts from 1900."""
    write((("day",), [(date(1899, 12, 31),), (date(2026, 1, 2),)]), tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert (sheet.cell(2, 1).value, sheet.cell(3, 1).data_type) == ("1899-12-31", "d")


def test_signs_that_xml_cannot_hold(tmp_path: Path) -> None:
    """Are left out, and what only looks like an escape stays as it was typed."""
    write((("a", "b"), [("x\ufffey\x0bz", "_x0041_")]), tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet.cell(2, 1).value == "xyz"
    assert sheet.cell(2, 2).value in {"_x0041_", "_x005F_x0041_"}


FIRST, LAST = (
    datetime(1900, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
    datetime.max.replace(tzinfo=timezone(-timedelta(hours=5))),
)


@pytest.mark.parametrize(
    ("value", "in_csv", "in_sheet"),
    [
        (math.nan, "", None),
        (math.inf, "", None),
        (-math.inf, "", None),
        (10**15, "1000000000000000", "1000000000000000"),
        (10**15 - 1, "999999999999999", 10**15 - 1),
        (-(10**20), "-100000000000000000000", "-100000000000000000000"),
        (date(9999, 12, 31), "9999-12-31", datetime(9999, 12, 31)),  # noqa: DTZ001 - a sheet's days have no zone
        (date(1, 1, 1), "0001-01-01", "0001-01-01"),
        (FIRST, "1899-12-31T23:30:00+00:00", "1899-12-31T23:30:00+00:00"),
        (LAST, "9999-12-31T23:59:59-05:00", "any"),
        ("=1\ud800", "'=1", "=1"),
        ("x" * 32_766 + "😀", None, None),
    ],
)
def test_values_at_the_edge(tmp_path: Path, value: Value, in_csv: str | None, in_sheet: object) -> None:
    """What is no number, more digits than a sheet keeps, and the ends of time: no row is lost for them."""
    table: tuple[tuple[str, str], list[tuple[Value, str]]] = (("v", "w"), [(value, "a"), ("next", "b")])
    assert write(table, tmp_path / "x.csv") == write(table, tmp_path / "x.xlsx") == 2
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert ([row[1] for row in rows], [row[1].value for row in sheet]) == (["w", "a", "b"], ["w", "a", "b"])
    if in_csv is None:
        assert rows[1][0] == sheet.cell(2, 1).value
        assert rows[1][0].endswith("too long for a cell)")
        return
    assert rows[1][0] == in_csv
    if in_sheet != "any":
        assert sheet.cell(2, 1).value == in_sheet
