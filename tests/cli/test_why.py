"""The command line's `why`: the story of a message, as an operator asks for it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from bot.delivery.outcomes import Ending
from bot.delivery.story import _CAME_TO
from tests.conftest import World
from tests.places import COMPANY, DOCS

RUN = CliRunner()


@pytest.fixture
def config(migrated: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tests' company."""
    monkeypatch.setenv("DATABASE_URL", migrated.replace("+psycopg", ""))
    return ["--config", str(COMPANY)]


def test_a_story_by_number_and_by_email(world: World, config: list[str]) -> None:
    """The same for both; what there is none of ends with words and exit code 1."""
    world.fill(world.say("/commit @Emil to call to Globex", "ada"), "ada", due="2026-12-18")
    by_number, by_email = (RUN.invoke(main, ["why", what, *config]) for what in ("1", "Emil@firm.example"))
    assert (by_number.exit_code, by_number.output) == (0, by_email.output)
    assert "caused by Ada Lovell" in by_number.output
    nothing = RUN.invoke(main, ["why", "99", *config])
    assert (nothing.exit_code, "There is no delivery 99" in nothing.output) == (1, True)


def test_the_latest_come_first_and_no_more_than_asked_for(world: World, config: list[str]) -> None:
    """Two of three, the newest above."""
    for what in ("call", "write", "visit"):
        world.fill(world.say(f"/commit @Emil to {what} to Globex", "ada"), "ada", due="2026-12-18")
    said = RUN.invoke(main, ["why", "emil@firm.example", "--last", "2", *config]).output
    assert [line.partition(":")[0] for line in said.splitlines() if line.startswith("Delivery")] == ["Delivery 3", "Delivery 2"]


def test_every_outcome_is_in_the_documentation() -> None:
    """And has words in a story; that one was sent is told of its row."""
    page = (DOCS / "running.md").read_text()
    for one in Ending:
        assert f"| `{one.value}` |" in page
        assert one is Ending.SENT or one.value in _CAME_TO
