"""A platform more, tried: a toy is added to a copy of the tree, a visit is logged through it, and a prompt is delivered to it.

It touches its own folder and the places that docs/architecture.md lists, no other.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.schema import head
from tests.places import COMPANY, DOCS, ROOT
from tests.processes import new_database

TOY = Path(__file__).parent / "toy"
NEXT = f"{int(head()) + 1:04d}"
MIGRATION = f'''"""a fourth platform."""

from alembic import op

revision = "{NEXT}"
down_revision = "{head()}"
branch_labels = None
depends_on = None

_TABLES = ("accounts", "deliveries", "lane_turns", "under_way", "platform_outages", "channel_posts")


def upgrade() -> None:
    """Apply."""
    for table in _TABLES:
        op.drop_constraint(op.f(f"ck_{{table}}_platform"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{{table}}_platform"), table, "platform IN ('slack', 'teams', 'console', 'toy')")
'''
SECTION = '''class ToySettings(PlatformSection):
    """Toyland."""

    token_env: Variable = "TOY_TOKEN"
    """The environment variable that holds its token."""


class Platforms(Section):'''

CHANGES = {
    "bot/domain/people/people.py": ('    TEAMS = "teams", "Microsoft Teams"\n', '\\g<0>    TOY = "toy", "Toyland"\n'),
    "bot/settings/platforms.py": (
        r"class Platforms\(Section\):((?:.|\n)*?)    teams: TeamsSettings",
        f"{SECTION}\\1    toy: ToySettings | None = None\n    teams: TeamsSettings",
    ),
    "pyproject.toml": (r'"bot\.platforms\.slack", "bot\.platforms\.teams"', '\\g<0>, "bot.platforms.toy"'),
}
"""What is changed of what is there."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, with the toy in it."""
    for name in ("bot", "handlers", "schedules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests").mkdir()
    for file in (*(ROOT / "tests").glob("*.py"), COMPANY):
        shutil.copy(file, tmp_path / "tests" / file.name)
    for path, (found, instead) in CHANGES.items():
        text, count = re.subn(found, instead, (ROOT / path).read_text(encoding="utf-8"), count=1)
        assert count == 1, path
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / f"bot/migrations/versions/{NEXT}_toy.py").write_text(MIGRATION, encoding="utf-8")
    folder = tmp_path / "bot/platforms/toy"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Toyland."""\n', encoding="utf-8")
    shutil.copy(TOY / "plugin.py", folder / "plugin.py")
    shutil.copy(TOY / "visit.py", tmp_path / "visit.py")
    (tmp_path / "toy.yaml").write_text(COMPANY.read_text(encoding="utf-8") + "platforms: {toy: {}}\n", encoding="utf-8")
    return tmp_path


def test_a_visit_and_a_prompt_through_a_fourth_platform(tree: Path, database_url: str) -> None:
    """It is found, says what it lacks, takes a visit from its own payload to the saved row, and gets what the bot sends by itself."""
    environ = {**os.environ, "PYTHONPATH": str(tree), "TOY_DATABASE": new_database(database_url, "toyland")}
    done = subprocess.run([sys.executable, "visit.py"], cwd=tree, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["where"] == str(tree / "bot")
    assert told["missing"] == ["TOY_TOKEN is not set (the toy's own token)"]
    assert told["none missing"] == []
    assert told["names"] == ["Toyland", True, True, False]
    assert told["previews"] == ["slack", "teams", "toy"]
    assert told["senders"] == ["toy"]
    assert told["pace"] == 50
    assert told["saved"] == "Logged: visit with Acme Corp"
    assert told["listed"]
    assert told["stranger"] == "I don't know you yet"
    assert [box for box, _ in told["letters"]] == ["box of ada", ""]
    assert told["letters"][-1] == ["", "closed"]


def test_what_it_touches_is_what_the_docs_list() -> None:
    """Four places beside its own folder."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("## A platform more")[2].partition("\n## ")[0]
    listed = re.findall(r"^\d\. `([^`]+)`", page, re.MULTILINE)
    touched = [*CHANGES, "bot/migrations/versions/"]
    assert sorted(listed) == sorted(touched)
    assert len(listed) <= 4


_NAMED = re.compile(r"\bPlatform\.(?:SLACK|TEAMS|CONSOLE)\b|\bplatforms\.(?:slack|teams) is\b|[=!]= ?[\"'](?:slack|teams)[\"']")


def test_no_platform_is_named_elsewhere() -> None:
    """Whoever wants to know what a platform can do asks it: nothing outside its folder compares with Slack or Teams."""
    files = [one for name in ("bot", "handlers", "schedules") for one in (ROOT / name).rglob("*.py")]
    outside = [one for one in files if ROOT / "bot" / "platforms" not in one.parents]
    assert len(outside) > 200
    named = {str(one.relative_to(ROOT)): found for one in outside if (found := _NAMED.findall(one.read_text(encoding="utf-8")))}
    assert named == {
        "bot/cli/workspaces.py": ["platforms.slack is"],  # Slack's own command
        "bot/cli/conversation.py": ["Platform.CONSOLE"],  # the console on the terminal
    }
