"""Exports that a spreadsheet shows and never runs."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.exporting import COLUMNS, RECIPIENT_COLUMNS, commitments, deliveries, safe, write
from tests.conftest import Life, World, button
from tests.handlers.test_updates import latest, sent

DANGER = ['=HYPERLINK("http://x.example")', "+1", "-1+2", "@SUM(A1)", "\t=1"]


def promised(world: World, what: str) -> None:
    """A promise of Ada's that Emil has kept."""
    world.fill(world.say("/commit", "ada"), "ada", what=what, owner=str(world.ids["emil"]), customer="3")
    done = button(world.say("/commitments", "emil"), "Done")
    world.clock.forward(days=2)
    world.fill(world.press(done, "emil"), "emil", note=f"x {what}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_text_that_looks_like_a_formula_is_text(world: World, tmp_path: Path, ending: str) -> None:
    """In both formats the cell is text, and what was typed can be read in it."""
    for what in DANGER[:4]:
        promised(world, what)
    path = tmp_path / f"c.{ending}"
    with world.database.session() as session:
        assert write(commitments(session), path) == 4
    if ending == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["promise"] for row in rows] == [f"'{what}" for what in DANGER[:4]]
        assert (rows[0]["customer"], rows[0]["kept on first date"], rows[0]["heard on"]) == ("Globex", "yes", "2026-11-25")
        hops = ("heard to promised", "promised to done", "done to told", "heard to told")
        assert [rows[0][f"days from {hop}"] for hop in hops] == ["0", "2", "", ""]
        return
    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) for row in range(2, 6)] == [(what, "s") for what in DANGER[:4]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
async def test_every_recipient_with_what_they_answered(life: Life, tmp_path: Path, ending: str) -> None:
    """One row a recipient: reached or why not, the answer and its note, none of it run as a formula."""
    await sent(life)
    form = life.world.press(button(latest(life, "emil@firm.example"), "I can't, because…"), "emil")
    life.world.fill(form, "emil", note="=1+1")
    life.world.press(button(latest(life, "bruno@firm.example"), "Got it"), "bruno")
    path = tmp_path / f"d.{ending}"
    with life.world.database.session() as session:
        assert write(deliveries(session), path) == 5
    if ending == "xlsx":
        sheet = load_workbook(path).worksheets[0]
        assert [cell.value for cell in sheet[1]] == list(RECIPIENT_COLUMNS)
        assert (sheet.cell(6, 10).value, sheet.cell(6, 10).data_type) == ("=1+1", "s")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert (rows["Emil Novak"]["answer"], rows["Emil Novak"]["note"]) == ("can't", "'=1+1")
    assert (rows["Bruno Kraus"]["answer"], rows["Ada Lovell"]["answer"]) == ("got it", "")
    assert {row["state"] for row in rows.values()} == {"sent"}


@given(st.text(max_size=50))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """Whatever is typed."""
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_another_ending_is_refused(tmp_path: Path) -> None:
    """Rather than writing one format under another's name."""
    with pytest.raises(ValueError, match=r"csv or \.xlsx"):
        write((("a",), []), tmp_path / "x.pdf")
