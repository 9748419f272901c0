"""Exports that a spreadsheet shows and never runs."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.domain.engagements.customers import Customer
from bot.domain.people.people import Absence
from bot.spreadsheets.exporting import (
    COLUMNS,
    FIGURES,
    RECIPIENT_COLUMNS,
    TABLES,
    Span,
    commitments,
    deliveries,
    everything,
    safe,
    write,
    write_book,
    write_folder,
)
from tests.conftest import Life, World, button
from tests.handlers.test_engagements import log
from tests.handlers.test_updates import latest, sent

DANGER = ['=HYPERLINK("http://x.example")', "+1", "-1+2", "@SUM(A1)", "\t=1"]


def promised(world: World, what: str) -> None:
    """A promise of Ada's that Emil has kept."""
    world.fill(world.say("/commit", "ada"), "ada", what=what, owner=str(world.ids["emil"]), customer="3")
    done = button(world.say("/commitments", "emil"), "Done")
    world.clock.forward(days=2)
    world.fill(world.press(done, "emil"), "emil", note=f"x {what}")


def test_a_span_leaves_out_what_was_promised_on_other_days(world: World) -> None:
    """Made today: in a span that ends today, not in one that ended yesterday, nor in one that begins tomorrow."""
    promised(world, "Call back")
    today = date(2026, 11, 25)
    with world.database.session() as session:
        found = [
            len(list(TABLES["commitments"](session, span)[1]))
            for span in (Span(last=today), Span(last=date(2026, 11, 24)), Span(first=date(2026, 11, 26)), Span(today, today))
        ]
    assert found == [1, 0, 0, 1]


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


def filled(world: World) -> None:
    """Something in most tables, some of it nasty."""
    with world.database.session() as session:
        session.add(Customer.named("=1+1", owner_id=world.ids["ada"]))
        session.add(Absence(person_id=world.ids["bruno"], first=date(2026, 12, 1), last=date(2026, 12, 2), reason="@home"))
    log(world, "ada", "Globex: =HYPERLINK 😀 \x07 bell")
    promised(world, "+1")
    world.say("/roadmap", "cleo")


def test_everything_is_a_sheet_each_formatted(world: World, tmp_path: Path) -> None:
    """Every table and figure: the head bold, frozen, with filters; days as days; what looks like a formula as text."""
    filled(world)
    path = tmp_path / "all.xlsx"
    with world.database.session() as session:
        write_book(everything(session, world.application.settings, Span(), world.clock()), path)
    book = load_workbook(path)
    assert book.sheetnames == [*FIGURES, *TABLES]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.cell(1, 1).font.bold, sheet.title
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    rows = list(book["engagements"].iter_rows(values_only=True))
    assert rows[1][2] == datetime(2026, 11, 25)  # noqa: DTZ001 - a sheet's days have no zone
    assert "😀" in str(rows[1][9])
    assert any(row[1] == "=1+1" for row in book["customers"].iter_rows(values_only=True))


def test_everything_as_files_in_a_folder(world: World, tmp_path: Path) -> None:
    """One CSV a table, each readable, none of whose cells runs."""
    filled(world)
    with world.database.session() as session:
        write_folder(everything(session, world.application.settings, Span(), world.clock()), tmp_path / "out")
    assert {one.stem for one in (tmp_path / "out").iterdir()} == {*FIGURES, *TABLES}
    for one in (tmp_path / "out").iterdir():
        with one.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_span_leaves_other_days_out(world: World, tmp_path: Path) -> None:
    """Both its days are in; an open end goes on."""
    log(world, "ada", "Globex 20 November: in")
    log(world, "ada", "Globex 19 November: out")
    with world.database.session() as session:
        path = tmp_path / "e.csv"
        assert write(TABLES["engagements"](session, Span(date(2026, 11, 20), date(2026, 11, 20))), path) == 1
        assert write(TABLES["engagements"](session, Span(last=date(2026, 11, 19))), path) == 1
        assert write(TABLES["engagements"](session, Span(first=date(2026, 11, 26))), path) == 0


def test_an_empty_company_is_written_too(world: World, tmp_path: Path) -> None:
    """Heads alone."""
    with world.database.session() as session:
        assert write_book(everything(session, world.application.settings, Span(), world.clock()), tmp_path / "e.xlsx") > 0


def test_a_cell_holds_no_more_than_a_cell_can(tmp_path: Path) -> None:
    """32,768 characters are cut with a sign that says so; control characters are left out."""
    path = tmp_path / "c.xlsx"
    write((("a", "b"), [("x" * 32_768, "a\x00b\x07")]), path)
    sheet = load_workbook(path).worksheets[0]
    assert len(str(sheet.cell(2, 1).value)) == 32_767
    assert str(sheet.cell(2, 1).value).endswith("too long for a cell)")
    assert sheet.cell(2, 2).value == "ab"
