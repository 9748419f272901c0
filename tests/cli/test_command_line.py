"""The command line, as a person would use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from bot.spreadsheets.importing import CUSTOMER_COLUMNS, PEOPLE_COLUMNS
from tests.places import ROOT

INGRID = "ingrid.solberg@brightwater.example"


@pytest.fixture
def run(database: object, migrated: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line on the tests' database, which is empty, with the sample company's app.yaml."""
    assert database
    monkeypatch.setenv("DATABASE_URL", migrated)
    monkeypatch.chdir(ROOT)
    return CliRunner()


def test_say_fills_in_saves_and_lists(run: CliRunner) -> None:
    """A typed line, filled in further and saved; then it's in the list."""
    said = run.invoke(
        main,
        [
            "say",
            "--as",
            INGRID,
            "/logvisit Newtown yesterday with their mayor: the river is low",
            "--fill",
            "surprised=They laughed",
        ],
    )
    assert said.exit_code == 0, said.output
    assert "Logged: visit with Newtown" in said.output
    assert "They laughed" in run.invoke(main, ["say", "--as", INGRID, "/engagements"]).output


def test_say_presses_and_prints_each_platforms_payload(run: CliRunner) -> None:
    """--press presses; --json prints what Slack or Teams would get."""
    form = run.invoke(main, ["say", "--as", INGRID, "/help", "--press", "Log a visit", "--json", "slack"])
    assert json.loads(form.output)["type"] == "modal"
    card = run.invoke(main, ["say", "--as", INGRID, "/journey", "--json", "teams"])
    assert json.loads(card.output)["type"] == "AdaptiveCard"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["/help", "--press", "Fly"], "There is no button “Fly”. Buttons there: Log a visit"),
        (["/help", "--fill", "x=1"], "There is no form to fill in"),
        (["/logvisit", "--fill", "hear=1"], "There is no field “hear”. Fields: customer, heard"),
        (["/logvisit", "--fill", "heard"], "--fill takes FIELD=VALUE"),
    ],
)
def test_say_tells_what_is_there(run: CliRunner, words: list[str], answer: str) -> None:
    """A wrong button, field or value is answered with those there are."""
    said = run.invoke(main, ["say", "--as", INGRID, *words])
    assert said.exit_code == 1
    assert answer in " ".join(said.output.split())


def test_check_names_the_line(run: CliRunner, tmp_path: Path) -> None:
    """A typo in app.yaml is told with its line; the right file is told to be right."""
    assert "nothing is missing" in run.invoke(main, ["check"]).output.replace("\n", " ")
    typo = tmp_path / "app.yaml"
    typo.write_text((ROOT / "app.yaml").read_text(encoding="utf-8").replace("locale:", "locle:"), encoding="utf-8")
    said = run.invoke(main, ["check", "--config", str(typo)])
    assert said.exit_code == 1
    assert "locle" in said.output


def test_check_says_what_is_missing(run: CliRunner, tmp_path: Path) -> None:
    """With Slack switched on, the variables that are not set are named."""
    config = tmp_path / "app.yaml"
    config.write_text((ROOT / "tests" / "company.yaml").read_text(encoding="utf-8") + "platforms: {slack: {}}\n", encoding="utf-8")
    said = run.invoke(main, ["check", "--config", str(config)])
    assert said.exit_code == 1
    assert "SLACK_BOT_TOKEN" in said.output
    refused = run.invoke(main, ["say", "--as", INGRID, "/help", "--config", str(config)])
    assert "speak as anyone" in " ".join(refused.output.split())


def test_importing_a_bad_file_takes_nothing(run: CliRunner, tmp_path: Path) -> None:
    """Mistakes with their lines, and the word that nothing was imported."""
    file = tmp_path / "p.csv"
    file.write_text("email,name\nx@y.example,X\nnobody,N\n", encoding="utf-8")
    said = run.invoke(main, ["import", "people", str(file)])
    assert said.exit_code == 1
    assert "Line 3" in said.output
    assert "Nothing was imported" in said.output
    file.write_text("email,name\nx@y.example,X\n", encoding="utf-8")
    assert "1 added, 0 updated" in run.invoke(main, ["import", "people", str(file)]).output


def test_a_dry_run_says_what_would_change_and_writes_nothing(run: CliRunner, tmp_path: Path) -> None:
    """New, changed and missing by name; then the same for good."""
    assert run.invoke(main, ["say", "--as", INGRID, "/help"]).exit_code == 0
    file = tmp_path / "p.csv"
    file.write_text(f"email,name,title\n{INGRID},,Chair\nx@y.example,Xenia,\n", encoding="utf-8")
    said = run.invoke(main, ["import", "people", str(file), "--dry-run"])
    assert said.exit_code == 0, said.output
    for words in (
        "1 added, 1 updated, 0 unchanged",
        "New (1): Xenia",
        "title “Chief Executive Officer” → “Chair”",
        "Not in this file",
        "This was a dry run: nothing was written.",
    ):
        assert words in said.stdout
    assert "1 added, 1 updated, 0 unchanged" in run.invoke(main, ["import", "people", str(file)]).stdout
    assert "0 added, 0 updated, 2 unchanged" in run.invoke(main, ["import", "people", str(file)]).stdout
    refused = run.invoke(main, ["import", "people", str(file), "--deactivate-missing"])
    assert refused.exit_code == 1
    assert "--limit" in refused.output
    assert run.invoke(main, ["import", "people", str(file), "--limit", "3"]).exit_code == 1


def test_another_systems_export_is_shown_before_it_is_taken(run: CliRunner, tmp_path: Path) -> None:
    """Without a terminal to say yes on, nothing is written until --yes says so."""
    file = tmp_path / "users.csv"
    file.write_text("userPrincipalName,displayName,mail,shoeSize\nx@y.example,Xenia,x@y.example,41\n", encoding="utf-8")
    said = run.invoke(main, ["import", "people", str(file)])
    assert said.exit_code == 1
    for words in ("email: from “mail”, or else “userprincipalname”", "left out: shoeSize", "Nothing was imported", "--yes"):
        assert words in said.output
    assert "1 added" in run.invoke(main, ["import", "people", str(file), "--dry-run"]).stdout
    assert "1 added" in run.invoke(main, ["import", "people", str(file), "--yes"]).stdout
    assert "0 added, 0 updated, 1 unchanged" in run.invoke(main, ["import", "people", str(file), "--yes"]).stdout


def test_help_says_what_may_stand_in_each_column(run: CliRunner) -> None:
    """Every column, with its values."""
    people, customers = (" ".join(run.invoke(main, ["import", one, "--help"]).output.split()) for one in ("people", "customers"))
    for name, what in PEOPLE_COLUMNS.items():
        assert f"{name}: {what}" in people
    for name, what in CUSTOMER_COLUMNS.items():
        assert f"{name}: {what}" in customers


def test_a_delimiter_is_chosen_by_name(run: CliRunner, tmp_path: Path) -> None:
    """And what is none is refused with those there are."""
    assert run.invoke(main, ["export", "engagements", str(tmp_path / "e.csv"), "--delimiter", "semicolon"]).exit_code == 0
    assert '"id";"kind"' in (tmp_path / "e.csv").read_text(encoding="utf-8-sig")
    refused = run.invoke(main, ["export", "all", str(tmp_path / "f"), "--delimiter", "dash"])
    assert refused.exit_code == 1
    assert "comma, semicolon, tab, pipe" in refused.output


@pytest.mark.parametrize(
    "words", [[], ["run"], ["worker"], ["migrate"], ["import"], ["import", "people"], ["check"], ["say"], ["schema"]]
)
def test_help_is_worth_reading(words: list[str]) -> None:
    """Each command explains itself."""
    said = CliRunner().invoke(main, [*words, "--help"])
    assert said.exit_code == 0
    assert len(said.output) > 200


def test_a_database_that_does_not_answer_is_told_in_words(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong and where to look, and no traceback."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    said = run.invoke(main, ["migrate"])
    assert said.exit_code == 1
    assert "The database does not answer" in said.output
    assert "DATABASE_URL" in said.output
    assert "Traceback" not in said.output


def test_it_runs_as_a_module() -> None:
    """`python -m bot` is the same."""
    done = subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "close to customers" in " ".join(done.stdout.split())


def test_no_sdk_is_imported_where_no_platform_needs_it() -> None:
    """Importing an SDK costs over a second: the domain, the handlers and the renderers do without."""
    code = (
        "import sys, bot.process.wiring, bot.app, bot.platforms.previews, bot.platforms.discovery;"
        "print([m for m in ('slack_bolt', 'slack_sdk', 'botbuilder.core', 'msrest') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_is_exported(run: CliRunner, tmp_path: Path) -> None:
    """Into one workbook, into a folder, figures alone, and some days alone; what can't be is said."""
    assert run.invoke(main, ["say", "--as", INGRID, "/help"]).exit_code == 0
    book = run.invoke(main, ["export", "all", str(tmp_path / "all.xlsx")])
    assert book.exit_code == 0, book.output
    assert "in 17 tables" in book.stdout
    assert run.invoke(main, ["export", "all", str(tmp_path / "folder")]).exit_code == 0
    assert (tmp_path / "folder" / "figures.csv").read_text(encoding="utf-8-sig").startswith('"whose","first","last","key"')
    assert "in 3 tables" in run.invoke(main, ["export", "figures", str(tmp_path / "figures.xlsx")]).stdout
    some = run.invoke(main, ["export", "engagements", str(tmp_path / "e.csv"), "--from", "1999-01-01", "--to", "1999-01-02"])
    assert "0 engagements" in some.stdout
    for wrong in (
        ["all", str(tmp_path / "all.pdf")],
        ["engagements", str(tmp_path / "e.pdf")],
        ["engagements", str(tmp_path / "e.csv"), "--from", "2026-02-01", "--to", "2026-01-01"],
        ["all", str(tmp_path / "nowhere" / "all.xlsx")],
    ):
        refused = run.invoke(main, ["export", *wrong])
        assert refused.exit_code == 1, wrong
        assert "Traceback" not in refused.output


def test_the_environment_names_the_settings(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """OUTSIDE_IN_CONFIG, where no --config is given."""
    monkeypatch.setenv("OUTSIDE_IN_CONFIG", "tests/company.yaml")
    assert "Firm on the console" in run.invoke(main, ["check"]).stdout
    assert "Brightwater" in run.invoke(main, ["check", "--config", "app.yaml"]).stdout
