"""What is discovered, and what menus and help are made of."""

import re

import pytest

from bot.commands import Schedule, read_command
from bot.process.wiring import all_schedules, commands


def test_every_command_says_what_it_does() -> None:
    """Names and help fit what Slack and Teams show: a title of 32, a description of 128 characters."""
    for name, command in commands().items():
        assert re.fullmatch(r"[a-z][a-z-]{1,31}", name), name
        assert 5 <= len(command.help) <= 100, name


def test_schedules_name_days_and_have_grace() -> None:
    """Day numbers mean different days to different schedulers."""
    found = all_schedules()
    assert "prompt_executives" in found
    for schedule in found.values():
        assert isinstance(schedule, Schedule)
        assert not re.search(r"\d", schedule.cron.split()[4])
        assert schedule.grace >= 60


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("/logvisit Acme", "logvisit", "Acme"),
        ("logvisit\u00a0Acme: x", "logvisit", "Acme: x"),
        ("  /LOGVISIT  ", "logvisit", ""),
        ("/logvisits Acme", "", "/logvisits Acme"),
        ("/log\nvisit", "", "/log\nvisit"),
        ("", "", ""),
        ("/", "", "/"),
        ("/help\r\n me", "help", "me"),
    ],
)
def test_reading_a_command(typed: str, name: str, rest: str) -> None:
    """With or without the slash, in any case, whatever white space follows; else nothing is taken away."""
    assert read_command(typed, commands()) == (name, rest)
