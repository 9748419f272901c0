"""`outside-in manifest` and `check --live`, as a person would use them."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import main
from bot.platforms.slack import manifest as slack
from bot.platforms.slack.client import SLACK
from bot.platforms.teams import package as teams
from bot.platforms.teams.auth import OPENID_URL
from bot.platforms.teams.graph import GRAPH
from bot.platforms.teams.platform import PATH
from bot.platforms.teams.sender import GLOBAL_SERVICE
from bot.platforms.teams.tokens import default_token_url
from bot.process.wiring import commands
from bot.settings import Platforms
from tests.places import ROOT

APP_ID = "11111111-1111-1111-1111-111111111111"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line with the sample company's app.yaml, and none of the platforms' variables set."""
    monkeypatch.chdir(ROOT)
    for name in list(os.environ):
        if name.startswith(("SLACK_", "TEAMS_")):
            monkeypatch.delenv(name)
    return CliRunner()


def config(folder: Path, more: str) -> str:
    """The path of an app.yaml: the tests' company, and `more`."""
    file = folder / "app.yaml"
    file.write_text((ROOT / "tests" / "company.yaml").read_text(encoding="utf-8") + more, encoding="utf-8")
    return str(file)


def spoken(output: str) -> str:
    """What was printed, without the terminal's line breaks."""
    return " ".join(output.split())


def test_slacks_manifest_is_the_same_as_yaml_and_as_json(run: CliRunner) -> None:
    """Nothing but the manifest is printed, so that it can be piped."""
    as_yaml, as_json = run.invoke(main, ["manifest", "slack"]), run.invoke(main, ["manifest", "slack", "--json"])
    assert (as_yaml.exit_code, as_json.exit_code) == (0, 0), as_yaml.output
    found = json.loads(as_json.output)
    assert yaml.safe_load(as_yaml.output) == found
    assert {one["command"] for one in found["features"]["slash_commands"]} == {
        f"/{one.name}" for one in commands().values() if one.listed
    }


def test_slacks_manifest_over_http_needs_an_address(run: CliRunner, tmp_path: Path) -> None:
    """What is missing is told, and with it the manifest has the address."""
    lacking = run.invoke(main, ["manifest", "slack", "--config", config(tmp_path, "platforms: {slack: {mode: http}}\n")])
    assert lacking.exit_code == 1
    assert "set web.base_url" in spoken(lacking.output)
    address = "web: {base_url: https://outside-in.firm.example}\n"
    given = run.invoke(
        main, ["manifest", "slack", "--config", config(tmp_path, f"platforms: {{slack: {{mode: http}}}}\n{address}")]
    )
    assert "request_url: https://outside-in.firm.example/slack/events" in given.output


def test_teams_package_is_written(run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The zip has the id from the environment, the version asked for, and the dashboard where there is an address."""
    monkeypatch.setenv("TEAMS_APP_ID", APP_ID)
    there, file = config(tmp_path, "web: {base_url: https://outside-in.firm.example}\n"), tmp_path / "outside-in.zip"
    said = run.invoke(main, ["manifest", "teams", str(file), "--version", "1.0.1", "--config", there])
    assert said.exit_code == 0, said.output
    assert "Teams admin center" in spoken(said.output)
    with zipfile.ZipFile(file) as archive:
        found = json.loads(archive.read("manifest.json"))
    assert (found["id"], found["version"]) == (APP_ID, "1.0.1")
    assert found["validDomains"] == ["outside-in.firm.example"]


@pytest.mark.parametrize(
    ("app_id", "words", "told"),
    [
        ("", ["teams", "app.zip"], "TEAMS_APP_ID is not set"),
        (APP_ID, ["teams", "app.zip"], "set web.base_url in app.yaml, or --about, to one"),
        (APP_ID, ["teams", "app.tar"], "such as app.zip"),
        (APP_ID, ["teams", "app.zip", "--about", "https://a.example", "--version", "2"], "three numbers"),
        (APP_ID, ["teams", "no/such/folder/app.zip", "--about", "https://a.example"], "Can't write"),
    ],
)
def test_what_hinders_the_package_is_told(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app_id: str, words: list[str], told: str
) -> None:
    """In one sentence with what to do, and nothing is written."""
    monkeypatch.setenv("TEAMS_APP_ID", app_id)
    there = config(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    said = run.invoke(main, ["manifest", *words, "--config", there])
    assert said.exit_code == 1
    assert told in spoken(said.output)
    assert list(tmp_path.iterdir()) == [Path(there)]


SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-a",
    "SLACK_APP_TOKEN": "xapp-a",
    "TEAMS_APP_ID": APP_ID,
    "TEAMS_TENANT_ID": APP_ID,
    "TEAMS_APP_PASSWORD": "a secret",
}


@pytest.mark.parametrize("lacking", [[], ["Teams: a thing is missing. Do this."]])
def test_check_live_asks_each_platform_that_is_on(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: list[str]
) -> None:
    """What each found out is printed, what is wrong as well, and then the exit code is 1; without --live nobody is asked."""
    asked: list[str] = []

    async def ask_slack(_platforms: Platforms, environ: Mapping[str, str]) -> tuple[list[str], list[str]]:
        asked.append(environ["SLACK_BOT_TOKEN"])
        return ["Slack: all [10] scopes are there."], []

    async def ask_teams(_platforms: Platforms, environ: Mapping[str, str]) -> tuple[list[str], list[str]]:
        asked.append(environ["TEAMS_APP_PASSWORD"])
        return ["Teams: there is a token."], lacking

    monkeypatch.setattr("bot.platforms.slack.live.ask", ask_slack)
    monkeypatch.setattr("bot.platforms.teams.live.ask", ask_teams)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    there = config(tmp_path, "platforms: {slack: {}, teams: {}}\nweb: {base_url: https://outside-in.firm.example}\n")
    assert run.invoke(main, ["check", "--config", there]).exit_code == 0
    assert asked == []
    said = run.invoke(main, ["check", "--live", "--config", there])
    assert asked == ["xoxb-a", "a secret"]
    assert said.exit_code == len(lacking)
    for line in ["Slack: all [10] scopes are there.", "Teams: there is a token.", *lacking]:
        assert line in spoken(said.output)


def test_check_live_says_that_there_is_nobody_to_ask(run: CliRunner, tmp_path: Path) -> None:
    """With the console alone there is no platform, and nothing is wrong; what is missing on this side comes first."""
    said = run.invoke(main, ["check", "--live", "--config", config(tmp_path, "")])
    assert said.exit_code == 0
    assert "nobody to ask" in spoken(said.output)
    lacking = run.invoke(main, ["check", "--live", "--config", config(tmp_path, "platforms: {slack: {}}\n")])
    assert lacking.exit_code == 1
    assert "SLACK_BOT_TOKEN is not set" in spoken(lacking.output)


@pytest.mark.parametrize("words", [["manifest"], ["manifest", "slack"], ["manifest", "teams"]])
def test_help_is_worth_reading(words: list[str]) -> None:
    """Each command explains itself."""
    said = CliRunner().invoke(main, [*words, "--help"])
    assert said.exit_code == 0
    assert len(said.output) > 200


def rows(table: Mapping[str, str]) -> str:
    """The lines of a table in the docs: a name, and what it is for."""
    return "".join(f"| `{name}` | {reason} |\n" for name, reason in sorted(table.items()))


@pytest.mark.parametrize(
    ("page", "header", "table"),
    [
        ("slack", "Scope", slack.SCOPES),
        ("slack", "Scope", slack.APP_SCOPES),
        ("slack", "Event", slack.EVENTS),
        ("teams", "Permission", teams.PERMISSIONS),
        ("teams", "Permission", teams.GRAPH_PERMISSIONS),
    ],
)
def test_what_it_reads_is_what_the_code_asks_for(page: str, header: str, table: Mapping[str, str]) -> None:
    """Each table in the docs is the code's, line by line and no more."""
    text = (ROOT / "docs" / f"install-{page}.md").read_text(encoding="utf-8")
    assert f"\n| {header} | What it is for |\n| --- | --- |\n{rows(table)}\n" in text


@pytest.mark.parametrize(
    ("page", "path", "called"),
    [
        ("slack", slack.PATH, [SLACK]),
        ("teams", PATH, [default_token_url(APP_ID), OPENID_URL, GLOBAL_SERVICE, GRAPH]),
    ],
)
def test_the_firewall_list_has_every_host_the_code_calls(page: str, path: str, called: list[str]) -> None:
    """Each is a line under Network, and so is the path that is served."""
    network = (ROOT / "docs" / f"install-{page}.md").read_text(encoding="utf-8").partition("### Network")[2]
    assert all(f"`{name}`" in network for name in [path, *(urlsplit(address).netloc for address in called)])
