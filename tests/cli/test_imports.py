"""People and customers from CSV files: all of a file or nothing."""

from pathlib import Path

import pytest

from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.people import people
from bot.settings import Settings
from bot.spreadsheets.importing import (
    CUSTOMER_COLUMNS,
    PEOPLE_COLUMNS,
    Imported,
    ImportProblems,
    import_customers,
    import_people,
    read_rows,
)

PEOPLE = """email,name,zone,roles,delegates,working_days,works_from
Ada@Firm.example,Ada Lovell,Europe/London,executive,dele@firm.example,,08:30
dele@firm.example,"Okoro, Dele",,delegate,,sun mon,
"""


def take_people(database: Database, settings: Settings, text: str, path: Path) -> Imported:
    """Import a text as a file of people."""
    path.write_text(text, encoding="utf-8")
    with database.session() as session:
        return import_people(session, settings, read_rows(path, PEOPLE_COLUMNS, "email"))


def test_people_are_added_then_updated(database: Database, settings: Settings, tmp_path: Path) -> None:
    """The email is the key, whatever its case; a column left out leaves what is known."""
    assert take_people(database, settings, PEOPLE, tmp_path / "p.csv") == Imported(2, 0)
    assert take_people(database, settings, "email,title\nada@firm.example,COO\n", tmp_path / "p.csv") == Imported(0, 1)
    with database.session() as session:
        ada = people.by_email(session, "ADA@firm.example")
        assert ada is not None
        assert (ada.title, ada.roles, str(ada.works_from)) == ("COO", ["executive"], "08:30:00")
        assert [one.name for one in ada.delegates] == ["Okoro, Dele"]
        assert ada.delegates[0].zone == settings.company.zone


def test_semicolons_and_a_byte_order_mark(database: Database, settings: Settings, tmp_path: Path) -> None:
    """As a spreadsheet in German saves it."""
    text = "\ufeffemail;name;roles\r\nzoë@firm.example;Zoë Müller;executive, employee\r\n"
    assert take_people(database, settings, text, tmp_path / "p.csv") == Imported(1, 0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("email,name\nnobody,X\n", "Line 2: “nobody” is not an email address"),
        ("email,name\na@b.example,\n", "Line 2: a@b.example has no name"),
        ("email,name,zone\ng@b.example,G,UTC\na@b.example,A,Mars\n", "Line 3: “Mars” is not a time zone"),
        ("email,name,roles\na@b.example,A,boss\n", "“boss” is not a role"),
        ("email,name,working_days\na@b.example,A,mo\n", "“mo” is no day of the week"),
        ("email,name,works_from\na@b.example,A,9\n", "“9” in works_from is no time"),
        ("email,name,active\na@b.example,A,maybe\n", "neither yes nor no"),
        ("email,name,manager\na@b.example,A,x@b.example\n", "the manager x@b.example is nobody known"),
        ("email,name\na@b.example,A,B\n", "Line 2: more values than columns"),
        ("mail,name\na@b.example,A\n", "unknown column “mail”"),
        ("name\nA\n", "there is no column “email”"),
        ("", "is empty"),
    ],
)
def test_mistakes_are_named_with_their_line_and_nothing_is_taken(
    database: Database, settings: Settings, tmp_path: Path, text: str, problem: str
) -> None:
    """Every mistake with its line; the good rows of a bad file aren't taken either."""
    with pytest.raises(ImportProblems, match=problem.replace("(", r"\(")):
        take_people(database, settings, text, tmp_path / "p.csv")
    with database.session() as session:
        assert people.zones(session) == []


def test_not_text(tmp_path: Path) -> None:
    """A spreadsheet itself is refused in words."""
    (tmp_path / "p.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(ImportProblems, match="CSV UTF-8"):
        read_rows(tmp_path / "p.xlsx", PEOPLE_COLUMNS, "email")


def test_customers_with_owner_segment_and_contacts(database: Database, settings: Settings, tmp_path: Path) -> None:
    """The name is the key, whatever its case and spacing; what is imported counts as checked."""
    take_people(database, settings, PEOPLE, tmp_path / "p.csv")
    with database.session() as session:
        customers.add_unchecked(session, "globex")
    file = tmp_path / "c.csv"
    file.write_text(
        "name,aliases,segment,tier,owner,contacts\nGlobex ,GX;Glob,fleets,key,ada@firm.example,Jane;Tom\n", encoding="utf-8"
    )
    with database.session() as session:
        assert import_customers(session, settings, read_rows(file, CUSTOMER_COLUMNS, "name")) == Imported(0, 1)
    with database.session() as session:
        globex = customers.named(session, "GLOBEX")
        assert globex is not None
        assert globex.owner is not None
        assert (globex.unchecked, globex.tier, globex.owner.name, globex.aliases) == (False, "key", "Ada Lovell", ["GX", "Glob"])
        assert sorted(one.name for one in globex.contacts) == ["Jane", "Tom"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [("G,nope,,", "“nope” is no segment"), ("G,,gold,", "“gold” is no tier"), ("G,,,x@y.example", "the owner x@y.example")],
)
def test_customers_mistakes(database: Database, settings: Settings, tmp_path: Path, row: str, problem: str) -> None:
    """What app.yaml or the list of people doesn't know is named."""
    file = tmp_path / "c.csv"
    file.write_text(f"name,segment,tier,owner\n{row}\n", encoding="utf-8")
    with pytest.raises(ImportProblems, match=problem), database.session() as session:
        import_customers(session, settings, read_rows(file, CUSTOMER_COLUMNS, "name"))


def test_a_picture_is_a_web_address(database: Database, settings: Settings, tmp_path: Path) -> None:
    """The face beside an update's words; anything but https is told with its line."""
    picture = "https://pictures.firm.example/ada.png"
    assert take_people(database, settings, f"email,name,picture\nada@firm.example,Ada,{picture}\n", tmp_path / "p.csv") == Imported(
        1, 0
    )
    with database.session() as session:
        ada = people.by_email(session, "ada@firm.example")
        assert ada is not None
        assert ada.picture == picture
    with pytest.raises(ImportProblems, match="web address of a picture"):
        take_people(database, settings, "email,name,picture\nada@firm.example,Ada,javascript:alert(1)\n", tmp_path / "p.csv")
