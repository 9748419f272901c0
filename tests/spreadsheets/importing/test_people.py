"""Who is who, and stays who they are."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.domain.people.people import Person
from bot.domain.people.tenures import Tenure
from bot.spreadsheets.exporting import TABLES, Dialect, Span, write
from bot.spreadsheets.importing import Imported, ImportProblems, Leavers
from tests.spreadsheets.importing.conftest import Files

FIRM = (
    "email,name,title,department,roles,manager,delegates,country\n"
    "ceo@firm.example,Cara,CEO,Board,executive,,dee@firm.example,GB\n"
    "dee@firm.example,Dee,Aide,Board,delegate,ceo@firm.example,,GB\n"
    "cx@firm.example,Cleo,Head,Service,cx_office admin,ceo@firm.example,,GB\n"
)


def test_an_empty_cell_leaves_and_a_dash_clears(files: Files) -> None:
    """The same in every column."""
    files.people(FIRM)
    assert files.people("email,name,title,department,roles,manager,delegates,country\nceo@firm.example,,,,,,,\n").unchanged == 1
    cara = files.person("ceo@firm.example")
    assert (cara.title, cara.department, cara.roles, cara.country) == ("CEO", "Board", ["executive"], "GB")
    assert [one.name for one in cara.delegates] == ["Dee"]
    files.people("email,title,department,roles,delegates,country\nceo@firm.example,-,-,-,-,-\n")
    cara = files.person("ceo@firm.example")
    assert (cara.title, cara.department, cara.roles, cara.country, cara.delegates) == ("", "", [], "", [])
    files.people("email,manager\ndee@firm.example,-\ncx@firm.example,\n")
    assert files.person("dee@firm.example").manager is None
    assert files.person("cx@firm.example").manager is not None
    assert "needs a name" in files.refused("email,name\nceo@firm.example,-\n")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a@b.example,A\nA@B.example,B\n", "Line 3: a@b.example is in line 2 already"),
        ("a@b.example,A\nmailto:a@b.example,B\n", "Line 3: a@b.example is in line 2 already"),
        ("a@b.example,A\na@\u200bb.example,B\n", "Line 3: a@b.example is in line 2 already"),
        ("zo\u00eb@b.example,A\nzoe\u0308@b.example,B\n", "is in line 2 already"),
        ("a@b.example,A\na\u00ad@b.example,B\n", "is in line 2 already"),
        ("a@b.example,A\na＠b.example,B\n", "is in line 2 already"),
        ("a@b.example;,A\n", "is not an email address"),
        ("<a@b.example>,A\n", "is not an email address"),
        ("-,A\n", "is not an email address"),
        ("a@b.example,\u200b\n", "Line 2"),
    ],
)
def test_two_lines_for_one_person_are_refused(files: Files, rows: str, problem: str) -> None:
    """Also where they only look the same."""
    assert problem in files.refused(f"email,name\n{rows}")


def test_an_identical_file_changes_nothing(files: Files) -> None:
    """And what does change is told by name and column."""
    done = files.people(FIRM)
    assert (done, done.new) == (Imported(3, 0), ("Cara", "Dee", "Cleo"))
    again = files.people(FIRM)
    assert (again, again.unchanged, again.changed) == (Imported(0, 0), 3, ())
    changed = files.people("email,name,title,roles\ncx@firm.example,,Boss,cx_office admin\nnew@firm.example,Ned,,\n")
    assert changed == Imported(1, 1)
    assert changed.changed == (("Cleo (cx@firm.example)", ("title “Head” → “Boss”",)),)
    assert changed.missing == ("Cara", "Dee")
    assert any("--deactivate-missing" in one for one in changed.lines())


def test_a_new_email_is_still_the_same_person(files: Files) -> None:
    """By the former one, or by an id of another system's; app.yaml and twins are watched."""
    files.people(FIRM)
    key = files.person("dee@firm.example").key
    done = files.people("email,former_email\ndee.doe@firm.example,dee@firm.example\n")
    assert done.changed == (("Dee (dee.doe@firm.example)", ("email “dee@firm.example” → “dee.doe@firm.example”",)),)
    assert files.person("dee.doe@firm.example").key == key
    assert files.people("email,former_email\ndee.doe@firm.example,dee@firm.example\n").unchanged == 1
    files.people("email,external_id\ndee.doe@firm.example,E17\n")
    files.people("email,external_id\ndee.smith@firm.example,E17\n")
    assert files.person("dee.smith@firm.example").key == key
    assert "belong to two people" in files.refused("email,external_id\nceo@firm.example,E17\n")
    assert "has the external id “E17” already" in files.refused("email,external_id\ndee.smith@firm.example,E18\n")
    assert "Nobody has the former email" in files.refused("email,name,former_email\nx@firm.example,X,gone@firm.example\n")
    assert "belong to two people" in files.refused("email,former_email\nceo@firm.example,cx@firm.example\n")
    assert "already" in files.refused("email,name,external_id\nx@firm.example,X,E20\ny@firm.example,Y,E20\n")


def test_emails_that_move_on_from_one_to_the_next(files: Files) -> None:
    """Each frees the next; two that would be swapped are refused."""
    files.people("email,name,external_id\na@f.example,A,1\nb@f.example,B,2\n")
    files.people("email,external_id\nb@f.example,1\nc@f.example,2\n")
    assert (files.person("b@f.example").name, files.person("c@f.example").name) == ("A", "B")
    assert "would swap their emails" in files.refused("email,external_id\nc@f.example,1\nb@f.example,2\n")


@pytest.mark.parametrize(
    "row", ["cx@firm.example,-,yes,no", "cx@firm.example,executive,,", "cx@firm.example,,no,", "cx@firm.example,-,,yes"]
)
def test_the_last_of_the_office_and_administrators_stays(files: Files, row: str) -> None:
    """Whichever way they would go; once there is another they may."""
    files.people(FIRM)
    assert "Nobody would be administrator or the CX office any more" in files.refused(f"email,roles,active,guest\n{row}\n")
    files.people("email,name,roles\nnew@firm.example,New,admin cx_office\n")
    assert files.people(f"email,roles,active,guest\n{row}\n").updated == 1


def test_leavers_are_marked_only_when_asked_and_only_a_few(files: Files) -> None:
    """A file of one department takes nobody else away."""
    files.people(FIRM)
    files.people("email,name\n" + "".join(f"p{number}@firm.example,P{number}\n" for number in range(10)))
    few = FIRM + "".join(f"p{number}@firm.example,P{number},,,,,,\n" for number in range(8))
    with pytest.raises(ImportProblems, match="10 people aren't in this file, and no more than 3"):
        files.people(FIRM, Leavers(deactivate=True))
    done = files.people(few, Leavers(deactivate=True))
    assert (done.left, done.missing) == (("P8", "P9"), ())
    assert not files.person("p9@firm.example").active
    assert files.people(FIRM, Leavers(deactivate=True, limit=8)).left == tuple(f"P{number}" for number in range(8))
    with pytest.raises(ImportProblems, match="Nobody would be"):
        files.people("email,name\nceo@firm.example,\ndee@firm.example,\n", Leavers(deactivate=True))


def test_a_leaver_leaves_their_department_that_day(files: Files) -> None:
    """What follows from leaving, follows."""
    files.people(FIRM)
    files.people("email,active\ndee@firm.example,no\n")
    with files.database.session() as session:
        spans = session.exec(select(Tenure).join(Person).where(Person.email == "dee@firm.example")).all()
    assert [one.until.isoformat() for one in spans] == ["2026-11-26"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            "a@b.example,A,c@b.example\nb@b.example,B,a@b.example\nc@b.example,C,b@b.example\n",
            "Managers go round in a circle: a@b.example",
        ),
        ("ceo@firm.example,,cx@firm.example\n", "ceo@firm.example → cx@firm.example → ceo@firm.example"),
        ("a@b.example,A,Cara\nz@b.example,Cara,\n", "could be ceo@firm.example or z@b.example"),
    ],
)
def test_managers_make_a_tree(files: Files, rows: str, problem: str) -> None:
    """Within a file, and with whom it finds there."""
    files.people(FIRM)
    assert problem in files.refused(f"email,name,manager\n{rows}")


def test_a_manager_by_name(files: Files) -> None:
    """Where nobody else has it."""
    files.people(FIRM)
    files.people("email,name,manager\nn@firm.example,Ned,cleo\n")
    manager = files.person("n@firm.example").manager
    assert manager is not None
    assert manager.email == "cx@firm.example"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("ceo@firm.example,,cx@firm.example,,", "cx@firm.example doesn't have the role delegate"),
        ("g@firm.example,G,,delegate,yes", "g@firm.example is a guest and has the role delegate"),
        ("g@firm.example,G,,executive,yes", "is a guest and has the role executive"),
    ],
)
def test_who_may_not_be_a_delegate(files: Files, row: str, problem: str) -> None:
    """Nobody without the role, and no guest has one."""
    files.people(FIRM)
    assert problem in files.refused(f"email,name,delegates,roles,guest\n{row}\n")


def test_an_import_takes_few_statements_however_many_people(files: Files) -> None:
    """As many for 300 as for 30, give or take a few for the size of a statement."""

    def counted(people: int, title: str) -> int:
        said: list[str] = []

        def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        lines = "".join(f"p{n}@f.example,P{n},{title},D{n % 3},{'delegate' if n else 'executive'}\n" for n in range(people))
        sa.event.listen(files.database.engine, "before_cursor_execute", note)
        files.people("email,name,title,department,roles\n" + lines)
        sa.event.remove(files.database.engine, "before_cursor_execute", note)
        return len(said)

    assert counted(30, "A") < 20
    assert counted(300, "B") < 20
    assert counted(300, "C") < 20


def test_what_was_exported_can_be_imported_again(files: Files) -> None:
    """And changes nothing, whatever people are called."""
    files.people(FIRM + '"x@firm.example","=1+1; ＝x","@it","a;-b",,,,DE\n')
    path = files.path.with_name("people.csv")
    for form in (Dialect(), Dialect(";", ","), Dialect("\t")):
        with files.database.session() as session:
            assert write(TABLES["people"](session, Span()), path, form=form) == 4
        done = files.people(path.read_text(encoding="utf-8-sig"))
        assert (done, done.unchanged, done.missing) == (Imported(0, 0), 4, ())
