"""The corpus is in its format, and its answers agree with its lines."""

from collections import Counter
from pathlib import Path

import pytest

from bot.domain.words import locales
from tests.lines.corpus import MYSELF, TODAY, BadLine, Row, half, read, read_all

ROWS = read_all([*half("tuning"), *half("further"), *half("held-out")])


def words(row: Row) -> str:
    """The line as its parts are looked for in it."""
    return row.line.casefold()


def test_the_halves_are_of_equal_make_up() -> None:
    """Two hundred lines each, as many of each language, and no line stands in both."""
    tuning, held_out = read_all(half("tuning")), read_all(half("held-out"))
    assert Counter(row.language for row in tuning) == Counter(row.language for row in held_out)
    assert len(tuning) == len(held_out) == 200
    assert len({row.id for row in ROWS}) == len({words(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_answers_agree_with_the_line(row: Row) -> None:
    """A customer is known or stands in the line; a visit isn't yet to come; people and notes are the line's own words; what is due is to come."""
    assert locales.code(row.locale) == row.locale
    assert row.line == row.line.strip()
    assert row.remark
    if row.new:
        assert row.customer
        assert row.customer not in row.known
        assert row.customer in row.line
    else:
        assert row.customer in {*row.known, ""}
    assert row.day is None or row.day <= TODAY
    assert all(part.casefold() in words(row) for part in (*row.contacts, *row.note))
    for promise in row.promises:
        assert promise.owner == MYSELF or promise.owner in row.line
        assert all(word.casefold() in words(row) for word in promise.what.split())
        assert promise.due is None or promise.due > TODAY


def test_where_the_form_must_ask_the_remark_says_why() -> None:
    """An answer is left out on purpose only."""
    reasons = ("must ask", "doesn't fit", "to come")
    left_out = [row for row in ROWS if row.day is None or not row.customer]
    assert len(left_out) > 60
    assert [row.id for row in left_out if not any(reason in row.remark for reason in reasons)] == []


def test_a_file_that_is_not_in_the_format_is_refused_by_its_line(tmp_path: Path) -> None:
    """Too few cells, and a day that is none, are named with file and line."""
    good = "1\ten-GB\tAcme\tAcme yesterday\tAcme\tno\t2026-11-24\t\t\t\t"
    for number, bad in enumerate((good.replace("2026-11-24", "yesterday"), "2\ten-GB\tAcme", good.replace("\tno\t", "\tmaybe\t"))):
        path = tmp_path / f"{number}.tsv"
        path.write_text(f"{good}\n{bad}\n", encoding="utf-8")
        with pytest.raises(BadLine, match=rf"{number}\.tsv, line 2"):
            read(path)
