"""Files as spreadsheets in any country save them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.spreadsheets.importing import CUSTOMER_COLUMNS, PEOPLE_COLUMNS, ImportProblems, Rows, read_rows

ADA = {"email": "ada@firm.example", "name": "Ada", "title": "COO"}


def read(path: Path, content: str | bytes) -> Rows:
    """The rows of a file of people."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_rows(path, PEOPLE_COLUMNS, "email")


@pytest.mark.parametrize(
    "content",
    [
        "email,name,title\nada@firm.example,Ada,COO\n",
        "\ufeffemail;name;title\r\nada@firm.example;Ada;COO\r\n",
        "email\tname\ttitle\rada@firm.example\tAda\tCOO\r",
        "email|name|title\nada@firm.example|Ada|COO",
        "sep=;\r\nemail;name;title\r\nada@firm.example;Ada;COO\r\n",
        '\ufeff"sep=;"\r\nemail;name;title\r\nada@firm.example;Ada;COO\r\n',
        "SEP=,\nemail,name,title\nada@firm.example,Ada,COO\n",
        "email,name,title,,,\nada@firm.example,Ada,COO,,,\n,,,,,\n",
        "email,name,title,,,\nada@firm.example,Ada,COO\n",
        "email,name,,title\nada@firm.example,Ada,,COO\n",
        "email,name,title\nada@firm.example,Ada,COO,,,,\n",
        '"Email "," NAME","Title\n"\n"ada@firm.example","Ada","COO"\n',
        "\n\nemail,name,title\n\nada@firm.example,Ada,COO\n",
        "E-mail,Name,Title\nada@firm.example,Ada,COO\n",
        "All staff\n28 November 2026\n\nemail,name,title\nada@firm.example,Ada,COO\n",
        "\0email,na\0me,title\nada@firm.example,A\0da,COO\n",
        "email\u200b,na\u00adme,title\nada@firm.example,Ada,COO\n",
        "email\tname\ttitle\r\nada@firm.example\tAda\tCOO\r\n".encode("utf-16"),
        "\ufeffemail\tname\ttitle\r\nada@firm.example\tAda\tCOO\r\n".encode("utf-16-be"),
    ],
)
def test_what_a_spreadsheet_saves_is_understood(tmp_path: Path, content: str | bytes) -> None:
    """Separators, marks of the encoding, `sep=`, columns and rows with nothing in them."""
    assert [row for _, row in read(tmp_path / "p.csv", content)] == [ADA]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_a_line_end_ends_a_row(tmp_path: Path, sign: str) -> None:
    """What Python also takes for one is part of the text."""
    rows = read(tmp_path / "p.csv", f"email,name,title\nada@firm.example,Ada,a{sign}b\nb@firm.example,B,\n")
    assert [line for line, _ in rows] == [2, 3]
    assert rows[0][1]["title"].startswith("a")
    assert rows[0][1]["title"].endswith("b")


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    """A row is told by the line it begins on, behind line ends in quotes, empty lines and `sep=`."""
    rows = read(tmp_path / "p.csv", 'sep=,\nemail,name\na@b.example,"A\nB"\n\nc@b.example,C\n')
    assert [line for line, _ in rows] == [3, 6]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("email,name,title,roles\na@b.example,A\n", "Line 2: the row ends early; it has no title, roles"),
        ("email,name\na@b.example\n", "Line 2: the row ends early; it has no name"),
        ("email,name,email\na@b.example,A,private@b.example\n", "the column “email” is there 2 times"),
        ("email,Prompts Paused,prompts_paused\na@b.example,,\n", "is there 2 times"),
        ("email,name,,title\na@b.example,A,x,T\n", "Line 2: “x” is in column 3, which has no name"),
        ("email,name\na@b.example,A,,x\n", "Line 2: more values than columns"),
        ("email,name\n", "has a line of column names and no rows"),
        ("email,name\n,\n\n", "no rows"),
        ("email,naem\na@b.example,A\n", "unknown column “naem”. Did you mean “name”?"),
        ("email,name\na@b.example,Zo\ufffd\n", "Line 2: a sign was lost"),
        ("email,name\na@b.example,Zoë\n".encode("latin-1"), "not UTF-8 text. Save it as “CSV UTF-8”"),
        ("email,name\na@b.example,Ada\n".encode("utf-16-le"), "UTF-16"),
        ('email,name\na@b.example,"A\nb@b.example,B\n', 'Line 2: a quote (") is not closed'),
        ('email,name\n\na@b.example,"A\nb@b.example,B\nc@b.example,"C"\n', 'Line 3: a quote (") is not closed'),
        ("email,E-mail,name\na@b.example,private@b.example,A\n", "the column “E-mail” is there 2 times"),
        ("email,E\u2011MAIL ,name\na@b.example,private@b.example,A\n", "is there 2 times"),
        (f"email,name\na@b.example,{'x' * 200_000}\n", "Line 2: a cell has more than 131,072 characters"),
        ("x" * 200_000, "Line 1: a cell has more than 131,072 characters"),
        ("", "p.csv is empty. Its first line must name the columns"),
        ("\ufeff", "p.csv is empty"),
        ("\r\n,,\r\n", "p.csv is empty"),
        ("a,b\nx,y,z\nemail,name\na@b.example,A\n", "more values than columns"),
        (b"PK\x03\x04rest", "is a workbook"),
        ("\xff\xfex".encode("latin-1"), "not UTF-8 text"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """With its line and what to do."""
    with pytest.raises(ImportProblems) as raised:
        read(tmp_path / "p.csv", content)
    assert problem in str(raised.value)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """So that nobody mends them one by one."""
    with pytest.raises(ImportProblems) as raised:
        read(tmp_path / "p.csv", "email,name,title\na@b.example\nb@b.example,B,T\nc@b.example,C\n")
    assert [one.partition(":")[0] for one in raised.value.problems] == ["Line 2", "Line 4"]


def test_columns_of_our_own_exports_are_passed_over(tmp_path: Path) -> None:
    """They are for reading."""
    path = tmp_path / "c.csv"
    path.write_text("id,name,last seen\n1,Globex,2026-01-01\n", encoding="utf-8")
    assert read_rows(path, CUSTOMER_COLUMNS, "name") == [(2, {"name": "Globex"})]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet='email,nam;\t|"\n\r=-@x \ufeff\u2028', max_size=60).map(str.encode)))
def test_any_file_is_rows_or_problems(tmp_path: Path, content: bytes) -> None:
    """And never an error of another kind; a file that is taken has a value in every row."""
    for start in (b"", b"email,name\n", b"sep=;\nemail;name\n", b"\xff\xfe"):
        (tmp_path / "f.csv").write_bytes(start + content)
        try:
            rows = read_rows(tmp_path / "f.csv", PEOPLE_COLUMNS, "email")
        except ImportProblems:
            continue
        assert all(any(row.values()) for _, row in rows)
