"""Customers that stay who they are."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.errors import Refusal
from bot.spreadsheets.exporting import TABLES, Span, write
from bot.spreadsheets.importing import Imported
from tests.spreadsheets.importing.conftest import Files

BOOK = "name,aliases,segment,tier,owner,contacts\nGlobex,GX; Glob,Fleets,key,Ada,Jane; Tom\nInitech,,,,,\n"


@pytest.fixture
def book(files: Files) -> Files:
    """A company with an owner and two customers."""
    files.people("email,name\nada@firm.example,Ada\n")
    files.customers(BOOK)
    return files


def test_an_empty_cell_leaves_and_a_dash_clears(book: Files) -> None:
    """The same in every column; the segment and owner may be named."""
    assert book.customers("name,aliases,segment,tier,owner\nGlobex,,,,\n").unchanged == 1
    assert book.customers(BOOK).unchanged == 2
    done = book.customers("name,aliases,segment,tier,owner\nGlobex,-,-,-,-\n")
    assert done.changed[0][0] == "Globex"
    assert done.missing == ("Initech",)
    with book.database.session() as session:
        one = customers.named(session, "globex")
        assert one is not None
        assert (one.aliases, one.segment, one.tier, one.owner_id, len(one.contacts)) == ([], "", "standard", None, 2)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Acme,\nACME,\n", "Line 3: “Acme” is in line 2 already"),
        ("Caf\u00e9,\nCafe\u0301,\n", "is in line 2 already"),
        ("Acme,\nAc\u00adme\u200b,\n", "is in line 2 already"),
        ("O’Neil,\nO'Neil,\n", "is in line 2 already"),
        ("A–B,\nA-B,\n", "is in line 2 already"),
        ("gx,\n", "“gx” is another name of Globex"),
        ("\u200b,\n", "A customer's name has 1 to 200 characters"),
        ("New,Old\n", "No customer has the former name “Old”"),
        ("Globex,Initech\n", "are both known"),
    ],
)
def test_twins_are_refused(book: Files, rows: str, problem: str) -> None:
    """By line, also where they only look the same."""
    assert problem in book.refused(f"name,former_name\n{rows}", book.customers)


def test_a_new_name_is_still_the_same_customer(book: Files) -> None:
    """By the former one."""
    with book.database.session() as session:
        key = session.exec(select(Customer.id).where(Customer.name == "Globex")).one()
    assert book.customers("name,former_name\nGlobex International,Globex\n") == Imported(0, 1)
    assert book.customers("name,former_name\nGlobex International,Globex\n").unchanged == 1
    with book.database.session() as session:
        found = customers.named(session, "globex international")
        assert found is not None
        assert found.id == key


def test_no_twin_is_added_in_passing(book: Files) -> None:
    """From chat either: what looks the same is the same."""
    with book.database.session() as session:
        assert customers.add_unchecked(session, "glo\u00adbex\u200b").name == "Globex"
        assert customers.add_unchecked(session, "Ｇｌｏｂｅｘ").name == "Globex"
        with pytest.raises(Refusal):
            customers.add_unchecked(session, "\u200b")


def test_what_was_exported_can_be_imported_again(book: Files) -> None:
    """And changes nothing, whatever customers are called; one to be checked stays so."""
    book.customers('name,aliases,contacts\n"+Plus; -x","=1","@home; =1"\n')
    with book.database.session() as session:
        customers.add_unchecked(session, "In passing")
    path = book.path.with_name("customers.csv")
    with book.database.session() as session:
        assert write(TABLES["customers"](session, Span()), path) == 4
    done = book.customers(path.read_text(encoding="utf-8-sig"))
    assert (done, done.unchanged, done.missing) == (Imported(0, 0), 4, ())


@pytest.mark.parametrize("rows", ["B,A\nC,B\n", "C,B\nB,A\n", "B,A\nC,B\nA,\n"])
def test_names_that_move_on_from_one_to_the_next(book: Files, rows: str) -> None:
    """In whatever order they stand; a new one may take the first."""
    book.customers("name,segment\nA,Fleets\nB,\n")
    assert book.customers(f"name,former_name\n{rows}").updated == 2
    with book.database.session() as session:
        moved = customers.named(session, "B")
        assert moved is not None
        assert moved.segment == "fleets"
        assert (customers.named(session, "A") is not None) == (rows.endswith("A,\n"))


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Acme,Globex\n", "Line 2: “Globex”, another name of Acme, is Globex's too"),
        ("Acme,gx\n", "is Globex's too"),
        ("Acme,AC\nApex,ac\n", "Line 3: “ac”, another name of Apex, is Acme's too"),
        ("Acme,Apex\nApex,\n", "is Apex's too"),
        ("-,\n", "A customer needs a name"),
        (f"Acme,{'x' * 201}\n", "1 to 200 characters"),
    ],
)
def test_a_name_that_would_be_two_customers(book: Files, rows: str, problem: str) -> None:
    """Is refused: what is logged under it would be anybody's."""
    assert problem in book.refused(f"name,aliases\n{rows}", book.customers)
