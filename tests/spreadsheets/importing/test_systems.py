"""Exports of other systems, by their own column names."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.spreadsheets.importing import (
    ALIASES,
    CUSTOMER_ALIASES,
    CUSTOMER_COLUMNS,
    PEOPLE_COLUMNS,
    Imported,
    ImportProblems,
    foreign,
    import_customers,
    import_people,
    is_person,
    known,
    read_sheet,
    rows_of,
)
from tests.spreadsheets.importing.conftest import Files

ENTRA = (
    "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation,"
    "streetAddress,state,country,physicalDeliveryOfficeName,city,postalCode,telephoneNumber,mobile,authenticationPhoneNumber,"
    "authenticationAlternativePhoneNumber,authenticationEmail,alternateEmailAddress,ageGroup,consentProvidedForMinor,"
    "legalAgeGroupClassification\n"
    "ada@firm.onmicrosoft.example,Ada Lovell,Lovell,ada@firm.example,Ada,11-aa,Member,COO,Board,True,DE,,,,,,,,,,,,private@home.example,,,\n"
    "old@firm.example,Old Tom,Tom,,Old,22-bb,Member,,Board,False,GB,,,Germany,,,,,,,,,,,,\n"
    "gus_home.example#EXT#@firm.example,Gus,G,gus@home.example,Gus,33-cc,Guest,,,True,,,,,,,,,,,,,,,,\n"
)
MICROSOFT_365 = (
    "Block credential,City,Country,Department,DirSyncEnabled,Display name,Fax,First name,Last dirsync time,Last name,"
    "Last password change time stamp,License assignment details,Licenses,Mobile Phone,Oath token metadata,Object Id,Office,"
    "Password never expires,Phone number,Postal code,Preferred data location,Preferred language,Proxy addresses,Release track,"
    "Soft deletion time stamp,State,Street address,Strong password required,Title,Usage location,User principal name,When created\n"
    "False,,,Board,False,Ada Lovell,,Ada,,Lovell,,,E5,,,11-aa,,,,,,de-DE,SMTP:ada@firm.example,,,,,,COO,DE,ada@firm.example,\n"
    "True,,,Board,False,Old Tom,,Old,,Tom,,,,,,22-bb,,,,,,,SMTP:old@firm.example,,,,,,,GB,old@firm.example,\n"
)
SLACK = (
    "username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp\n"
    "ada,ada@firm.example,Primary Owner,1,1,0,U1,Ada Lovell,ada,\n"
    "old,old@firm.example,Deactivated,0,0,0,U2,Old Tom,,\n"
    "gus,gus@home.example,Multi-Channel Guest,1,0,0,U3,Gus,,\n"
    "polly,,Bot,0,0,0,U4,Polly,,\n"
)
WORKDAY = (
    "Employee ID,Legal Name,Work Email,Business Title,Supervisory Organization,Location Country,Manager,Active Status\n"
    "1001,Ada Lovell,ada@firm.example,COO,Board,Germany,,Yes\n"
    "1002,Old Tom,old@firm.example,Clerk,Board,United Kingdom,Ada Lovell,No\n"
)
BAMBOO = (
    "Employee #,First Name,Last Name,Work Email,Home Email,Job Title,Department,Reporting To,Country,Status\n"
    "1,Ada,Lovell,ada@firm.example,private@home.example,COO,Board,,Germany,Active\n"
    '2,Old,Tom,old@firm.example,,Clerk,Board,"Lovell, Ada",United Kingdom,Inactive\n'
)
SALESFORCE = "Account ID,Account Name,Account Owner,Type,Industry,Billing Country\n001,Globex,Ada Lovell,Customer,Energy,US\n"
HUBSPOT = "Record ID,Company name,Company owner,Create Date,City,Country/Region,Industry\n77,Globex,Ada Lovell,2026-01-01,,,\n"


def taken(files: Files, text: str) -> Imported:
    """Import an export of people as it is understood."""
    files.path.write_text(text, encoding="utf-8")
    sheet = read_sheet(files.path, known(PEOPLE_COLUMNS, ALIASES))
    plan = foreign(sheet, PEOPLE_COLUMNS, ("email", "name"))
    assert plan is not None
    with files.database.session() as session:
        return import_people(session, files.settings, rows_of(sheet, plan, is_person), foreign=True)


@pytest.mark.parametrize(
    ("text", "count", "external_id"),
    [(ENTRA, 3, "11-aa"), (MICROSOFT_365, 2, "11-aa"), (SLACK, 3, "U1"), (WORKDAY, 2, "1001"), (BAMBOO, 2, "1")],
    ids=["entra", "microsoft 365", "slack", "workday", "bamboohr"],
)
def test_people_of_another_system(files: Files, text: str, count: int, external_id: str) -> None:
    """Who they are, who has left, who is a guest; nobody's private address, and no role."""
    assert taken(files, text) == Imported(count, 0)
    ada, tom = files.person("ada@firm.example"), files.person("old@firm.example")
    assert (ada.name, ada.external_id, ada.active, ada.guest, ada.roles) == ("Ada Lovell", external_id, True, False, [])
    assert (tom.name, tom.active) == ("Old Tom", False)
    if text != SLACK:
        assert (ada.title, ada.department, ada.country) == ("COO", "Board", "DE")
    if text in (WORKDAY, BAMBOO):
        assert tom.manager is not None
        assert (tom.manager.email, tom.country) == ("ada@firm.example", "GB")
    if text in (ENTRA, SLACK):
        assert files.person("gus@home.example").guest
    assert taken(files, text).unchanged == count


@pytest.mark.parametrize("text", [SALESFORCE, HUBSPOT], ids=["salesforce", "hubspot"])
def test_customers_of_another_system(files: Files, text: str) -> None:
    """Their names and owners; what is no column of ours is left out, and said to be."""
    files.people("email,name\nada@firm.example,Ada Lovell\n")
    files.path.write_text(text, encoding="utf-8")
    sheet = read_sheet(files.path)
    plan = foreign(sheet, CUSTOMER_COLUMNS, ("name",), CUSTOMER_ALIASES)
    assert plan is not None
    assert "Industry" in plan.left_out
    with files.database.session() as session:
        assert import_customers(session, files.settings, rows_of(sheet, plan)) == Imported(1, 0)


def test_what_is_read_from_which_column_is_shown(tmp_path: Path) -> None:
    """With what is left out."""
    path = tmp_path / "e.csv"
    path.write_text(BAMBOO, encoding="utf-8")
    plan = foreign(read_sheet(path), PEOPLE_COLUMNS, ("email", "name"))
    assert plan is not None
    shown = plan.shown()
    assert "email: from “work email”" in shown
    assert "name: from “first name” and “last name”" in shown
    assert "left out: Home Email" in shown


@pytest.mark.parametrize(
    "text", ["email,name\na@b.example,A\n", "name,phone\nA,1\n", "x,y\n1,2\n", "email,name,depatment\na@b.example,A,B\n"]
)
def test_what_is_no_export_of_another_system(tmp_path: Path, text: str) -> None:
    """Our own columns, and what doesn't say who its rows are."""
    path = tmp_path / "e.csv"
    path.write_text(text, encoding="utf-8")
    assert foreign(read_sheet(path), PEOPLE_COLUMNS, ("email", "name")) is None


def test_a_column_that_is_read_and_there_twice(tmp_path: Path) -> None:
    """Is refused; one that isn't read may be."""
    path = tmp_path / "e.csv"
    path.write_text("Work Email,Work Email,Full Name,Phone,Phone\na@b.example,c@d.example,A,1,2\n", encoding="utf-8")
    with pytest.raises(ImportProblems, match="“Work Email” is there 2 times"):
        foreign(read_sheet(path), PEOPLE_COLUMNS, ("email", "name"))


def test_who_has_no_email_is_left_out_and_told(files: Files) -> None:
    """Rooms, services and guests without an address; somebody known by their id stays who they are, and isn't missing."""
    files.people("email,name,external_id\nada@firm.example,Ada,11\n")
    text = (
        "userPrincipalName,mail,displayName,objectId\n"
        "ada_x#EXT#@firm.example,,Ada,11\nroom#EXT#@firm.example,,Room 1,12\n,,,13\nbob@firm.example,,Bob,14\n"
    )
    done = taken(files, text)
    assert (done, done.nobody, done.missing, done.unchanged) == (Imported(1, 0), ("Room 1 (line 3)", "no name (line 4)"), (), 1)
    assert "Left out, for they have no email (2): Room 1 (line 3), no name (line 4)" in done.lines()


def test_another_systems_roles_give_nobody_rights(files: Files) -> None:
    """Also where they are called as ours are: that is said, and which column it was."""
    text = "mail,displayName,roles,jobTitle,Phone\neve@firm.example,Eve,admin,Clerk,1\n"
    files.path.write_text(text, encoding="utf-8")
    plan = foreign(read_sheet(files.path), PEOPLE_COLUMNS, ("email", "name"))
    assert plan is not None
    assert "left out: roles, Phone" in plan.shown()
    assert "roles: taken only from a file in which every column is one of ours" in plan.shown()
    taken(files, text)
    assert files.person("eve@firm.example").roles == []


def test_our_own_columns_with_others_beside_them(files: Files) -> None:
    """Are taken with a yes, and the others said to be left out; a heading that is nearly ours is a mistake instead."""
    assert taken(files, "email,name,Phone,title\na@b.example,A,1,Boss\n") == Imported(1, 0)
    assert files.person("a@b.example").title == "Boss"
    assert "Did you mean “department”?" in files.refused("email,name,depatment\na@b.example,A,B\n")


def test_what_stands_above_and_behind(files: Files) -> None:
    """Workday's title above the headings, and what it writes behind a name."""
    text = (
        "All Active Workers\n\nEmployee ID;Worker;Work Email;Manager;Cost, Centre\n"
        "1;Ada Lovell (On Leave);ada@firm.example;;a,b,c\n2;Bob Bee;bob@firm.example;Ada Lovell (On Leave);a,b,c\n"
    )
    assert taken(files, text) == Imported(2, 0)
    manager = files.person("bob@firm.example").manager
    assert manager is not None
    assert manager.name == "Ada Lovell"
