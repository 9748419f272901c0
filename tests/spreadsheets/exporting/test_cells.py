"""CSV cells that no spreadsheet runs, however it splits the line, and that come back as they were."""

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words.cells import fitting, inert, unmarked
from bot.domain.words.lookalikes import seen
from bot.spreadsheets.exporting import Dialect, write

SIGNS = ("=", "+", "-", "@", "\u2212")

NASTY = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "x;=cmd|' /C calc'!A0;y",
    "x,=1",
    "x|=1",
    "x\t=1",
    "one\n=1",
    "one\r=1",
    "one\r\n=1",
    "one\u2028=1",
    "one\u2029=1",
    "one\x85=1",
    "one\x0b=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1",
    "\u200b=1",
    "\ufeff=1",
    "\u00ad=1",
    "\u2060\u200d=1",
    "\u3164=1",
    "\U000e0020=1",
    " =1",
    "\u00a0=1",
    "\u3000=1",
    "\n\n =1",
    "\t=1",
    "\r=1",
    "\x00=1",
    "\x01\x02=1",
    '"=1',
    'a;"=1',
    'a";=1',
    '";=1;"',
    "';=1",
    "'=1",
    "''=1",
    'a"\n"=1',
    '","=1',
    "x; \u200b ＝1",
    "\u180e=1",
    "\u2800@1",
    "⁼1",
    "₊1",
    "a|\u3000'\ufeff\"+1",
]


def readings(path: Path) -> list[str]:
    """Every cell as each kind of reader sees it: by each separator, with quotes understood or not."""
    text = path.read_bytes().decode("utf-8-sig")
    found: list[str] = []
    for delimiter in (",", ";", "\t", "|"):
        lines = text.splitlines(keepends=True)
        found += [cell for row in csv.reader(lines, delimiter=delimiter) for cell in row]
        found += [cell for line in lines for cell in line.split(delimiter)]
    return found


def runs(cell: str) -> bool:
    """Whether a spreadsheet might run it, once what can't be seen, spaces and quotes are gone."""
    bare = unicodedata.normalize("NFKC", seen(cell)).strip().strip('"').strip()
    return seen(bare).lstrip().startswith(SIGNS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", NASTY)
def test_no_reading_of_a_file_has_a_cell_that_runs(tmp_path: Path, text: str, delimiter: str) -> None:
    """In the first column, in the middle and in the head."""
    path = tmp_path / "x.csv"
    write((("id", text), [(text, "b"), ("a", text), (1, text + "\n" + text)]), path, form=Dialect(delimiter))
    assert [cell for cell in readings(path) if runs(cell)] == []


@given(st.text(alphabet="=+-@＝\u2212;,|\t\n\r\"' \u200b\ufeff\x85\u2028ab1", max_size=12))
def test_a_mark_comes_off_again(text: str) -> None:
    """Whatever was typed, an apostrophe before a formula too."""
    assert unmarked(inert(text)) == fitting(text)


def test_what_is_no_formula_is_left_alone() -> None:
    """Nobody sees an apostrophe in ordinary text."""
    for text in ("Acme - call", "1+1=2", "a@b.example", "it's 5 = 5", "“quoted”", "x; y, z", "👩‍🚒"):
        assert inert(text) == text


def test_what_does_not_fit_is_cut_in_a_csv_file_too(tmp_path: Path) -> None:
    """As in XLSX, also where the marks are what makes it too long; an emoji takes the room of two."""
    path = tmp_path / "x.csv"
    write((("a", "b", "c", "d"), [("x" * 40_000, "a\x00b\x07\x0c\x7f\ufffe", ";=" * 12_000, "😀" * 20_000)]), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.reader(file))[1]
    assert all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for cell in row)
    assert [cell.endswith("too long for a cell)") for cell in row] == [True, False, True, True]
    assert row[1] == "ab"


def test_a_long_cell_takes_no_longer_than_its_length() -> None:
    """Ten times the text, about ten times the time; measured thrice, the fastest counts."""

    def spent(text: str) -> float:
        start = time.process_time()
        inert(text)
        return time.process_time() - start

    for piece in ("\n", " ", "'", "\u200b", ";", ";' ", "\t"):
        small, large = (min(spent(piece * size) for _ in range(3)) for size in (3_000, 30_000))
        assert large < 30 * small + 0.005, repr(piece)
