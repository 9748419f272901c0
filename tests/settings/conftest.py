"""A small valid settings file to break in one place at a time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.settings import Problem, SettingsError, load

VALID = """\
company:
  name: Acme
  zone: Europe/Lisbon
  access_contact: the front desk
journey:
  - key: first
    name: First
    description: We look around
    success: We found it
"""

Problems = Callable[[str], tuple[Problem, ...]]


def next_due(cron: str, after: datetime) -> datetime | None:
    """Ask APScheduler when it would next run, in UTC; None when never."""
    trigger = CronTrigger.from_crontab(cron, timezone=UTC)  # type: ignore[no-untyped-call]
    due = trigger.get_next_fire_time(None, after)
    assert due is None or isinstance(due, datetime)
    return due


@pytest.fixture
def problems_of(tmp_path: Path) -> Problems:
    """Return what is wrong with the small valid file once some text has been added at its end, which is line 10."""

    def problems(more: str) -> tuple[Problem, ...]:
        file = tmp_path / "app.yaml"
        file.write_text(VALID + textwrap.dedent(more), encoding="utf-8")
        with pytest.raises(SettingsError) as raised:
            load(file)
        assert str(file) in str(raised.value)
        for problem in raised.value.problems:
            assert str(problem) in str(raised.value)
        return raised.value.problems

    return problems
