"""Text made fit to be stored, wherever it comes from."""

from pathlib import Path

import pytest

from bot.domain.people.people import Person
from bot.domain.words.typed_text import plain
from bot.spreadsheets.importing import PEOPLE_COLUMNS, ImportProblems, read_rows


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31m\x07\x7f", "ab[31m"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ud800", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("שלום \u00a0“x” 👩‍🚒", "שלום \u00a0“x” 👩‍🚒"),
        ("", ""),
    ],
)
def test_only_what_cannot_be_stored_or_seen_goes(typed: str, kept: str) -> None:
    """Control characters go, halves of pairs are marked, and everything people write stays."""
    assert plain(typed) == kept


def test_a_name_is_one_line() -> None:
    """A line end in a name would break a heading or a mention in two."""
    assert Person.known("a@b.example", " Ada\n\x00Lovell ", "Europe/London").name == "Ada Lovell"


def test_a_csv_file_may_hold_any_character(tmp_path: Path) -> None:
    """U+0000 in a value is left out."""
    file = tmp_path / "p.csv"
    file.write_text("email,name\na@b.example,Ada\x00 L\n", encoding="utf-8")
    assert [row["name"] for _, row in read_rows(file, PEOPLE_COLUMNS, "email")] == ["Ada L"]


def test_a_quote_never_closed_is_named(tmp_path: Path) -> None:
    """The csv module takes fields of up to 131,072 characters: the rest of a long file behind a quote is more."""
    file = tmp_path / "p.csv"
    file.write_text('email,name\na@b.example,"Ada\n' + "x@y.example,Tom\n" * 10_000, encoding="utf-8")
    with pytest.raises(ImportProblems, match="never closed"):
        read_rows(file, PEOPLE_COLUMNS, "email")
