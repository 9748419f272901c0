"""The command line's tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from tests.places import COMPANY

RUN = CliRunner()


def test_a_token_is_shown_once_listed_without_it_and_revoked(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From making it to taking it away."""
    monkeypatch.setenv("DATABASE_URL", database_url.replace("+psycopg", ""))
    config = ["--config", str(COMPANY)]
    name = f"BI {tmp_path.name}"
    made = RUN.invoke(main, ["token", "create", name, "--days", "30", *config])
    assert made.exit_code == 0, made.output
    secret = made.stdout.split()[0]
    assert secret.startswith("oi_")
    listed = RUN.invoke(main, ["token", "list", *config])
    assert name in listed.stdout
    assert secret not in listed.stdout
    again = RUN.invoke(main, ["token", "create", name, *config])
    assert again.exit_code == 1
    assert "already" in again.stderr
    assert RUN.invoke(main, ["token", "revoke", name, *config]).exit_code == 0
    assert "revoked" in RUN.invoke(main, ["token", "list", *config]).stdout
    assert RUN.invoke(main, ["token", "revoke", "nobody", *config]).exit_code == 1
