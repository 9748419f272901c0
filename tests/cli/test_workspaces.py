"""The command line's `slack`: keys, links, and where it is installed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from bot.__main__ import main
from bot.database import Database
from bot.domain.records import slack_installations as installations
from bot.domain.records.slack_installations import SlackInstallation
from tests.places import COMPANY

RUN = CliRunner()


@pytest.fixture
def config(migrated: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The tests' company in many workspaces."""
    monkeypatch.setenv("DATABASE_URL", migrated.replace("+psycopg", ""))
    file = tmp_path / "app.yaml"
    more = "platforms: {slack: {workspaces: many}}\nweb: {base_url: https://outside-in.firm.example}\n"
    file.write_text(COMPANY.read_text(encoding="utf-8") + more, encoding="utf-8")
    return ["--config", str(file)]


def test_a_key_is_one() -> None:
    """It can be used as it is printed."""
    made = RUN.invoke(main, ["slack", "key"])
    fernet = Fernet(made.stdout.strip())
    assert fernet.decrypt(fernet.encrypt(b"xoxb")) == b"xoxb"


def test_a_link_is_good(config: list[str], database: Database) -> None:
    """The address is the one others reach, and the secret opens."""
    made = RUN.invoke(main, ["slack", "install", *config])
    assert made.exit_code == 0, made.output
    address, _, key = made.stdout.strip().partition("?key=")
    assert address == "https://outside-in.firm.example/slack/install"
    with database.session() as session:
        assert installations.is_good(session, key, datetime.now(UTC))


def test_where_it_is_installed(config: list[str], database: Database) -> None:
    """Nowhere at first, and what to do; then each by name, without its token."""
    assert "outside-in slack install" in RUN.invoke(main, ["slack", "list", *config]).stdout
    with database.session() as session:
        installations.keep(session, SlackInstallation(team_id="T1", name="Firm", token="sealed", installed_at=datetime.now(UTC)))
        org = SlackInstallation(enterprise_id="E1", name="Group", token="sealed", installed_at=datetime.now(UTC))
        installations.keep(session, org)
    listed = RUN.invoke(main, ["slack", "list", *config]).stdout
    assert "Firm" in listed
    assert "Group (organization)" in listed
    assert "sealed" not in listed


@pytest.mark.parametrize("command", ["install", "list"])
def test_with_one_workspace_it_says_what_to_set(command: str) -> None:
    """The token is in the environment there."""
    answer = RUN.invoke(main, ["slack", command, "--config", str(COMPANY)])
    assert (answer.exit_code, "workspaces: many" in " ".join(answer.output.split())) == (1, True)
