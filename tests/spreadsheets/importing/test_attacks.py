"""Files of people as they are, with what goes wrong in them."""

from __future__ import annotations

import pytest

from bot.spreadsheets.importing import Imported, ImportProblems, Leavers
from tests.spreadsheets.importing.conftest import Files

FIRM = (
    "email,name,title,roles,manager,delegates\n"
    "ceo@firm.example,Cara,CEO,executive,,dee@firm.example\n"
    "dee@firm.example,Dee,Aide,delegate,ceo@firm.example,\n"
    "cx@firm.example,Cleo,Head,cx_office admin,ceo@firm.example,\n"
)


@pytest.mark.parametrize("row", ["dee@firm.example,-,,", "dee@firm.example,,no,", "dee@firm.example,-,,yes"])
def test_a_delegation_ends_with_the_role(files: Files, row: str) -> None:
    """Lost, left or a guest: it is told, and doesn't come back by itself."""
    files.people(FIRM)
    done = files.people(f"email,roles,active,guest\n{row}\n")
    assert ("Cara (ceo@firm.example)", ("delegates dee@firm.example → nothing",)) in done.changed
    assert files.person("ceo@firm.example").delegates == []
    files.people("email,roles,active,guest\ndee@firm.example,delegate,yes,no\n")
    assert files.person("ceo@firm.example").delegates == []


def test_a_delegation_ends_with_who_is_missing(files: Files) -> None:
    """Also when it is the file's silence that says so."""
    files.people(FIRM)
    rest = "email,name\nceo@firm.example,\ncx@firm.example,\n"
    assert files.people(rest, Leavers(deactivate=True)).left == ("Dee",)
    assert files.person("ceo@firm.example").delegates == []


def test_a_manager_by_the_email_before(files: Files) -> None:
    """In the file that changes it."""
    files.people(FIRM)
    files.people("email,former_email,manager\ncara@firm.example,ceo@firm.example,\ndee@firm.example,,ceo@firm.example\n")
    manager = files.person("dee@firm.example").manager
    assert manager is not None
    assert manager.email == "cara@firm.example"


def test_managers_go_round_through_who_is_not_in_the_file(files: Files) -> None:
    """Three of them, one only in the database."""
    files.people(FIRM + "low@firm.example,Lou,,,cx@firm.example,\n")
    assert "go round in a circle" in files.refused("email,manager\nceo@firm.example,low@firm.example\n")


@pytest.mark.parametrize("text", ["1.00E+12", "1,23457e+11", "########"])
def test_an_id_that_a_spreadsheet_has_spoilt(files: Files, text: str) -> None:
    """Would be many people's."""
    assert "what a spreadsheet has made of it" in files.refused(f'email,name,external_id\na@b.example,A,"{text}"\n')


def test_an_id_in_another_case_or_spacing_is_the_same(files: Files) -> None:
    """As systems write them."""
    files.people("email,name,external_id\na@f.example,A,11-AB\n")
    files.people("email,external_id\nb@f.example, 11-\u200bab \n")
    assert files.person("b@f.example").name == "A"
    twice = "email,name,external_id\nb@f.example,A,11-ab\nc@f.example,C,11-AB\n"
    assert "is in line 2 already" in files.refused(twice)


@pytest.mark.parametrize("email", ["се\u043e@firm.example", "ce\u03bf@firm.example", "ceo@fir\u043c.example"])
def test_an_address_of_two_alphabets_is_refused(files: Files, email: str) -> None:
    """It would look like somebody else's."""
    files.people(FIRM)
    assert "look alike" in files.refused(f"email,name\n{email},Cara\n")


@pytest.mark.parametrize("email", ["иван@почта.рф", "zoë@firm.example", "用户@firm.example"])
def test_an_address_in_other_letters_is_taken(files: Files, email: str) -> None:
    """Where nothing looks like anything else."""
    assert files.people(f"email,name\n{email},A\n") == Imported(1, 0)


def test_a_row_without_an_email(files: Files) -> None:
    """Says so in a file of our own."""
    assert files.refused("email,name\n,X\n") == "Line 2: There is no email address. Write it like name@company.example."


def test_who_has_left_and_is_in_the_file_is_told(files: Files) -> None:
    """For nothing makes them active but `active`."""
    files.people(FIRM)
    files.people("email,active\ndee@firm.example,no\n")
    again = files.people(FIRM.replace("ceo@firm.example,Cara,CEO,executive,,dee@firm.example", "ceo@firm.example,Cara,CEO,,,"))
    assert again.still_gone == ("Dee",)
    assert any(line.startswith("In this file, and still marked as having left (1): Dee") for line in again.lines())
    assert files.people("email,active\ndee@firm.example,no\n").still_gone == ()
    assert files.people("email,active\ndee@firm.example,yes\n").updated == 1
    assert files.person("dee@firm.example").active


def test_guests_are_not_missing(files: Files) -> None:
    """A list of staff doesn't have them."""
    files.people(FIRM + "gus@home.example,Gus,,,,\n")
    files.people("email,guest\ngus@home.example,yes\n")
    done = files.people(FIRM, Leavers(deactivate=True, limit=0))
    assert (done.left, done.missing) == ((), ())


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("zone", "W. Europe Standard Time", "Europe/Berlin"),
        ("zone", "pacific standard time", "America/Los_Angeles"),
        ("zone", "(GMT+01:00) Central European Standard Time (Europe/Paris)", "Europe/Paris"),
        ("zone", "Europe/Kyiv", "Europe/Kyiv"),
        ("working_days", "Monday-Thursday", "mon tue wed thu"),
        ("working_days", "Sun – Wed, fri", "mon tue wed fri sun"),
        ("active", "FALSCH", False),
        ("active", "Vrai", True),
        ("title", "'=1", "=1"),
    ],
)
def test_what_real_files_say(files: Files, column: str, text: str, meant: object) -> None:
    """Windows' names of zones, days in words, what a German spreadsheet saves for no."""
    files.people(f'email,name,{column}\na@b.example,A,"{text}"\n')
    assert getattr(files.person("a@b.example"), column) == meant


@pytest.mark.parametrize("text", ["Mon-Funday", "mo-fr"])
def test_days_that_are_none(files: Files, text: str) -> None:
    """Are refused."""
    assert "is no day of the week" in files.refused(f"email,name,working_days\na@b.example,A,{text}\n")


def test_of_many_faults_a_hundred_are_told(files: Files) -> None:
    """And how many more."""
    said = files.refused("email,name\n" + "nobody,X\n" * 150).splitlines()
    assert (len(said), said[-1]) == (101, "And 50 more.")


def test_an_email_that_another_gets_at_once(files: Files) -> None:
    """Refused by line rather than given to the wrong one."""
    files.people("email,name,external_id\na@f.example,A,1\n")
    with pytest.raises(ImportProblems, match="Line 3"):
        files.people("email,name,external_id\nb@f.example,A,1\na@f.example,New,2\n")
