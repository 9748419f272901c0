"""What `check` finds out: the database is there, and everybody whom app.yaml names."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.__main__ import main
from bot.app import _warn
from bot.domain.engagements.customers import Customer
from bot.domain.people import people
from bot.domain.people.people import Role
from bot.process.census import look
from bot.schema import head
from bot.settings import Settings, parse
from tests.conftest import World
from tests.places import COMPANY


def settings_with(more: str) -> Settings:
    """The tests' company, which names nobody, and `more`; of its pledges, those in `more`."""
    text = COMPANY.read_text(encoding="utf-8")
    if more.startswith("pledges:"):
        text = re.sub(r"(?m)^pledges:\n(  .*\n)+", "", text)
    return parse(text + more)


def give(world: World, first_name: str, *roles: Role, **columns: object) -> None:
    """Give somebody roles."""
    with world.database.session() as session:
        person = people.get(session, world.ids[first_name])
        person.roles = [role.value for role in roles]
        for name, value in columns.items():
            setattr(person, name, value)


def test_it_counts(world: World) -> None:
    """People, executives, the office, administrators, customers, and how old the schema is."""
    give(world, "emil", Role.ADMIN)
    found = look(world.database, settings_with(""))
    assert "6 people, 3 executives, 1 in the CX office, 1 administrator and 4 customers" in found.counted
    assert head() in found.counted
    assert found.wrong == ()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "pledges: {people: {adda@firm.example: {visits: 1, calls: 1}}}",
            "nobody has the email adda@firm.example. Did you mean ada@",
        ),
        ("pledges: {people: {ada@frim.example: {visits: 1, calls: 1}}}", "Did you mean ada@firm.example?"),
        ("pledges: {people: {ada@other.example: {visits: 1, calls: 1}}}", "Did you mean ada@firm.example?"),
        ("pledges: {people: {emil@firm.example: {visits: 1, calls: 1}}}", "emil@firm.example is no executive"),
        ("pledges: {people: {bruno@firm.example: {visits: 1, calls: 1}}}", "bruno@firm.example has left"),
        (
            "reports: {letter_to: [aada@firm.example]}",
            "reports.letter_to: nobody has the email aada@firm.example. Did you mean ada@",
        ),
        ("reports: {letter_to: [zzz@elsewhere.example]}", "nobody has the email zzz@elsewhere.example. Until"),
        ("reports: {letter_to: [bruno@firm.example]}", "may not read the monthly letter"),
    ],
)
def test_a_mistyped_email_is_told_with_the_one_meant(world: World, more: str, told: str) -> None:
    """Wherever app.yaml names a person."""
    give(world, "emil", Role.ADMIN)
    give(world, "bruno", Role.EXECUTIVE, active=False)
    (wrong,) = look(world.database, settings_with(f"{more}\n")).wrong
    assert told in wrong


def test_an_office_without_anybody_is_told(world: World) -> None:
    """With how somebody comes into it. One who left counts for nothing."""
    give(world, "cleo", Role.CX_OFFICE, active=False)
    wrong = look(world.database, settings_with("")).wrong
    assert [one.split(".")[0] for one in wrong] == ["Nobody is in the CX office", "Nobody is an administrator"]
    assert all("outside-in import people" in one for one in wrong)


def test_keys_and_channels_that_lead_nowhere_are_shown(world: World) -> None:
    """A customer's segment that app.yaml doesn't have, and a channel on a platform that is off."""
    give(world, "emil", Role.ADMIN)
    with world.database.session() as session:
        session.add(Customer.named("Zork", segment="fleet"))
    more = "platforms: {teams: {}}\nchannels: {celebrations: {slack: C0123ABCDEF}}\n"
    found = look(world.database, settings_with(more))
    assert found.wrong == ()
    assert any("1 customer with the segment “fleet”" in one and "fleets" in one for one in found.odd)
    assert any("channels.celebrations" in one for one in found.odd)


@pytest.fixture
def command(world: World, migrated: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line on the world's database."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "TEAMS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", migrated)
    return CliRunner()


def company(folder: Path, more: str = "") -> list[str]:
    """The arguments of `check` for the tests' company and `more`."""
    file = folder / "app.yaml"
    file.write_text(COMPANY.read_text(encoding="utf-8") + more, encoding="utf-8")
    return ["check", "--config", str(file), "--data", str(folder / "data")]


def test_check_says_what_is_missing_in_the_database(command: CliRunner, world: World, tmp_path: Path) -> None:
    """Exit code 1, and never “nothing is missing”; 0 once all is there."""
    said = command.invoke(main, company(tmp_path))
    assert said.exit_code == 1
    assert "Nobody is an administrator" in " ".join(said.output.split())
    assert "nothing is missing" not in said.output
    give(world, "emil", Role.ADMIN)
    said = command.invoke(main, company(tmp_path))
    assert (said.exit_code, "nothing is missing" in " ".join(said.output.split())) == (0, True), said.output


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://u:secret@h/d", "must start with postgresql://"),
        ("sqlite:///x.db", "must start with postgresql://"),
        ("postgresql:/u:secret@h/d", "must start with postgresql://"),
        ("postgres//u:secret@h/d", "must start with postgresql://"),
        ("postgresql://u:secret@h:port/d", "can't be read"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "does not answer"),
        ("postgresql://nobody:secret@nowhere.invalid/none", "does not answer"),
    ],
)
def test_a_database_that_cannot_be_is_told(
    command: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, told: str
) -> None:
    """In words, without the password, and without a traceback."""
    monkeypatch.setenv("DATABASE_URL", url)
    said = command.invoke(main, company(tmp_path))
    output = " ".join(said.output.split())
    assert said.exit_code == 1
    assert told in output
    assert "secret" not in output
    assert "Traceback" not in output
    assert said.exception is None or isinstance(said.exception, SystemExit)


def test_check_makes_no_database(command: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is none yet it says so, and leaves the folder alone."""
    monkeypatch.delenv("DATABASE_URL")
    said = command.invoke(main, company(tmp_path))
    assert said.exit_code == 0, said.output
    assert "There is no database yet" in said.output
    assert not (tmp_path / "data").exists()


def test_a_start_says_the_same_in_the_log(world: World) -> None:
    """A line for each."""
    with capture_logs() as logs:
        _warn(world.application)
    assert any("Nobody is an administrator" in str(one.get("what")) for one in logs)
    assert any("6 people" in str(one.get("counted")) for one in logs)
