"""What every command begins with: settings, a database, and words for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
import typer
from sqlalchemy.exc import OperationalError

from bot.cli.terminal import known_database, opened, settings_in, unanswered, unusable
from bot.settings import Settings, load
from tests.places import COMPANY


def test_settings_that_are_wrong_end_the_command_with_their_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the exit code that is asked for."""
    wrong = tmp_path / "app.yaml"
    wrong.write_text("company: {name: Firm, zone: Nowhere/Land}\n", "utf-8")
    with pytest.raises(typer.Exit) as ended:
        settings_in(wrong, code=2)
    assert ended.value.exit_code == 2
    assert "zone" in capsys.readouterr().err
    assert settings_in(COMPANY) == load(COMPANY)


def test_a_database_that_is_not_there_yet_is_not_made(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only looked for."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert known_database(settings, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "helps"),
    [
        ('FATAL:  password authentication failed for user "bot"', False),
        ('FATAL:  database "bot" does not exist', False),
        ("connection refused", True),
        ("FATAL:  the database system is starting up", True),
    ],
)
def test_only_where_no_waiting_helps_it_is_said_to_be_refused(said: str, helps: bool) -> None:
    """With where to look; the first line of the server's is enough."""
    error = OperationalError("SELECT 1", {}, Exception(f"{said}.\nIs the server running?"))
    assert (unusable(error) == "") is helps
    words = unanswered(error)
    assert said in words
    assert "Is the server running?" not in words
    assert "DATABASE_URL" in words


def test_an_address_that_is_none_ends_the_command_in_words(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No password is repeated."""
    monkeypatch.setenv("DATABASE_URL", "mysql://bot:s3cret@there/bot")
    with pytest.raises(typer.Exit) as ended, opened(settings, tmp_path):
        pytest.fail("it was opened")
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert "DATABASE_URL must start with postgresql://" in said
    assert "s3cret" not in said


def test_a_server_that_does_not_answer_ends_the_command_at_once(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that does one thing waits for nothing."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://bot@/bot?host={tmp_path}")
    with pytest.raises(typer.Exit), opened(settings, tmp_path):
        pytest.fail("it was opened")
    assert "does not answer" in capsys.readouterr().err.replace("\n", " ")


def test_an_opened_one_is_up_to_date_and_closed_after(
    settings: Settings, migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds this company, and takes no connection once the command is over."""
    monkeypatch.setenv("DATABASE_URL", migrated.replace("+psycopg", ""))
    with opened(settings, tmp_path) as database, database.session() as session:
        assert session.execute(sa.text("SELECT count(*) FROM alembic_version")).scalar() == 1
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # this pool has it
